package keyring

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzParseHeader(f *testing.F) {
	f.Add(fmt.Sprintf("certctl1 1 1 %x", sha256.Sum256(nil)))
	f.Add(fmt.Sprintf("certctl1 18446744073709551615 16 %x", sha256.Sum256(nil)))
	f.Add(fmt.Sprintf("certctl1 1 17 %x", sha256.Sum256(nil)))
	f.Add("certctl1 1 0 x\n")
	f.Fuzz(func(t *testing.T, line string) {
		h, ok := parseHeader(line)
		if ok && (h.items < 1 || h.items > maxItems || len(h.sum) != 64) {
			t.Errorf("%q was parsed as %+v", line, h)
		}
	})
}

// items is a keyring that holds two items of a value, whatever is in them.
type items map[string]string

func (i items) Ready(context.Context, bool) error { return nil }
func (i items) Set(_, account, value string) error {
	i[account] = value
	return nil
}
func (i items) Delete(_, account string) error {
	delete(i, account)
	return nil
}
func (i items) Get(_, account string) (string, error) {
	if value, ok := i[account]; ok {
		return value, nil
	}
	return "", ErrNotFound
}

// Whatever is in the keyring, Get gives a value that was put, or an error, and
// Put gets over it.
func FuzzForeignItems(f *testing.F) {
	whole := items{}
	lock := filepath.Join(f.TempDir(), "lock")
	if err := Open(Config{LockFile: lock, Provider: whole}).Put(f.Context(), "k", make([]byte, 3000)); err != nil {
		f.Fatal(err)
	}
	f.Add(whole["/k/a/0"], whole["/k/a/1"])
	f.Add(whole["/k/a/0"], "")
	f.Add("", whole["/k/a/1"])
	f.Add("certctl1 1 1 \n", "")
	f.Add(fmt.Sprintf(headerFormat, uint64(1<<64-1), 1, sha256.Sum256(nil)), "")
	f.Fuzz(func(t *testing.T, first, second string) {
		provider := items{"/k/a/0": first, "/k/b/0": first, "/k/a/1": second}
		s := Open(Config{LockFile: lock, Provider: provider})
		got, err := s.Get(t.Context(), "k")
		line, _, _ := strings.Cut(first, "\n")
		h, _ := parseHeader(line)
		if err == nil && fmt.Sprintf("%x", sha256.Sum256(got)) != h.sum {
			t.Errorf("Get gave %d bytes that do not have the header's sum", len(got))
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("Get: %v", err)
		}
		if err := s.Put(t.Context(), "k", []byte("new")); err != nil {
			t.Errorf("Put: %v", err)
		}
		if got, err := s.Get(t.Context(), "k"); err != nil || string(got) != "new" || len(provider) != 1 {
			t.Errorf("then: %q, %v, %d items", got, err, len(provider))
		}
	})
}
