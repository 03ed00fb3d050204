package wallet_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// eachWallet runs test on a wallet with every Box.
func eachWallet(t *testing.T, test func(t *testing.T, w *wallet.Wallet, dir string)) {
	t.Helper()
	eachBox(t, func(t *testing.T, dir string, open func() wallet.Box) {
		test(t, wallet.Open(wallet.Config{Dir: dir, Box: open()}), dir)
	})
}

func TestBundlesOfAllKeyTypesRoundTrip(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	keys := map[string]wallet.Bundle{}
	for _, keyType := range keyTypes {
		key := newKey(t, keyType)
		keys[keyType] = wallet.Bundle{Key: key, Chain: a.chain(t, key.Public(), tanaka)}
	}
	eachWallet(t, func(t *testing.T, w *wallet.Wallet, _ string) {
		for keyType, b := range keys {
			roundTrip(t, w, keyType, b)
		}
		entries, err := w.Entries(t.Context())
		if err != nil || len(entries) != len(keyTypes) || entries[0].Name != "ec-p256" {
			t.Errorf("Entries = %+v, %v", entries, err)
		}
	})
}

func roundTrip(t *testing.T, w *wallet.Wallet, keyType string, b wallet.Bundle) {
	t.Helper()
	ctx := t.Context()
	p := pending(t, b.Key, keyType)
	if err := w.PutPending(ctx, tanaka, p); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Pending(ctx, tanaka); err != nil || !reflect.DeepEqual(got, p) {
		t.Fatalf("Pending: %v; equal: %v", err, reflect.DeepEqual(got, p))
	}
	put, err := w.Put(ctx, entry(keyType), b.Key, b.Chain)
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
	if got.KeyType != keyType || got.Serial != b.Chain[0].SerialNumber.Text(16) || got.Wallet != w.Kind() {
		t.Errorf("entry %+v", got)
	}
	kept, err := w.Bundle(ctx, keyType)
	if err != nil {
		t.Fatal(err)
	}
	// Keys of RSA that are the same may differ in what was computed beforehand.
	key, ok := kept.Key.(interface{ Equal(crypto.PrivateKey) bool })
	if !sameChain(kept.Chain, b.Chain) || !ok || !key.Equal(b.Key) {
		t.Error("the bundle is not what was put")
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

func TestPutReplacesAndRemoveRemoves(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	eachWallet(t, func(t *testing.T, w *wallet.Wallet, dir string) {
		ctx := t.Context()
		var last wallet.Entry
		for range 2 {
			key := newKey(t, "ec-p256")
			chain := a.chain(t, key.Public(), tanaka)
			for range 2 { // the same again changes nothing
				put, err := w.Put(ctx, entry("name"), key, chain)
				if err != nil {
					t.Fatal(err)
				}
				last = put
			}
		}
		b, err := w.Bundle(ctx, "name")
		if err != nil || b.Chain[0].SerialNumber.Text(16) != last.Serial {
			t.Fatalf("Bundle: %v", err)
		}
		if err := w.Remove(ctx, "name"); err != nil {
			t.Fatal(err)
		}
		if err := w.Remove(ctx, "name"); !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("Remove again: %v", err)
		}
		if _, err := w.Bundle(ctx, "name"); !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("Bundle after Remove: %v", err)
		}
		for _, f := range files(t, dir) {
			if strings.HasPrefix(f, "name") {
				t.Errorf("left behind: %s", f)
			}
		}
	})
}

func TestANameHasOneOwner(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	w := fileWallet(t.TempDir(), nil)
	ctx, key := t.Context(), newKey(t, "ec-p256")
	chain := a.chain(t, key.Public(), tanaka)
	if _, err := w.Put(ctx, entry("name"), key, chain); err != nil {
		t.Fatal(err)
	}
	same := tanaka
	same.UserID = "TANAKA"
	for owner, want := range map[wallet.Owner]error{
		same: nil,
		{Backend: "other", ContractID: tanaka.ContractID, UserID: tanaka.UserID}:           wallet.ErrNameTaken,
		{Backend: tanaka.Backend, ContractID: "99999999999", UserID: tanaka.UserID}:        wallet.ErrNameTaken,
		{Backend: tanaka.Backend, ContractID: tanaka.ContractID, UserID: "tanak"}:          wallet.ErrNameTaken,
		{Backend: tanaka.Backend, ContractID: tanaka.ContractID[:10], UserID: "1" + "abc"}: wallet.ErrNameTaken,
	} {
		e := entry("name")
		e.Owner = owner
		if _, err := w.Put(ctx, e, key, chain); !errors.Is(err, want) {
			t.Errorf("Put for %+v: %v, want %v", owner, err, want)
		}
		if err := w.PutPending(ctx, owner, pending(t, key, "name")); !errors.Is(err, want) {
			t.Errorf("PutPending for %+v: %v, want %v", owner, err, want)
		}
	}
}

