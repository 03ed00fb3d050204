package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/otp"
)

// An import is killed before and after each of its effects: every file write,
// sync and rename, every SQL statement. Whenever that is, it is run again and
// leaves what an undisturbed run leaves: each user once, with the token whose
// secret is in the result file.
func TestKilledImportGoesOnWithTheNext(t *testing.T) {
	template := newTown(t)
	list := "user_id,otp\nito,\nkato,none\n"
	if err := os.WriteFile(filepath.Join(template.home, "list.csv"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
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

// importList imports the list of this home, killed at a place where that is not 0.
func (w town) importList(t *testing.T, killAt int) result {
	return w.result(t, w.command("user", "import", filepath.Join(w.home, "list.csv"), "--contract-id", "12345678901", "-o", "json"), killAt)
}

// checkImport holds a town to what an import leaves.
func (w town) checkImport(t *testing.T, what string) {
	var users, acts, tokens int
	w.query(t, `SELECT (SELECT COUNT(*) FROM users), (SELECT COUNT(*) FROM audit WHERE action = 'user add'), (SELECT COUNT(*) FROM tokens)`,
		&users, &acts, &tokens)
	if users != 3 || acts != 3 || tokens != 2 { // with the one of every town
		t.Errorf("%s: %d users, added %d times, and %d tokens; want 3, 3 and 2", what, users, acts, tokens)
	}
	w.checkAudit(t, what)
	text, err := os.ReadFile(filepath.Join(w.home, "list.result.csv"))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	secrets := map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, ",")
		if len(cells) == 7 && cells[2] == "added" {
			secrets[cells[1]] = cells[4]
		}
	}
	if len(secrets) != 2 || secrets["kato"] != "" {
		t.Errorf("%s: %d users were added by the result file, want 2", what, len(secrets))
	}
	// What the user was told is what is registered.
	secret, err := otp.DecodeSecret(secrets["ito"])
	if err != nil {
		t.Errorf("%s: the secret in the result file: %v", what, err)
		return
	}
	cmd := w.command("acquire", "--contract-id", "12345678901", "--user-id", "ito", "-o", "json")
	cmd.Env = append(cmd.Env, "CERTCTL_OTP="+otp.DefaultParams().Code(secret, w.step))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: acquire: %v\n%s", what, err, out)
	}
}
