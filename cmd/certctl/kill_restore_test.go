package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// An identity of age's for tests, made by age-keygen, and its public key.
const (
	ageIdentity  = "AGE-SECRET-KEY-1RJ429QNMM76EU76JLGKDAEYC36ZD6AQY75RFL9F0GNJXA7F2YH8S6V7QQJ\n"
	ageRecipient = "age1gy796djn8288v29rqspkqlhkgs8dksd4nk3c3fjh7jzt95n2v5vsgen24y"
)

// A restore is killed before and after each of its effects: every file write,
// sync and rename, every SQL statement. Whenever that is, it is run again and
// leaves the whole backend with its key, or it was done.
func TestKilledRestoreIsRunAgain(t *testing.T) {
	lost := newTown(t)
	lost.must(t, "ca", "backup", lost.beside("backend.age"), "--recipient", ageRecipient)
	if err := os.WriteFile(lost.beside("identity"), []byte(ageIdentity), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := lost.ruin(t)
	if got := whole.restore(t, lost, 0); got.killed || got.exit != 0 {
		t.Fatalf("an undisturbed restore: exit %d\n%s", got.exit, got.stderr)
	}
	places := whole.places(t)
	whole.checkRestored(t, lost, "undisturbed")
	if places < 50 {
		t.Fatalf("only %d places to be killed at: the seam is cut", places)
	}
	each(places, func(n int) {
		town, what := lost.ruin(t), fmt.Sprintf("place %d", n)
		if got := town.restore(t, lost, n); !got.killed {
			t.Errorf("%s: not killed: exit %d\n%s", what, got.exit, got.stderr)
			return
		}
		if got := town.restore(t, lost, 0); got.exit != 0 && got.refused != "exists" {
			t.Errorf("%s: the next restore: exit %d\n%s", what, got.exit, got.stderr)
			return
		}
		town.checkRestored(t, lost, what)
	})
	t.Logf("N = %d places", places)
}

// ruin is what is left of a town: an empty place.
func (w town) ruin(t *testing.T) town {
	w.home, w.notes = filepath.Join(t.TempDir(), "home"), t.TempDir()
	if err := os.Mkdir(w.home, 0o700); err != nil {
		t.Error(err)
	}
	return w
}

// restore restores the backup of a town that was lost, killed at a place where
// that is not 0.
func (w town) restore(t *testing.T, lost town, killAt int) result {
	return w.result(t, w.command("ca", "restore", lost.beside("backend.age"), "--identity", lost.beside("identity"), "-o", "json"), killAt)
}

// checkRestored holds a town to what a restore leaves.
func (w town) checkRestored(t *testing.T, lost town, what string) {
	key, err := os.ReadFile(filepath.Join(w.home, "sealing.key"))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	before, err := os.ReadFile(filepath.Join(lost.home, "sealing.key"))
	if err != nil || !bytes.Equal(key, before) {
		t.Errorf("%s: another sealing key (%v)", what, err)
	}
	config, err := os.ReadFile(filepath.Join(w.home, "config.yaml"))
	if err != nil || !bytes.Contains(config, []byte("sealed_by: file:"+w.home)) {
		t.Errorf("%s: config.yaml is %q (%v)", what, config, err)
	}
	var users, restores int
	w.query(t, `SELECT (SELECT COUNT(*) FROM users WHERE slot_state = 'revoked'), (SELECT COUNT(*) FROM audit WHERE action = 'ca restore')`,
		&users, &restores)
	if users != 1 || restores != 1 {
		t.Errorf("%s: %d users, restored %d times", what, users, restores)
	}
	if got := w.result(t, w.command("audit", "verify"), 0); got.exit != 0 {
		t.Errorf("%s: %s", what, got.stderr)
	}
}