func TestPendingKeysAreFiledByOwner(t *testing.T) {
	w := fileWallet(t.TempDir(), nil)
	ctx := t.Context()
	owners := []wallet.Owner{
		{Backend: "b", ContractID: "1", UserID: "23"},
		{Backend: "b", ContractID: "12", UserID: "3"},
		{Backend: "b1", ContractID: "", UserID: "23"},
	}
	for _, o := range owners {
		if err := w.PutPending(ctx, o, pending(t, newKey(t, "ec-p256"), "of-"+o.UserID)); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range owners {
		if p, err := w.Pending(ctx, o); err != nil || p.Name != "of-"+o.UserID {
			t.Errorf("Pending(%+v): %v, %v", o, p.Name, err)
		}
	}
	upper := wallet.Owner{Backend: "b", ContractID: "1", UserID: "ABC"}
	lower := wallet.Owner{Backend: "b", ContractID: "1", UserID: "abc"}
	if err := w.PutPending(ctx, upper, pending(t, newKey(t, "ec-p256"), "abc")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Pending(ctx, lower); err != nil {
		t.Errorf("the other case: %v", err)
	}
}

// Eight processes add a pending key of one owner at once: all go on with one.
func TestAddPendingKeepsTheFirst(t *testing.T) {
	dir := t.TempDir()
	const n = 8
	var got [n]wallet.Pending
	var errs [n]error
	var wg sync.WaitGroup
	for i := range n {
		mine := pending(t, newKey(t, "ec-p256"), fmt.Sprintf("name-%d", i))
		wg.Go(func() { got[i], errs[i] = fileWallet(dir, nil).AddPending(t.Context(), tanaka, mine) })
	}
	wg.Wait()
	kept, err := fileWallet(dir, nil).Pending(t.Context(), tanaka)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if errs[i] != nil || !bytes.Equal(got[i].CSR, kept.CSR) || got[i].Name != kept.Name {
			t.Errorf("%d goes on with %q, %v; the wallet has %q", i, got[i].Name, errs[i], kept.Name)
		}
	}
}

func TestEntriesReportsDamageByName(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	dir := t.TempDir()
	w := fileWallet(dir, nil)
	ctx, key := t.Context(), newKey(t, "ec-p256")
	chain := a.chain(t, key.Public(), tanaka)
	for _, name := range []string{"a", "b"} {
		if _, err := w.Put(ctx, entry(name), key, chain); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(dir, "a.json"), "{")
	entries, err := w.Entries(ctx)
	if err != nil || len(entries) != 2 {
		t.Fatalf("Entries = %+v, %v", entries, err)
	}
	if !errors.Is(entries[0].Damaged, wallet.ErrDamaged) || entries[1].Damaged != nil {
		t.Errorf("Entries = %+v", entries)
	}
	if _, err := w.Put(ctx, entry("a"), key, chain); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("Put over a damaged entry: %v", err)
	}
	if err := w.Remove(ctx, "a"); err != nil {
		t.Errorf("Remove of a damaged entry: %v", err)
	}
}

// A keyring that is locked, or whose question is answered with no, leaves the
// entry: the removal can be asked for again.
func TestARemovalThatTheKeyringRefusesChangesNothing(t *testing.T) {
	a, ctx, dir, fake := newAuthority(t, "ec-p256", "Test"), t.Context(), t.TempDir(), keyringtest.NewFake()
	w := wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewKeyringBox(dir, keyring.Config{Provider: fake}, nil)})
	key := newKey(t, "ec-p256")
	if _, err := w.Put(ctx, entry("name"), key, a.chain(t, key.Public(), tanaka)); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadDir(dir)
	fake.Refuse(keyring.ErrDenied)
	if err := w.Remove(ctx, "name"); !errors.Is(err, keyring.ErrDenied) {
		t.Errorf("Remove: %v", err)
	}
	if after, err := os.ReadDir(dir); err != nil || len(after) != len(before) {
		t.Errorf("left in the directory: %v, %v; before %v", after, err, before)
	}
	fake.Refuse(nil)
	if _, err := w.Bundle(ctx, "name"); err != nil {
		t.Errorf("Bundle: %v", err)
	}
	if err := w.Remove(ctx, "name"); err != nil {
		t.Errorf("Remove again: %v", err)
	}
	if items := fake.Items(); len(items) != 0 {
		t.Errorf("left in the keyring: %v", items)
	}
}

func TestPutRefusesWhatDoesNotBelongTogether(t *testing.T) {
	a, other := newAuthority(t, "ec-p256", "Test"), newAuthority(t, "ec-p256", "Test")
	w := fileWallet(t.TempDir(), nil)
	ctx, key := t.Context(), newKey(t, "ec-p256")
	chain := a.chain(t, key.Public(), tanaka)
	if _, err := w.Put(ctx, entry("n"), newKey(t, "ec-p256"), chain); err == nil {
		t.Error("another key was kept")
	}
	if _, err := w.Put(ctx, entry("n"), key, []*x509.Certificate{chain[0], other.issuing, other.root}); err == nil {
		t.Error("another chain was kept")
	}
	if _, err := w.Put(ctx, entry("n"), key, chain[:1]); err == nil {
		t.Error("a certificate without its chain was kept")
	}
	if _, err := w.Put(ctx, entry("../n"), key, chain); !errors.Is(err, wallet.ErrName) {
		t.Errorf("Put of a path: %v", err)
	}
	if entries, err := w.Entries(ctx); err != nil || len(entries) != 0 {
		t.Errorf("Entries = %+v, %v", entries, err)
	}
}

func fileWallet(dir string, around wallet.Around) *wallet.Wallet {
	box := wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, around)
	return wallet.Open(wallet.Config{Dir: dir, Box: box, Around: around})
}

func files(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func writeFile(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
