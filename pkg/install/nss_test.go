package install_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"certctl/pkg/install"
	"certctl/pkg/wallet"
)

// Renewed certificates have one subject, and so one nickname: what goes is the
// one that was meant, whichever came first or ends last.
func TestOneOfASubjectIsRemoved(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	first, second, third := a.bundle(t, "ec"), a.bundle(t, "rsa"), a.bundle(t, "ec")
	dir := newDatabase(t, "")
	s := open(t, dir, "")
	for _, b := range []*wallet.Bundle{second, first, third} {
		if err := s.Add(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	wantHas(t, s, true, first, second, third)
	for i, b := range []*wallet.Bundle{first, third, second} {
		if err := s.Remove(t.Context(), b.Chain[0]); err != nil {
			t.Fatal(err)
		}
		wantHas(t, s, false, b)
		wantHas(t, s, true, []*wallet.Bundle{third, second}[min(i, 1):2-i/2]...)
		if got := keys(t, dir); got != 2-i {
			t.Errorf("%d keys are left, want %d", got, 2-i)
		}
		if err := s.Remove(t.Context(), b.Chain[0]); err != nil {
			t.Errorf("removed once more: %v", err)
		}
	}
}

func TestAddingTwiceAddsOnce(t *testing.T) {
	t.Parallel()
	b := newAuthority(t).bundle(t, "ec")
	dir := filepath.Join(t.TempDir(), "made", "nssdb") // by Add
	s := open(t, dir, "")
	for range 2 {
		if err := s.Add(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	wantHas(t, s, true, b)
	if got := keys(t, dir); got != 1 {
		t.Errorf("%d keys", got)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the database's directory: %v, %v", info.Mode(), err)
	}
}

func TestADatabaseWithAPassword(t *testing.T) {
	t.Parallel()
	b := newAuthority(t).bundle(t, "ec")
	dir := newDatabase(t, "primary")
	if err := open(t, dir, "").Add(t.Context(), b); !errors.Is(err, install.ErrPasswordNeeded) {
		t.Errorf("without a password: %v", err)
	}
	if err := open(t, dir, "Primary").Add(t.Context(), b); !errors.Is(err, install.ErrPassword) {
		t.Errorf("with a wrong password: %v", err)
	}
	wantHas(t, open(t, dir, ""), false, b)
	if err := open(t, dir, "primary").Add(t.Context(), b); err != nil {
		t.Errorf("with the password: %v", err)
	}
	wantHas(t, open(t, dir, ""), true, b)
	if err := open(t, dir, "").Remove(t.Context(), b.Chain[0]); !errors.Is(err, install.ErrPasswordNeeded) {
		t.Errorf("removed without a password: %v", err)
	}
	wantHas(t, open(t, dir, ""), true, b)
	if err := open(t, dir, "primary").Remove(t.Context(), b.Chain[0]); err != nil {
		t.Errorf("removed with the password: %v", err)
	}
	wantHas(t, open(t, dir, ""), false, b)
}

func TestStoresThatCannotBeUsedSayWhy(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	b := a.bundle(t, "ec")
	damaged := newDatabase(t, "")
	if err := os.WriteFile(filepath.Join(damaged, "cert9.db"), []byte("not a database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := open(t, damaged, "").Add(t.Context(), b); !errors.Is(err, install.ErrDamaged) {
		t.Errorf("damaged: %v", err)
	}
	none := open(t, t.TempDir(), "")
	if _, err := none.Has(t.Context(), b.Chain[0]); !errors.Is(err, install.ErrNoStore) {
		t.Errorf("none there: %v", err)
	}
	if err := none.Remove(t.Context(), b.Chain[0]); err != nil {
		t.Errorf("removed from nowhere: %v", err)
	}
	for _, kind := range []install.Kind{install.KindNSS, install.KindWindows, install.KindMacOS} {
		s, err := install.Open(install.Place{Kind: kind, Path: t.TempDir()}, install.Config{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(t.Context(), a.bundle(t, "ed25519")); !errors.Is(err, wallet.ErrKeyType) {
			t.Errorf("Ed25519 into %s: %v", kind, err)
		}
	}
	if _, err := install.Open(install.Place{Kind: "jks"}, install.Config{}); !errors.Is(err, install.ErrNoStore) {
		t.Errorf("an unknown kind: %v", err)
	}
}

// Where a key was certified twice, certutil could take either.
func TestACertificateThatSharesItsKeyStays(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	b := a.bundle(t, "ec")
	other := &wallet.Bundle{Key: b.Key, Chain: append(b.Chain[:0:0], a.certify(t, b.Key), a.root)}
	s := open(t, newDatabase(t, ""), "")
	for _, b := range []*wallet.Bundle{b, other} {
		if err := s.Add(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Remove(t.Context(), b.Chain[0]); !errors.Is(err, install.ErrSharedKey) {
		t.Errorf("removed one of two: %v", err)
	}
	wantHas(t, s, true, b, other)
}
