package wallet_test

import (
	"crypto/x509"
	"errors"
	"reflect"
	"testing"

	"certctl/pkg/wallet"
)

func fileWallet(dir string, around wallet.Around) *wallet.Wallet {
	box := wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, around)
	return wallet.Open(wallet.Config{Dir: dir, Box: box, Around: around})
}

func TestBundlesOfAllKeyTypesRoundTrip(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	w := fileWallet(t.TempDir(), nil)
	for _, keyType := range keyTypes {
		t.Run(keyType, func(t *testing.T) {
			ctx := t.Context()
			key := newKey(t, keyType)
			p := pending(t, key, keyType)
			if err := w.PutPending(ctx, tanaka, p); err != nil {
				t.Fatal(err)
			}
			if got, err := w.Pending(ctx, tanaka); err != nil || !reflect.DeepEqual(got, p) {
				t.Fatalf("Pending: %v; equal: %v", err, reflect.DeepEqual(got, p))
			}
			chain := a.chain(t, key.Public(), tanaka)
			put, err := w.Put(ctx, entry(keyType), key, chain)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.RemovePending(ctx, tanaka); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Pending(ctx, tanaka); !errors.Is(err, wallet.ErrNotFound) {
				t.Errorf("pending after removal: %v", err)
			}
			got, err := w.Entry(ctx, keyType)
			if err != nil || !reflect.DeepEqual(got, put) {
				t.Errorf("Entry = %+v, %v, want %+v", got, err, put)
			}
			if got.KeyType != keyType || got.Serial != chain[0].SerialNumber.Text(16) {
				t.Errorf("entry %+v", got)
			}
			b, err := w.Bundle(ctx, keyType)
			if err != nil {
				t.Fatal(err)
			}
			if !sameChain(b.Chain, chain) || !reflect.DeepEqual(b.Key, key) {
				t.Error("the bundle is not what was put")
			}
		})
	}
	entries, err := w.Entries(t.Context())
	if err != nil || len(entries) != len(keyTypes) {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func sameChain(a, b []*x509.Certificate) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(b[i]) {
			return false
		}
	}
	return true
}
