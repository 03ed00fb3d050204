package wallet_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/gofrs/flock"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// A disk that is full at any effect is told, and costs nothing that was there.
func TestAFullDiskIsToldAndCostsNothing(t *testing.T) {
	first, second := kept(t, "ec-p256"), kept(t, "ec-p256")
	for n := 1; ; n++ {
		p := filePlace(t)
		if _, err := p.open(nil).Put(t.Context(), entry("name"), first.Key, first.Chain); err != nil {
			t.Fatal(err)
		}
		calls := 0
		full := func(op string, do func() error) error {
			if op != "wallet.create" && op != "wallet.write" && op != "wallet.sync" {
				return do()
			}
			if calls++; calls >= n {
				return &os.PathError{Op: op, Path: "x", Err: syscall.ENOSPC}
			}
			return do()
		}
		_, err := p.open(full).Put(t.Context(), entry("name"), second.Key, second.Chain)
		if calls < n {
			if n == 1 || err != nil {
				t.Fatalf("%d writes, %v", n-1, err)
			}
			return
		}
		if !errors.Is(err, wallet.ErrDiskFull) {
			t.Fatalf("full at write %d: %v", n, err)
		}
		b, err := p.open(nil).Bundle(t.Context(), "name")
		if err != nil || !b.Chain[0].Equal(first.Chain[0]) {
			t.Fatalf("full at write %d: then the old bundle: %v", n, err)
		}
	}
}

// An item that cannot be read again is found before anything is spent on it.
func TestFilesAreReadBack(t *testing.T) {
	for key, name := range map[string]string{
		somePending: "~pending-0123456789abcdef.key",
		someBundle:  "12345678901-tanaka.p12",
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		lose := func(op string, do func() error) error {
			err := do()
			if _, there := os.Stat(file); op == "wallet.syncdir" && there == nil {
				writeFile(t, file, "lost")
			}
			return err
		}
		box := wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, lose)
		s := wallet.Secret{Data: []byte("data"), Password: newPassword(t, box, key)}
		if err := box.Put(t.Context(), key, s); !errors.Is(err, wallet.ErrReadBack) {
			t.Errorf("Put of %s: %v", key, err)
		}
	}
}

// A keyring that loses what it was given does not get as far as an entry.
func TestTheKeyringIsReadBack(t *testing.T) {
	dir, fake := t.TempDir(), keyringtest.NewFake()
	w := wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewKeyringBox(dir, keyring.Config{Provider: fake}, nil)})
	fake.OnSet(func(_, value string) (string, bool) { return value[:len(value)-1], true })
	b := kept(t, "ec-p256")
	if err := w.PutPending(t.Context(), tanaka, pending(t, b.Key, "name")); !errors.Is(err, wallet.ErrReadBack) {
		t.Errorf("PutPending: %v", err)
	}
	if _, err := w.Put(t.Context(), entry("name"), b.Key, b.Chain); !errors.Is(err, wallet.ErrReadBack) {
		t.Errorf("Put: %v", err)
	}
	if entries, err := w.Entries(t.Context()); err != nil || len(entries) != 0 {
		t.Errorf("Entries = %+v, %v", entries, err)
	}
}

func TestAnotherProcessIsWaitedForAsLongAsTheContextLasts(t *testing.T) {
	dir := t.TempDir()
	lock := flock.New(filepath.Join(dir, ".lock"))
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- fileWallet(dir, nil).RemovePending(ctx, tanaka) }()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	go func() { ended <- fileWallet(dir, nil).RemovePending(t.Context(), tanaka) }()
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("unlocked: %v", err)
	}
}

// Many at once change one wallet: every change is whole, and none is lost.
func TestChangesTakeTurns(t *testing.T) {
	dir, b := t.TempDir(), kept(t, "ec-p256")
	const writers = 8
	ended := make(chan error, writers)
	for i := range writers {
		go func() {
			_, err := fileWallet(dir, nil).Put(t.Context(), entry(fmt.Sprintf("n%d", i)), b.Key, b.Chain)
			ended <- err
		}()
	}
	for range writers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	w := fileWallet(dir, nil)
	entries, err := w.Entries(t.Context())
	if err != nil || len(entries) != writers {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if _, err := w.Bundle(t.Context(), e.Name); err != nil {
			t.Error(err)
		}
	}
}

// An entry is not touched by a wallet that does not hold its key.
func TestAnEntryOfTheOtherKindIsLeftAlone(t *testing.T) {
	dir, fake, b := t.TempDir(), keyringtest.NewFake(), kept(t, "ec-p256")
	ctx := t.Context()
	inKeyring := wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewKeyringBox(dir, keyring.Config{Provider: fake}, nil)})
	if _, err := inKeyring.Put(ctx, entry("name"), b.Key, b.Chain); err != nil {
		t.Fatal(err)
	}
	inFiles := fileWallet(dir, nil)
	_, bundleErr := inFiles.Bundle(ctx, "name")
	_, putErr := inFiles.Put(ctx, entry("name"), b.Key, b.Chain)
	for call, err := range map[string]error{
		"Bundle": bundleErr, "Put": putErr,
		"PutPending": inFiles.PutPending(ctx, tanaka, pending(t, b.Key, "name")),
		"Remove":     inFiles.Remove(ctx, "name"),
	} {
		if !errors.Is(err, wallet.ErrElsewhere) {
			t.Errorf("%s: %v", call, err)
		}
	}
	if _, err := inKeyring.Bundle(ctx, "name"); err != nil {
		t.Errorf("then: %v", err)
	}
}

// Another account that may write to the directory could put its own file, or
// a link, where a key is about to be written.
func TestADirectoryOpenToOthersIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	err := fileWallet(dir, nil).PutPending(t.Context(), tanaka, pending(t, newKey(t, "ec-p256"), "name"))
	if !errors.Is(err, wallet.ErrLoose) {
		t.Errorf("PutPending: %v, want %v", err, wallet.ErrLoose)
	}
	if found, _ := os.ReadDir(dir); len(found) != 0 {
		t.Errorf("the directory has %v", found)
	}
}

// What lies where a file is to be written is not written into.
func TestWritingFollowsNoLink(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
	writeFile(t, outside, "precious")
	if err := os.Symlink(outside, filepath.Join(dir, "name.json.next")); err != nil {
		t.Fatal(err)
	}
	key := newKey(t, "ec-p256")
	chain := newAuthority(t, "ec-p256", "Test").chain(t, key.Public(), tanaka)
	_, err := fileWallet(dir, nil).Put(t.Context(), entry("name"), key, chain)
	text, readErr := os.ReadFile(outside)
	if readErr != nil || string(text) != "precious" {
		t.Errorf("Put: %v; the file outside now holds %q, %v", err, text, readErr)
	}
}
