package wallet

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
)

// FileBox is a Box of files: NAME.p12, and NAME.p12.old, as they are (PKCS#12 encrypts itself, under
// a password that NewPassword derives) and ~pending-<16 hex>.key sealed with
// AES-256-GCM. Both hang on the 256 random bits in wallet.key, which the first
// Put makes.
type FileBox struct {
	disk disk
	how  FileKey

	mu  sync.Mutex
	key []byte // of wallet.key, once it was needed
}

// NewFileBox returns the Box of the files in dir. It touches nothing; a wrong
// or missing password shows when a secret is first needed.
func NewFileBox(dir string, key FileKey, around Around) *FileBox {
	return &FileBox{disk: disk{dir: dir, around: around}, how: key}
}

// Kind returns KindFile.
func (b *FileBox) Kind() Kind { return KindFile }

// NewPassword returns the password of key's bundle: always the same one.
func (b *FileBox) NewPassword(ctx context.Context, key string) (string, error) {
	item, err := splitKey(key)
	if err != nil {
		return "", err
	}
	master, err := b.masterKey(ctx, true)
	if err != nil {
		return "", err
	}
	return bundlePassword(master, item)
}

// Put is described at Box.
func (b *FileBox) Put(ctx context.Context, key string, s Secret) error {
	item, err := splitKey(key)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	file, data := item.file(), s.Data
	if item.pending != "" {
		master, err := b.masterKey(ctx, true)
		if err != nil {
			return err
		}
		if data, err = sealPending(master, key, s.Data); err != nil {
			return err
		}
	}
	if err := b.disk.replace(file, data); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	if err := b.disk.syncDir(); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	back, err := b.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReadBack, err)
	}
	if !bytes.Equal(back.Data, s.Data) || back.Password != s.Password {
		return fmt.Errorf("%s: %w", file, ErrReadBack)
	}
	return nil
}

// Get is described at Box.
func (b *FileBox) Get(ctx context.Context, key string) (Secret, error) {
	item, err := splitKey(key)
	if err != nil {
		return Secret{}, err
	}
	data, err := b.disk.read(item.file())
	if err != nil {
		return Secret{}, err
	}
	master, err := b.masterKey(ctx, false)
	if errors.Is(err, ErrNotFound) {
		return Secret{}, fmt.Errorf("%w: %s is gone", ErrDamaged, keyFile)
	}
	if err != nil {
		return Secret{}, err
	}
	if item.pending != "" {
		plain, err := openPending(master, key, data)
		return Secret{Data: plain}, err
	}
	password, err := bundlePassword(master, item)
	return Secret{Data: data, Password: password}, err
}

// Copy is described at Box. The file gets a second name: Put gives the first one
// a new file.
func (b *FileBox) Copy(_ context.Context, name string) error {
	from, to := item{name: name}, item{name: name, old: true}
	if there, err := b.disk.exists(from.file()); err != nil || !there {
		return errors.Join(err, fmt.Errorf("%s: %w", from.file(), ErrNotFound))
	}
	return b.disk.link(from.file(), to.file())
}

// Reach returns nil: a file is deleted without the wallet's key.
func (b *FileBox) Reach(context.Context, string) error { return nil }

// Delete is described at Box. It needs no password, and leaves it to the
// caller to sync the directory.
func (b *FileBox) Delete(ctx context.Context, key string) error {
	item, err := splitKey(key)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	file := item.file()
	for _, f := range []string{file + tempSuffix, file} {
		there, err := b.disk.exists(f)
		if err == nil && there {
			err = b.disk.remove(f)
		}
		if err != nil {
			return fmt.Errorf("remove %s: %w", f, err)
		}
	}
	return nil
}

// Tidy does nothing: all that a cut can leave is a temporary file, and those
// are the Wallet's to remove.
func (b *FileBox) Tidy(context.Context) error { return nil }

// file is where a FileBox keeps the item.
func (i item) file() string {
	switch {
	case i.pending != "":
		return "~pending-" + i.pending + ".key"
	case i.old:
		return i.name + ".p12" + oldFileSuffix
	}
	return i.name + ".p12"
}

// masterKey opens wallet.key once; where there is none it makes one, or says
// ErrNotFound.
func (b *FileBox) masterKey(ctx context.Context, create bool) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.key != nil {
		return b.key, nil
	}
	key, err := b.how.load(ctx, b.disk)
	if create && errors.Is(err, ErrNotFound) {
		key, err = b.how.create(ctx, b.disk)
	}
	if err != nil {
		return nil, fmt.Errorf("open the file wallet: %w", err)
	}
	b.key = key
	return key, nil
}

// bundlePassword is one for each name: the old bundle was the current one, and
// is copied as it is.
func bundlePassword(master []byte, i item) (string, error) {
	raw, err := hkdf.Key(sha256.New, master, nil, "certctl wallet p12 "+bundleKey(i.name), 20)
	return hex.EncodeToString(raw), err
}

// pendingCipher seals all pending keys; their names are authenticated with them.
func pendingCipher(master []byte) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, master, nil, "certctl wallet pending", keySize)
	if err != nil {
		return nil, err
	}
	return gcm(derived)
}

func sealPending(master []byte, key string, plain []byte) ([]byte, error) {
	aead, err := pendingCipher(master)
	if err != nil {
		return nil, err
	}
	return seal(aead, plain, key), nil
}

func openPending(master []byte, key string, sealed []byte) ([]byte, error) {
	aead, err := pendingCipher(master)
	if err != nil {
		return nil, err
	}
	plain, err := open(aead, sealed, key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return plain, nil
}
