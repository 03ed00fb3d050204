package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/keyring/keyringtest"
)

// findings runs doctor, which has to exit with a code, and returns what it
// found, by check.
func (w town) findings(t *testing.T, exit int) map[string]string {
	t.Helper()
	cmd := w.command("doctor", "-o", "json")
	out, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code != exit {
		t.Errorf("doctor: exit code %d, want %d (%v)", code, exit, err)
	}
	var doc struct {
		Findings []struct{ Check, Code string }
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := map[string]string{}
	for _, f := range doc.Findings {
		found[f.Check] = f.Code
	}
	return found
}

// In a real keyring: that it works, an entry whose item somebody deleted, and a
// keyring that is locked when a timer runs.
func TestDoctorSeesTheKeyring(t *testing.T) {
	session := keyringtest.Start(t)
	w := newTown(t)
	w.keyring = true
	if got := w.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	if found := w.findings(t, 0); found["keyring"] != "keyring_ok" || found["wallet"] != "wallet_ok" {
		t.Errorf("all is well: %v", found)
	}
	id, err := os.ReadFile(filepath.Join(w.home, "wallet", "id"))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range w.items(t) {
		account := strings.TrimSpace(string(id)) + "/" + item
		if out, err := exec.Command("secret-tool", "clear", "service", "certctl", "username", account).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if found := w.findings(t, 10); found["keyring"] != "keyring_ok" || found["wallet"] != "key_gone" {
		t.Errorf("without the key: %v", found)
	}

	session.Lock()
	if found := w.findings(t, 10); found["keyring"] != "keyring_failed" || found["wallet"] != "wallet_failed" {
		t.Errorf("locked: %v", found)
	}
	w.must(t, "status", "--check") // which opens no keyring
	for _, args := range [][]string{
		{"status", "--refresh"}, {"renew", "--all", "--force"}, {"exec", "tanaka", "--", "true"},
	} {
		cmd := w.command(args...)
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != 6 {
			t.Errorf("%v: exit code %d, want 6 (%v)\n%s", args, code, err, out)
		}
	}
}
