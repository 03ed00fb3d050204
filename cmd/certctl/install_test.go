package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// An installation is killed before and after each of its effects: on
// our own files, and on the store by its tools. Whenever that is, uninstall finds what it has left in the browser's
// store: the ledger knows of it before the store does.
func TestKilledInstallLeavesNothingUnknown(t *testing.T) {
	t.Parallel()
	template := newTown(t)
	if got := template.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	whole := template.copy(t)
	if killed, err := whole.install(0); killed || err != nil {
		t.Fatalf("an undisturbed install: killed %v, %v", killed, err)
	}
	if got := whole.browserKeys(t); got != 1 {
		t.Fatalf("an undisturbed install leaves %d keys", got)
	}
	places := whole.places(t)
	if places < 15 {
		t.Fatalf("only %d places to be killed at: the seam is cut", places)
	}
	for n := 1; n <= places; n++ {
		town := template.copy(t)
		if killed, err := town.install(n); !killed {
			t.Errorf("place %d: not killed: %v", n, err)
			continue
		}
		err := town.command("uninstall", "tanaka").Run()
		exited := (*exec.ExitError)(nil)
		if err != nil && !(errors.As(err, &exited) && exited.ExitCode() == 3) { // 3: nothing was begun
			t.Errorf("place %d: uninstall: %v", n, err)
		}
		if got := town.browserKeys(t); got != 0 {
			t.Errorf("place %d: %d keys are in the browser, and uninstall does not know", n, got)
		}
	}
	t.Logf("N = %d places", places)
}

// install installs the town's certificate, and is killed at a place, from 1; 0:
// at none.
func (w town) install(killAt int) (killed bool, err error) {
	cmd := w.command("install", "tanaka", "--to", "nss")
	cmd.Env = append(cmd.Env, countVariable+"="+w.countFile(), killVariable+"="+strconv.Itoa(killAt))
	err = cmd.Run()
	return err != nil && !cmd.ProcessState.Exited(), err
}

// browserKeys counts the keys in the town's store.
func (w town) browserKeys(t *testing.T) int {
	t.Helper()
	db := filepath.Join(w.home, ".pki", "nssdb")
	if found, err := filepath.Glob(filepath.Join(db, "cert9.db")); err != nil || len(found) == 0 {
		return 0
	}
	out, err := exec.Command("certutil", "-K", "-d", "sql:"+db).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "no keys found") {
		t.Fatalf("certutil: %v\n%s", err, out)
	}
	return strings.Count(string(out), "\n<")
}
