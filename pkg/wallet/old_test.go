package wallet_test

import (
	"errors"
	"testing"

	"certctl/pkg/wallet"
)

func TestASuccessorKeepsWhatItRenewed(t *testing.T) {
	eachWallet(t, func(t *testing.T, w *wallet.Wallet, _ string) {
		a := newAuthority(t, "ec-p256", "Example")
		bundle := func() wallet.Bundle {
			key := newKey(t, "ec-p256")
			return wallet.Bundle{Key: key, Chain: a.chain(t, key.Public(), tanaka)}
		}
		first, second, third := bundle(), bundle(), bundle()
		var c certificates
		for _, do := range []func(*testing.T, *wallet.Wallet) error{
			c.put(first), c.renew(first, second), c.renew(first, second),
		} {
			if err := do(t, w); err != nil {
				t.Fatal(err)
			}
		}
		wantOld(t, w, first)
		if b, err := w.Bundle(t.Context(), "name"); err != nil || !b.Chain[0].Equal(second.Chain[0]) {
			t.Errorf("the entry has not the successor: %v", err)
		}
		entries, err := w.Entries(t.Context())
		if err != nil || len(entries) != 1 {
			t.Errorf("entries %v, %v: want the one", entries, err)
		}
		// One that renewed something else keeps nothing, and drops nothing.
		if err := c.renew(first, third)(t, w); err != nil {
			t.Fatal(err)
		}
		wantOld(t, w, first)
		for range 2 {
			if err := w.DropOld(t.Context(), "name"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.OldBundle(t.Context(), "name"); !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("dropped, and still there: %v", err)
		}
		if _, err := w.Bundle(t.Context(), "name"); err != nil {
			t.Errorf("the entry went with its old one: %v", err)
		}
	})
}

func wantOld(t *testing.T, w *wallet.Wallet, want wallet.Bundle) {
	t.Helper()
	old, err := w.OldBundle(t.Context(), "name")
	if err != nil || !old.Chain[0].Equal(want.Chain[0]) || len(old.Chain) != 3 {
		t.Errorf("the old one: %v", err)
	}
}

// A copy keeps its value when the current one is replaced or goes.
func TestBoxCopies(t *testing.T) {
	eachBox(t, func(t *testing.T, _ string, open func() wallet.Box) {
		ctx, box := t.Context(), open()
		if err := box.Copy(ctx, "name"); !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("Copy of nothing: %v", err)
		}
		put := func(data string) wallet.Secret {
			s := wallet.Secret{Data: []byte(data), Password: newPassword(t, box, "name/cur")}
			if err := box.Put(ctx, "name/cur", s); err != nil {
				t.Fatal(err)
			}
			return s
		}
		for _, data := range []string{"first", "second"} {
			want := put(data)
			if err := box.Copy(ctx, "name"); err != nil {
				t.Fatal(err)
			}
			put("another")
			got, err := open().Get(ctx, "name/old")
			if err != nil || string(got.Data) != data || got.Password != want.Password {
				t.Errorf("the copy of %s is %s, %v", data, got.Data, err)
			}
		}
		for _, key := range []string{"name/cur", "name/old"} {
			if err := box.Delete(ctx, key); err != nil {
				t.Fatal(err)
			}
			if _, err := box.Get(ctx, key); !errors.Is(err, wallet.ErrNotFound) {
				t.Errorf("Get of %s, deleted: %v", key, err)
			}
		}
	})
}
