package issuer_test

import (
	"bytes"
	"crypto/x509"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/issuer"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// After a rotation the new CA signs, and each CA has what it issued, and only
// that, on its own list.
func TestRotate(t *testing.T) {
	b := newBackend(t, nil)
	sato := api.UserRef{ContractID: contractID, UserID: "sato"}
	b.addUser(tanaka)
	b.addUser(sato)
	old := must(b.acquire(tanaka, b.code(0), newCSR(t)))
	b.rotate() // in the second of the first
	young := must(b.acquire(sato, b.code(0), newCSR(t)))
	if string(old.Chain[1]) == string(young.Chain[1]) {
		t.Error("the old issuing CA signs on")
	}
	must(b.Reissue(t.Context(), operator, tanaka))
	lists := must(b.CRLs(t.Context(), operator, 24*time.Hour))
	if len(lists) != 3 || lists[0].Entries != 0 || lists[1].Entries != 1 {
		t.Fatalf("%d lists, of %d and %d entries", len(lists), lists[0].Entries, lists[1].Entries)
	}
	if string(lists[0].Issuer) != string(young.Chain[1]) || string(lists[1].Issuer) != string(old.Chain[1]) {
		t.Error("the lists are not of the new CA and the old one")
	}
	b.clock.advance(11 * 365 * 24 * time.Hour)
	wantCode(t, "under a root that ends first", b.Rotate(t.Context(), operator, api.RootKey{}), api.CAEnding)
	b.wantAuditOK()
}

func (b *backend) rotate() {
	b.t.Helper()
	if err := b.Rotate(b.t.Context(), operator, api.RootKey{}); err != nil {
		b.t.Fatal(err)
	}
}

// Relying parties look for a list by the name of its issuer: no two have one.
func TestIssuingCAsOfOneYearHaveNamesOfTheirOwn(t *testing.T) {
	b := newBackend(t, nil)
	for range 3 {
		b.rotate()
	}
	b.clock.advance(366 * day)
	b.rotate()
	want := []string{"Test Issuing CA 2028", "Test Issuing CA 2027-4", "Test Issuing CA 2027-3", "Test Issuing CA 2027-2", "Test Issuing CA 2027"}
	if got := b.issuingCAs(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// issuingCAs names the issuing CAs, the current one first.
func (b *backend) issuingCAs() []string {
	b.t.Helper()
	var names []string
	for _, crl := range must(b.CRLs(b.t.Context(), operator, time.Hour)) {
		if crl.Authority == "issuing" {
			names = append(names, must(x509.ParseCertificate(crl.Issuer)).Subject.CommonName)
		}
	}
	return names
}

// offline is a backend whose root's key is in the file that it returns.
func offline(t *testing.T, place, password string) (*backend, []byte) {
	t.Helper()
	b := &backend{t: t, path: place, clock: &clock{t: start}, key: must(seal.New(make([]byte, seal.KeySize))), policy: api.DefaultPolicy()}
	b.st = must(store.Open(t.Context(), place, store.Options{Create: true}))
	t.Cleanup(b.close)
	b.db = storetest.OpenDB(t, place)
	var file []byte
	b.Issuer = must(issuer.InitOffline(t.Context(), b.st, b.key, issuer.Config{Now: b.clock.now}, operator, "Test",
		func(root *ca.Authority) (err error) {
			file, err = root.EncryptKey(password)
			return err
		}))
	return b, file
}

// The key of a root that is kept in a file is nowhere else, and only that file,
// with its password, makes another issuing CA.
func TestARootThatIsKeptInAFile(t *testing.T) {
	b, file := offline(t, storetest.Place(t), "correct horse")
	_, others := offline(t, filepath.Join(t.TempDir(), "backend.db"), "correct horse")
	var sealed []byte
	if err := b.db.QueryRow(`SELECT sealed_key FROM authorities WHERE kind = 'root'`).Scan(&sealed); err != nil || sealed != nil {
		t.Errorf("the root's key is in the records (%v)", err)
	}
	if !must(b.RootOffline(t.Context())) || must(newBackend(t, nil).RootOffline(t.Context())) {
		t.Error("where the root's key is")
	}
	rotate := func(file []byte, password api.Secret) error {
		return b.Rotate(t.Context(), operator, api.RootKey{PEM: file, Password: password})
	}
	damaged := bytes.Replace(file, file[60:70], file[70:80], 1)
	wantCode(t, "without the file", rotate(nil, ""), api.RootOffline)
	wantCode(t, "with another password", rotate(file, "battery staple"), api.PasswordWrong)
	wantCode(t, "with another root's file", rotate(others, "correct horse"), api.RootForeign)
	wantCode(t, "with a file that is damaged", rotate(damaged, "correct horse"), api.Usage)
	wantCode(t, "with something else", rotate([]byte("hello"), "correct horse"), api.Usage)
	if names := b.issuingCAs(); len(names) != 1 {
		t.Errorf("%q after refusals", names)
	}
	if err := rotate(file, "correct horse"); err != nil {
		t.Error(err)
	}
	if names := b.issuingCAs(); len(names) != 2 {
		t.Errorf("%q", names)
	}
	n, _ := b.restored(b.backUp(), storetest.Place(t))
	if !must(n.RootOffline(t.Context())) {
		t.Error("a restore has found the root's key")
	}
	b.wantAuditOK()
}
