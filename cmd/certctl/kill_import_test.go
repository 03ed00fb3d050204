package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/roster"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// An import is killed before and after each of its effects: every file write,
// sync and rename, every SQL statement. Whenever that is, it is run again and
// leaves what an undisturbed run leaves: each user once, with the token that the
// result file says.
func TestKilledImportGoesOnWithTheNext(t *testing.T) {
	template := newTown(t)
	template.listUsers(t)
	whole := template.copy(t)
	if got := whole.importList(t, 0); got.killed || got.exit != 0 {
		t.Fatalf("an undisturbed import: exit %d\n%s", got.exit, got.stderr)
	}
	whole.checkImport(t, "undisturbed")
	places := whole.places(t)
	if places < 50 {
		t.Fatalf("only %d places to be killed at: the seam is cut", places)
	}
	each(places, func(n int) {
		town := template.copy(t)
		if got := town.importList(t, n); !got.killed {
			t.Errorf("place %d: not killed: exit %d\n%s", n, got.exit, got.stderr)
			return
		}
		if got := town.importList(t, 0); got.exit != 0 {
			t.Errorf("place %d: the next import: exit %d\n%s", n, got.exit, got.stderr)
			return
		}
		town.checkImport(t, fmt.Sprintf("place %d", n))
	})
	t.Logf("N = %d places", places)
}

// listUsers puts a list of users into the home, and a hardware token for one of
// them into the inventory.
func (w town) listUsers(t *testing.T) {
	t.Helper()
	for name, text := range map[string]string{
		"list.csv":   "user_id,otp\nito,\nkato,HW-1\n",
		"tokens.csv": "serial,secret\nHW-1,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n",
	} {
		if err := os.WriteFile(filepath.Join(w.home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.must(t, "otp", "import", filepath.Join(w.home, "tokens.csv"))
}

// importList imports the list of this home, killed at a place where that is not 0.
func (w town) importList(t *testing.T, killAt int) result {
	return w.result(t, w.command("user", "import", filepath.Join(w.home, "list.csv"), "--contract-id", "12345678901", "-o", "json"), killAt)
}

// checkImport holds a town to what an import leaves.
func (w town) checkImport(t *testing.T, what string) {
	var users, acts, tokens int
	w.query(t, `SELECT (SELECT COUNT(*) FROM users), (SELECT COUNT(*) FROM audit WHERE action = 'user add'), (SELECT COUNT(*) FROM tokens)`,
		&users, &acts, &tokens)
	if users != 3 || acts != 3 || tokens != 3 { // with the one of every town
		t.Errorf("%s: %d users, added %d times, and %d tokens; want 3, 3 and 3", what, users, acts, tokens)
	}
	text, err := os.ReadFile(filepath.Join(w.home, "list.result.csv"))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	entries, err := roster.Unmarshal(api.IDs{}, text)
	if err != nil || len(entries) != 2 {
		t.Errorf("%s: %d users in the result file, %v", what, len(entries), err)
		return
	}
	st, i := w.backend(t)
	if i == nil {
		return
	}
	defer st.Close()
	if report, err := i.VerifyAudit(t.Context(), api.Actor{Role: api.RoleOperator}); err != nil || !report.OK() {
		t.Errorf("%s: audit: %+v, %v", what, report, err)
	}
	for _, e := range entries {
		if err := w.proves(t, i, e); err != nil || e.Outcome != roster.Added {
			t.Errorf("%s: %s is %s, and with what the result file says: %v", what, e.Ref.UserID, e.Outcome, err)
		}
	}
}

// backend opens the records in this process, which takes a tenth of the time of a
// command.
func (w town) backend(t *testing.T) (*store.Store, *issuer.Issuer) {
	text, err := os.ReadFile(filepath.Join(w.home, "sealing.key"))
	if err != nil {
		t.Error(err)
		return nil, nil
	}
	if raw, err := hex.DecodeString(strings.TrimSpace(string(text))); err == nil {
		text = raw
	}
	key, err := seal.New(text)
	if err != nil {
		t.Error(err)
		return nil, nil
	}
	st, err := store.Open(t.Context(), w.records(), store.Options{})
	if err != nil {
		t.Error(err)
		return nil, nil
	}
	i, err := issuer.Open(t.Context(), st, key, issuer.Config{Now: w.now})
	if err != nil {
		t.Error(err)
	}
	return st, i
}

// proves acquires for a user with the token that the result file says.
func (w town) proves(t *testing.T, i *issuer.Issuer, e roster.Entry) error {
	base32 := string(e.Secret)
	if e.Serial == "HW-1" {
		base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	}
	secret, err := otp.DecodeSecret(base32)
	if err != nil {
		return err
	}
	s, err := i.Begin(t.Context(), api.BeginRequest{ContractID: e.Ref.ContractID, UserID: e.Ref.UserID})
	if err != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		return err
	}
	_, err = i.Complete(t.Context(), api.CompleteRequest{Session: s.Token, Code: api.Secret(otp.DefaultParams().Code(secret, w.step)), CSR: csr})
	return err
}
