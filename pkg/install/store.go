package install

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"certctl/pkg/wallet"
)

// The errors of stores, to be told apart with errors.Is.
var (
	// ErrTools: the programs by which a store is reached are not there.
	ErrTools = errors.New("the store's tools are missing")
	// ErrNoStore: there is no store at the place.
	ErrNoStore = errors.New("there is no store")
	// ErrPasswordNeeded: the store has a password, and none was given.
	ErrPasswordNeeded = errors.New("the store needs its password")
	// ErrPassword: the store has another password.
	ErrPassword = errors.New("wrong password of the store")
	// ErrLocked: another program keeps the store to itself, for longer than its
	// tools wait.
	ErrLocked = errors.New("the store is in use")
	// ErrDamaged: it is no store, or a broken one.
	ErrDamaged = errors.New("the store is damaged")
	// ErrSharedKey: another certificate there has the same key, and the store's
	// tools could not tell them apart.
	ErrSharedKey = errors.New("another certificate of the same key is there")
	// ErrNotThere: the store's tools reported success, and the certificate or its
	// key is not there.
	ErrNotThere = errors.New("what was installed is not there")
)

// Kind says what a store is.
type Kind string

// The kinds.
const (
	KindNSS     Kind = "nss"     // a database of NSS
	KindWindows Kind = "windows" // CurrentUser\My
	KindMacOS   Kind = "macos"   // a keychain
)

// Place is where a store is.
type Place struct {
	Kind Kind   `json:"kind"`
	Path string `json:"path"` // directory of the database, name of the store, file of the keychain
	// Program says whose store it is: "Firefox", "Chromium"; empty for the
	// system's.
	Program string `json:"program"`
}

// Same tells whether both are one store.
func (p Place) Same(q Place) bool { return p.Kind == q.Kind && p.Path == q.Path }

// Store is a store of another program. Its methods may be called from any
// number of goroutines and processes, as far as the program itself bears it.
// Beside the errors of this package they return the context's.
type Store interface {
	// Add puts a certificate with its key and its issuers, but the root, into the
	// store, and has found it there when it returns nil. One that is there
	// already is no error. wallet.ErrKeyType where the store takes no such key.
	Add(ctx context.Context, b *wallet.Bundle) error
	// Remove takes a certificate and its key out of the store, and leaves every
	// other there. One that is not there is no error.
	Remove(ctx context.Context, c *x509.Certificate) error
	// Has tells whether the certificate is in the store. It needs no password.
	Has(ctx context.Context, c *x509.Certificate) (bool, error)
}

// Config is what a Store needs beside its place.
type Config struct {
	Run      Runner // nil: Exec
	TempDir  string // for files that live as long as a command; empty: the system's
	Password string // of an NSS database; empty where it has none
}

// Open returns the store of a place. It touches nothing.
func Open(p Place, c Config) (Store, error) {
	if c.Run == nil {
		c.Run = Exec
	}
	switch p.Kind {
	case KindNSS:
		return nss{dir: p.Path, config: c}, nil
	case KindWindows:
		return certStore{config: c}, nil
	case KindMacOS:
		return keychain{file: p.Path, config: c}, nil
	}
	return nil, fmt.Errorf("a store of kind %q: %w", p.Kind, ErrNoStore)
}

// exchange calls do with a file of PKCS#12 that holds the bundle without its
// root, and with its password, which is random and in no file. The root is for
// relying parties to have, and Windows would ask whether to trust it.
func (c Config) exchange(b *wallet.Bundle, o wallet.ExportOptions, do func(file, password string) error) error {
	const enough = 2048 // iterations, for a password of 128 random bits
	o.Format, o.Password, o.Iterations = wallet.FormatPKCS12, rand.Text(), enough
	last := len(b.Chain) - 1
	rootless := wallet.Bundle{Key: b.Key, Chain: b.Chain}
	if last > 0 && b.Chain[last].CheckSignatureFrom(b.Chain[last]) == nil {
		rootless.Chain = b.Chain[:last]
	}
	data, err := rootless.Export(o)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(c.TempDir, "certctl-install-")
	if err != nil {
		return fmt.Errorf("make a file to import: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "import.p12")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return fmt.Errorf("make a file to import: %w", err)
	}
	return do(file, o.Password)
}

// takes returns wallet.ErrKeyType where the reader of a store cannot use the
// key.
func takes(r wallet.Reader, key crypto.Signer) (wallet.ExportOptions, error) {
	return r.Options(wallet.KeyType(key.Public()))
}
