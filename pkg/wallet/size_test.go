package wallet_test

import (
	"context"
	"strings"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// recorder is a Box that notes the size of what is put into it.
type recorder struct {
	wallet.Box
	sizes map[string]int
}

func (r recorder) Put(ctx context.Context, key string, s wallet.Secret) error {
	r.sizes[key[:strings.IndexByte(key, '/')]] = len(s.Data) + len(s.Password)
	return r.Box.Put(ctx, key, s)
}

// The pending key must take at least the room that its bundle will take, or a
// full keyring would be found only after a code was spent. The certificates
// here are the largest that a backend makes.
func TestThePendingKeyTakesTheRoomOfTheBundle(t *testing.T) {
	widest := strings.Repeat("\U00020B9F", 64) // four bytes each
	a := newAuthority(t, "rsa-3072", widest)
	url := "http://" + strings.Repeat("u", 120)
	a.urls = []string{url}
	owner := wallet.Owner{Backend: "b", ContractID: widest, UserID: widest}
	for _, keyType := range keyTypes {
		t.Run(keyType, func(t *testing.T) {
			dir, ctx := t.TempDir(), t.Context()
			box := wallet.NewKeyringBox(dir, keyring.Config{Provider: keyringtest.NewFake()}, nil)
			r := recorder{Box: box, sizes: map[string]int{}}
			w := wallet.Open(wallet.Config{Dir: dir, Box: r})
			key := newKey(t, keyType)
			if err := w.PutPending(ctx, owner, pending(t, key, "name")); err != nil {
				t.Fatal(err)
			}
			e := entry("name")
			e.Owner = owner
			if _, err := w.Put(ctx, e, key, a.chain(t, key.Public(), owner)); err != nil {
				t.Fatal(err)
			}
			if r.sizes["~pending"] < r.sizes["name"] {
				t.Errorf("the pending key took %d bytes, the bundle %d", r.sizes["~pending"], r.sizes["name"])
			}
		})
	}
}

// The default bundle is one item of the keyring.
func TestTheDefaultBundleIsOneItem(t *testing.T) {
	dir, fake := t.TempDir(), keyringtest.NewFake()
	box := wallet.NewKeyringBox(dir, keyring.Config{Provider: fake}, nil)
	w := wallet.Open(wallet.Config{Dir: dir, Box: box})
	key := newKey(t, "ec-p256")
	a := newAuthority(t, "ec-p256", "Example Bank certctl")
	if _, err := w.Put(t.Context(), entry("12345678901-tanaka"), key, a.chain(t, key.Public(), tanaka)); err != nil {
		t.Fatal(err)
	}
	if items := fake.Items(); len(items) != 1 {
		t.Errorf("items: %v", items)
	}
}
