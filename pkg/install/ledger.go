package install

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// Record says that a certificate of the wallet was put into a store. It is
// written before that is done and removed after it is undone: a store has no
// certificate of ours that the ledger does not name.
type Record struct {
	Name        string    `json:"name"` // of the entry in the wallet
	Place       Place     `json:"place"`
	Serial      string    `json:"serial"`      // lower-case hex
	DER         []byte    `json:"certificate"` // by which it is found again, though the entry be gone
	InstalledAt time.Time `json:"installed_at"`
}

// Certificate returns what was installed.
func (r Record) Certificate() (*x509.Certificate, error) {
	c, err := x509.ParseCertificate(r.DER)
	if err != nil {
		return nil, fmt.Errorf("ledger: %s in %s: %w", r.Name, r.Place.Path, err)
	}
	return c, nil
}

// same tells whether both say the same of a certificate and a store.
func (r Record) same(o Record) bool {
	return r.Place.Same(o.Place) && string(r.DER) == string(o.DER)
}

// Ledger remembers what was installed where, in a file of the wallet's
// directory. Its methods may be called from any number of goroutines and
// processes.
type Ledger struct {
	// Dir is the wallet's directory; it exists where there is anything to
	// remember.
	Dir string
	// Write replaces a file whole or not at all.
	Write func(name string, data []byte) error
}

// The names are none of an entry of the wallet.
const (
	ledgerFile = ".installed.json"
	ledgerLock = ".installed.lock"
)

type ledgerDoc struct {
	Installed []Record `json:"installed"`
}

// Records returns all records, oldest first.
func (l Ledger) Records() ([]Record, error) {
	data, err := os.ReadFile(filepath.Join(l.Dir, ledgerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	var doc ledgerDoc
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("ledger %s: %w", filepath.Join(l.Dir, ledgerFile), err)
	}
	return doc.Installed, nil
}

// Of returns the records of an entry.
func (l Ledger) Of(name string) ([]Record, error) {
	all, err := l.Records()
	return slices.DeleteFunc(all, func(r Record) bool { return r.Name != name }), err
}

// Add remembers a certificate. One that is there already is replaced.
func (l Ledger) Add(ctx context.Context, r Record) error {
	return l.change(ctx, func(all []Record) []Record {
		return append(slices.DeleteFunc(all, r.same), r)
	})
}

// Remove forgets a certificate. One that is not there is no error.
func (l Ledger) Remove(ctx context.Context, r Record) error {
	return l.change(ctx, func(all []Record) []Record { return slices.DeleteFunc(all, r.same) })
}

func (l Ledger) change(ctx context.Context, edit func([]Record) []Record) error {
	const again = 20 * time.Millisecond
	lock := flock.New(filepath.Join(l.Dir, ledgerLock), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, again); err != nil {
		return fmt.Errorf("lock ledger: %w", err)
	}
	defer lock.Close()
	all, err := l.Records()
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(ledgerDoc{edit(all)}, "", "  ")
	if err != nil {
		return err
	}
	if err := l.Write(filepath.Join(l.Dir, ledgerFile), append(data, '\n')); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return nil
}
