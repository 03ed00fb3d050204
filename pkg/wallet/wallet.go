package wallet

import (
	"context"
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
	chain, err := w.readChain(name + pemSuffix)
	if there, _ := w.disk.exists(name + jsonSuffix); there && errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("%s: %w: it is gone", name+pemSuffix, ErrDamaged)
	}
	return chain, err
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
