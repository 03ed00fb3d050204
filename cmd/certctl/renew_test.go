package main

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"certctl/pkg/keyring/keyringtest"
)

// A timer finds the keyring locked: where nothing is due that is nothing to it;
// else it says so at once, and the backend has not heard of it.
func TestRenewalUnderATimerWithALockedKeyring(t *testing.T) {
	session := keyringtest.Start(t)
	w := newTown(t)
	w.keyring = true
	if got := w.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	session.Lock()
	if got := w.renew(t, 0); got.exit != 0 {
		t.Errorf("nothing is due: exit %d\n%s", got.exit, got.stderr)
	}
	w.time = "2028-02-28T09:00:00Z" // a day before its end
	got := w.renew(t, 0)
	if got.exit != 6 || got.refused != "keyring_locked" {
		t.Errorf("exit %d, %s, want 6, keyring_locked\n%s", got.exit, got.refused, got.stderr)
	}
	var rows int
	w.query(t, `SELECT COUNT(*) FROM certificates`, &rows)
	if rows != 1 {
		t.Errorf("%d certificates, want the one", rows)
	}
}

// SIGTERM in the middle of a hook kills all that the hook started; the renewal
// is done.
func TestATerminatedHookLeavesNothingRunning(t *testing.T) {
	w := newTown(t)
	if got := w.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	w.time = "2028-02-28T09:00:00Z"
	pipe := w.beside("pipe") // a process that lives has it open
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := w.command("renew", "--exec", "sh", "--", "-c", `exec 3>"$0"; sleep 90 & sleep 90`, pipe)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	reading := make(chan error, 1)
	reader := exec.Command("sh", "-c", `exec <"$0"; echo begun; cat`, pipe)
	out, err := reader.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Start(); err != nil {
		t.Fatal(err)
	}
	begun := make([]byte, 6)
	if _, err := out.Read(begun); err != nil || string(begun) != "begun\n" {
		t.Fatalf("the hook has not begun: %q, %v", begun, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	exited := (*exec.ExitError)(nil)
	if err := cmd.Wait(); !errors.As(err, &exited) || exited.ExitCode() != 143 {
		t.Errorf("certctl ended with %v, want 143\n%s", err, stderr.String())
	}
	go func() { reading <- reader.Wait() }()
	select {
	case err := <-reading: // the last writer is gone
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Error("a process of the hook lives on")
		_ = reader.Process.Kill()
	}
	if !strings.Contains(stderr.String(), "certctl renew") {
		t.Errorf("it is not said how to go on:\n%s", stderr.String())
	}
	if got := w.renew(t, 0); got.exit != 0 {
		t.Errorf("the next run: exit %d\n%s", got.exit, got.stderr)
	}
	w.checkRenewed(t, "after the hook")
}
