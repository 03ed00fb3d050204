package wallet_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// boxes are the implementations of Box that share one contract, each made
// anew: open gives the Box of the same place as a later process would.
var boxes = map[string]func(t *testing.T) (dir string, open func() wallet.Box){
	"files":               unwrappedFiles,
	"files with password": passwordFiles,
	"limit-enforcing fake": func(t *testing.T) (string, func() wallet.Box) {
		return keyringBox(t, keyringtest.NewFake())
	},
	"gnome-keyring": func(t *testing.T) (string, func() wallet.Box) {
		keyringtest.Start(t)
		return keyringBox(t, nil)
	},
}

func unwrappedFiles(t *testing.T) (string, func() wallet.Box) {
	dir := t.TempDir()
	return dir, func() wallet.Box { return wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, nil) }
}

func passwordFiles(t *testing.T) (string, func() wallet.Box) {
	dir, key := t.TempDir(), wallet.FileKey{Password: password("correct horse")}
	return dir, func() wallet.Box { return wallet.NewFileBox(dir, key, nil) }
}

func keyringBox(t *testing.T, p keyring.Provider) (string, func() wallet.Box) {
	dir := t.TempDir()
	return dir, func() wallet.Box { return wallet.NewKeyringBox(dir, keyring.Config{Provider: p}, nil) }
}

func password(s string) func(context.Context, bool) (string, error) {
	return func(context.Context, bool) (string, error) { return s, nil }
}

// eachBox runs test on every implementation.
func eachBox(t *testing.T, test func(t *testing.T, dir string, open func() wallet.Box)) {
	t.Helper()
	for name, start := range boxes {
		t.Run(name, func(t *testing.T) {
			dir, open := start(t)
			test(t, dir, open)
		})
	}
}

const (
	someBundle  = "12345678901-tanaka/cur"
	somePending = "~pending/0123456789abcdef"
)

func TestBoxContract(t *testing.T) {
	eachBox(t, func(t *testing.T, _ string, open func() wallet.Box) {
		for _, key := range []string{someBundle, somePending} {
			ctx, box := t.Context(), open()
			if _, err := box.Get(ctx, key); !errors.Is(err, wallet.ErrNotFound) {
				t.Fatalf("Get of nothing: %v", err)
			}
			if err := box.Delete(ctx, key); err != nil {
				t.Fatalf("Delete of nothing: %v", err)
			}
			for _, size := range []int{0, 1, 1942, 2048, 5000} {
				want := wallet.Secret{Data: bytes.Repeat([]byte("\xff\n\x00"), size)[:size], Password: newPassword(t, box, key)}
				if err := box.Put(ctx, key, want); err != nil {
					t.Fatalf("Put: %v", err)
				}
				got, err := open().Get(ctx, key)
				if err != nil || !bytes.Equal(got.Data, want.Data) || got.Password != want.Password {
					t.Fatalf("Get in another process: %d bytes, %v", len(got.Data), err)
				}
			}
			if err := open().Delete(ctx, key); err != nil {
				t.Fatal(err)
			}
			if _, err := box.Get(ctx, key); !errors.Is(err, wallet.ErrNotFound) {
				t.Errorf("Get of what was deleted: %v", err)
			}
		}
	})
}

// newPassword is the password for key: none for a pending key.
func newPassword(t *testing.T, box wallet.Box, key string) string {
	t.Helper()
	if strings.HasPrefix(key, "~") {
		return ""
	}
	p, err := box.NewPassword(t.Context(), key)
	if err != nil || len(p) < 22 || strings.ContainsFunc(p, func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.Fatalf("NewPassword: %d characters, %v", len(p), err)
	}
	return p
}

func TestBoxKeysAreChecked(t *testing.T) {
	eachBox(t, func(t *testing.T, _ string, open func() wallet.Box) {
		ctx, box := t.Context(), open()
		for _, key := range []string{"", "name", "/cur", "../x/cur", "A/cur", "~pending/0123", "~pending/0123456789ABCDEF", "name/older"} {
			if err := box.Put(ctx, key, wallet.Secret{}); !errors.Is(err, wallet.ErrName) {
				t.Errorf("Put(%q): %v", key, err)
			}
			if _, err := box.Get(ctx, key); !errors.Is(err, wallet.ErrName) {
				t.Errorf("Get(%q): %v", key, err)
			}
			if err := box.Delete(ctx, key); !errors.Is(err, wallet.ErrName) {
				t.Errorf("Delete(%q): %v", key, err)
			}
		}
	})
}

func TestBoxEndsWithItsContext(t *testing.T) {
	eachBox(t, func(t *testing.T, _ string, open func() wallet.Box) {
		box := open()
		if err := box.Put(t.Context(), someBundle, wallet.Secret{Data: []byte("old"), Password: newPassword(t, box, someBundle)}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := box.Put(ctx, someBundle, wallet.Secret{Data: []byte("new")}); !errors.Is(err, context.Canceled) {
			t.Errorf("Put: %v", err)
		}
		if err := box.Delete(ctx, someBundle); !errors.Is(err, context.Canceled) {
			t.Errorf("Delete: %v", err)
		}
		if got, err := box.Get(t.Context(), someBundle); err != nil || string(got.Data) != "old" {
			t.Errorf("Get: %v", err)
		}
	})
}
