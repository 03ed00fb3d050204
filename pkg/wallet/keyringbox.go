package wallet

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"certctl/pkg/keyring"
)

const (
	// keyringLock is the lock file of the wallet's items in the keyring. It is
	// not the wallet's own, which is held around several calls.
	keyringLock = ".keyring.lock"
	// keyringIntent holds the key whose items are being changed. Whoever finds
	// it under the lock tidies them: a cut may have left some that nobody
	// would look for again.
	keyringIntent = ".keyring.intent"
)

// KeyringBox is a Box in the keyring of the operating system. The value of a
// key is the bundle's password (empty for a pending key), a newline, and the
// data. The password lies beside what it opens: it is what PKCS#12 needs, and
// protects nothing that the keyring does not.
//
// The accounts begin with the wallet's id, which the first Put makes in the
// wallet's directory.
type KeyringBox struct {
	disk   disk
	config keyring.Config
}

// NewKeyringBox returns the Box of the wallet in dir. Prefix and LockFile of
// the configuration are the Box's own to set. It touches nothing.
func NewKeyringBox(dir string, c keyring.Config, around Around) *KeyringBox {
	b := &KeyringBox{disk: disk{dir: dir, around: around}, config: c}
	b.config.LockFile = b.disk.path(keyringLock)
	if around != nil {
		b.config.Around = keyring.Around(around)
	}
	return b
}

// Kind returns KindKeyring.
func (b *KeyringBox) Kind() Kind { return KindKeyring }

// NewPassword returns a new random password: 128 bits.
func (b *KeyringBox) NewPassword(context.Context, string) (string, error) {
	random := make([]byte, 16)
	rand.Read(random)
	return base64.RawURLEncoding.EncodeToString(random), nil
}

// Put is described at Box. It reads back: package keyring does.
func (b *KeyringBox) Put(ctx context.Context, key string, s Secret) error {
	if _, err := splitKey(key); err != nil {
		return err
	}
	id, err := b.disk.ensureID()
	if err != nil {
		return err
	}
	return b.change(key, func() error {
		return b.store(id).Put(ctx, key, append([]byte(s.Password+"\n"), s.Data...))
	})
}

// change runs do, which changes the items of key, so that a cut in it is found.
func (b *KeyringBox) change(key string, do func() error) error {
	if err := b.disk.write(keyringIntent, []byte(key)); err != nil {
		return fmt.Errorf("note the change: %w", err)
	}
	if err := b.disk.syncDir(); err != nil {
		return fmt.Errorf("note the change: %w", err)
	}
	if err := do(); err != nil {
		return boxError(err)
	}
	return b.disk.remove(keyringIntent)
}

// Tidy is described at Box.
func (b *KeyringBox) Tidy(ctx context.Context) error {
	key, err := b.disk.read(keyringIntent)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := splitKey(string(key)); err == nil { // else it was cut off before
		id, err := b.disk.id()
		if err != nil {
			return err
		}
		if err := b.store(id).Tidy(ctx, string(key)); err != nil {
			return boxError(err)
		}
	}
	return b.disk.remove(keyringIntent)
}

// Get is described at Box.
func (b *KeyringBox) Get(ctx context.Context, key string) (Secret, error) {
	if _, err := splitKey(key); err != nil {
		return Secret{}, err
	}
	id, err := b.disk.id()
	if err != nil {
		return Secret{}, err
	}
	value, err := b.store(id).Get(ctx, key)
	if err != nil {
		return Secret{}, boxError(err)
	}
	password, data, ok := bytes.Cut(value, []byte("\n"))
	if !ok {
		return Secret{}, fmt.Errorf("%s: %w", key, ErrDamaged)
	}
	return Secret{Data: data, Password: string(password)}, nil
}

// Copy is described at Box.
func (b *KeyringBox) Copy(ctx context.Context, name string) error {
	s, err := b.Get(ctx, bundleKey(name))
	if err != nil {
		return err
	}
	return b.Put(ctx, oldKey(name), s)
}

// Reach is described at Box.
func (b *KeyringBox) Reach(ctx context.Context, key string) error {
	_, err := b.Get(ctx, key)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return nil
	}
	return err
}

// Delete is described at Box.
func (b *KeyringBox) Delete(ctx context.Context, key string) error {
	if _, err := splitKey(key); err != nil {
		return err
	}
	id, err := b.disk.id()
	if errors.Is(err, ErrNotFound) {
		return nil // nothing was ever put
	}
	if err != nil {
		return err
	}
	return b.change(key, func() error { return b.store(id).Delete(ctx, key) })
}

func (b *KeyringBox) store(id string) *keyring.Store {
	c := b.config
	c.Prefix = id
	return keyring.Open(c)
}

// boxError adds to an error of package keyring the one of Box that it is.
func boxError(err error) error {
	for _, same := range []struct{ keyring, box error }{
		{keyring.ErrNotFound, ErrNotFound},
		{keyring.ErrDamaged, ErrDamaged},
		{keyring.ErrReadBack, ErrReadBack},
		{keyring.ErrBusy, ErrBusy},
	} {
		if errors.Is(err, same.keyring) {
			return fmt.Errorf("%w: %w", same.box, err)
		}
	}
	return err
}

const (
	idFile = "id"
	idSize = 16
)

// EnsureID returns the id of the wallet in dir, 32 lower-case hex digits, and
// makes it first where there is none. It keeps apart what several wallets of
// one user have in one keyring.
func EnsureID(ctx context.Context, dir string, around Around) (string, error) {
	d := disk{dir: dir, around: around}
	if id, err := d.id(); !errors.Is(err, ErrNotFound) {
		return id, err
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		return "", err
	}
	defer unlock()
	return d.ensureID()
}

// ensureID is EnsureID under the lock.
func (d disk) ensureID() (string, error) {
	id, err := d.id()
	if !errors.Is(err, ErrNotFound) {
		return id, err
	}
	random := make([]byte, idSize)
	rand.Read(random)
	id = hex.EncodeToString(random)
	if err := errors.Join(d.replace(idFile, []byte(id+"\n")), d.syncDir()); err != nil {
		return "", fmt.Errorf("make wallet id: %w", err)
	}
	return id, nil
}

// id returns the wallet's id: ErrNotFound, ErrDamaged.
func (d disk) id() (string, error) {
	data, err := d.read(idFile)
	if err != nil {
		return "", fmt.Errorf("read wallet id: %w", err)
	}
	id := string(bytes.TrimSpace(data))
	if raw, err := hex.DecodeString(id); err != nil || len(raw) != idSize {
		return "", fmt.Errorf("wallet id: %w", ErrDamaged)
	}
	return id, nil
}
