package wallet

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The files of an entry in the directory. A staged file is what a change will
// rename to the file itself; an old file belongs to the certificate that the
// entry's renewed; a gone file is an entry, or an old one, whose removal has
// begun.
const (
	jsonSuffix    = ".json"
	pemSuffix     = ".pem"
	stagedSuffix  = ".next"
	oldFileSuffix = ".old"
	goneSuffix    = ".gone"
)

// Config says what a Wallet is made of.
type Config struct {
	Dir    string // of the public half; made, 0700, by the first change
	Box    Box    // the private half
	Around Around // nil but in tests
}

// Wallet is the holder's wallet. Its methods may be called from any number of
// goroutines and processes: changes take turns under a lock file, reading
// never waits.
type Wallet struct {
	disk disk
	box  Box
	// turn is held by the one change of this Wallet that runs: those of one
	// process queue here instead of polling for each other's lock file.
	turn chan struct{}
}

// Open returns the wallet of the given parts. It touches nothing.
func Open(c Config) *Wallet {
	return &Wallet{disk: disk{dir: c.Dir, around: c.Around}, box: c.Box, turn: make(chan struct{}, 1)}
}

// Kind says where the private half is.
func (w *Wallet) Kind() Kind { return w.box.Kind() }

// Entries returns the entries by name, without opening the Box. One whose file
// cannot be understood has only its Name and Damaged set.
func (w *Wallet) Entries(ctx context.Context) ([]Entry, error) {
	files, err := w.disk.list()
	if err != nil {
		return nil, fmt.Errorf("list wallet: %w", err)
	}
	entries := []Entry{}
	for _, file := range files {
		name, ok := strings.CutSuffix(file, jsonSuffix)
		if !ok || !ValidName(name) {
			continue
		}
		e, err := w.Entry(ctx, name)
		if errors.Is(err, ErrNotFound) {
			continue // removed since
		}
		if err != nil {
			e = Entry{Name: name, Damaged: err}
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, nil
}

// Entry returns one entry, without opening the Box: ErrNotFound, ErrDamaged.
func (w *Wallet) Entry(_ context.Context, name string) (Entry, error) {
	if !ValidName(name) {
		return Entry{}, fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.readEntry(name, jsonSuffix)
}

func (w *Wallet) readEntry(name, suffix string) (Entry, error) {
	data, err := w.disk.read(name + suffix)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry: %w", err)
	}
	var e Entry
	if err := json.Unmarshal(data, &e); err != nil {
		return Entry{}, fmt.Errorf("%s: %w: %w", name+suffix, ErrDamaged, err)
	}
	if e.Name != name || e.Fingerprint == "" {
		return Entry{}, fmt.Errorf("%s: %w: it is not this entry's", name+suffix, ErrDamaged)
	}
	return e, nil
}

// Chain returns the entry's certificates, leaf first and root last, without
// opening the Box: ErrNotFound, ErrDamaged.
func (w *Wallet) Chain(_ context.Context, name string) ([]*x509.Certificate, error) {
	if !ValidName(name) {
		return nil, fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.readChain(name + pemSuffix)
}

func (w *Wallet) readChain(file string) ([]*x509.Certificate, error) {
	data, err := w.disk.read(file)
	if err != nil {
		return nil, fmt.Errorf("read chain: %w", err)
	}
	var chain []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %w", file, ErrDamaged, err)
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		return nil, fmt.Errorf("%s: %w: it has no certificate", file, ErrDamaged)
	}
	return chain, nil
}

// Put keeps a key with its chain (leaf first, root last) under e.Name and
// returns the entry with the fields that follow from the certificate filled
// in: the caller sets Name, Owner, State, AcquiredAt and Policy. It replaces
// an older certificate of the same owner; the same again changes nothing.
// ErrNameTaken where the name is another owner's, ErrElsewhere; after any
// other error, and after a crash, the old certificate or the new one is there,
// whole.
func (w *Wallet) Put(ctx context.Context, e Entry, key crypto.Signer, chain []*x509.Certificate) (Entry, error) {
	e, err := e.described(key, chain)
	if err != nil {
		return Entry{}, err
	}
	e.Wallet = w.box.Kind()
	err = w.change(ctx, func() error { return w.put(ctx, e, key, chain, func() error { return nil }) })
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// put is Put under the lock. between is called when the new certificate is
// staged, before its bundle takes the place of the one that is there.
func (w *Wallet) put(ctx context.Context, e Entry, key crypto.Signer, chain []*x509.Certificate, between func() error) error {
	if err := w.available(e.Name, e.Owner); err != nil {
		return err
	}
	if err := w.stage(e, chain); err != nil {
		return fmt.Errorf("stage %s: %w", e.Name, err)
	}
	if err := between(); err != nil {
		return err
	}
	if err := w.putBundle(ctx, bundleKey(e.Name), key, chain); err != nil {
		return fmt.Errorf("keep bundle of %s: %w", e.Name, err)
	}
	return w.commit(e.Name)
}

// putBundle puts a key with its chain into the Box.
func (w *Wallet) putBundle(ctx context.Context, boxKey string, key crypto.Signer, chain []*x509.Certificate) error {
	password, err := w.box.NewPassword(ctx, boxKey)
	if err != nil {
		return fmt.Errorf("make bundle password: %w", err)
	}
	p12, err := encodeBundle(key, chain, password)
	if err != nil {
		return err
	}
	return w.box.Put(ctx, boxKey, Secret{Data: p12, Password: password})
}

// Unlock asks now for the password that a file wallet would ask for at the
// first change, and makes its key where there is none. A keyring is not touched.
func (w *Wallet) Unlock(ctx context.Context) error {
	return w.change(ctx, func() error {
		_, err := w.box.NewPassword(ctx, bundleKey("any"))
		return err
	})
}

// Bundle returns the entry's key and chain from the Box: ErrNotFound where
// there is no such entry, ErrElsewhere, ErrDamaged where its key is gone.
func (w *Wallet) Bundle(ctx context.Context, name string) (*Bundle, error) {
	e, err := w.Entry(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := w.here(e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	b, err := w.bundle(ctx, bundleKey(name))
	if errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("%w: the key of %s is gone", ErrDamaged, name)
	}
	if err != nil {
		return nil, err
	}
	public, err := w.Chain(ctx, name)
	if err != nil {
		return nil, err
	}
	b.complete(public)
	return b, nil
}

// bundle returns what the Box has under a key: the chain without its root.
func (w *Wallet) bundle(ctx context.Context, boxKey string) (*Bundle, error) {
	s, err := w.box.Get(ctx, boxKey)
	if err != nil {
		return nil, fmt.Errorf("read bundle %s: %w", boxKey, err)
	}
	b, err := decodeBundle(s)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", boxKey, err)
	}
	return b, nil
}

// Note remembers what the backend has said of an entry's certificate: State
// and CheckedAt of e. It opens no Box. ErrNotFound where the entry, or this
// certificate of it, is gone meanwhile.
func (w *Wallet) Note(ctx context.Context, e Entry) error {
	if !ValidName(e.Name) {
		return fmt.Errorf("entry %q: %w", e.Name, ErrName)
	}
	return w.change(ctx, func() error {
		there, err := w.readEntry(e.Name, jsonSuffix)
		if err != nil {
			return fmt.Errorf("note: %w", err)
		}
		if there.Fingerprint != e.Fingerprint {
			return fmt.Errorf("note: %s has another certificate: %w", e.Name, ErrNotFound)
		}
		there.State, there.CheckedAt = e.State, e.CheckedAt.UTC()
		meta, err := json.MarshalIndent(there, "", "  ")
		if err != nil {
			return err
		}
		if err := w.disk.replace(e.Name+jsonSuffix, append(meta, '\n')); err != nil {
			return fmt.Errorf("note: %w", err)
		}
		return w.disk.syncDir()
	})
}

// Stamp returns a text that is another one after the entry was changed. It
// reads nothing: ErrNotFound where the entry is gone.
func (w *Wallet) Stamp(name string) (string, error) {
	info, err := os.Stat(w.disk.path(name + jsonSuffix))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("entry %s: %w", name, ErrNotFound)
	}
	if err != nil {
		return "", err
	}
	return strconv.FormatInt(info.ModTime().UnixNano(), 36) + " " + strconv.FormatInt(info.Size(), 36), nil
}

// Remove removes an entry and its key, even a damaged one: ErrNotFound,
// ErrElsewhere. An interrupted removal is finished by the next change.
func (w *Wallet) Remove(ctx context.Context, name string) error {
	if !ValidName(name) {
		return fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.change(ctx, func() error {
		e, err := w.readEntry(name, jsonSuffix)
		if err != nil && !errors.Is(err, ErrDamaged) {
			return fmt.Errorf("remove: %w", err)
		}
		if elsewhere := w.here(e); err == nil && elsewhere != nil {
			return fmt.Errorf("remove: %w: %w", ErrNotFound, elsewhere)
		}
		if err := w.disk.rename(name+jsonSuffix, name+jsonSuffix+goneSuffix); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		if err := w.disk.syncDir(); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		return w.finishRemoval(ctx, name)
	})
}

// here returns nil where the entry's key is in this wallet's Box.
func (w *Wallet) here(e Entry) error {
	if e.Wallet != w.box.Kind() {
		return fmt.Errorf("entry %s, in the wallet %q: %w", e.Name, e.Wallet, ErrElsewhere)
	}
	return nil
}

// available returns nil where name is free, or the owner's already and here.
func (w *Wallet) available(name string, o Owner) error {
	if !ValidName(name) {
		return fmt.Errorf("entry %q: %w", name, ErrName)
	}
	e, err := w.readEntry(name, jsonSuffix)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !e.Owner.Same(o) {
		return fmt.Errorf("entry %s: %w", name, ErrNameTaken)
	}
	if err := w.here(e); err != nil {
		return fmt.Errorf("%w: %w", ErrNameTaken, err)
	}
	return nil
}
