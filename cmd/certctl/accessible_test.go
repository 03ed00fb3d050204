package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
)

// A terminal that only prints is asked line by line, without a flag for it.
// The scripts accessible*.txtar go through the rest.
func TestDumbTerminal(t *testing.T) {
	d := newDesk(t).with("TERM=dumb")
	d.run("ca", "init").exits(0)
	d.run("contract", "add", deskContract).exits(0)

	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "tanaka", "--otp")
	add.see("One-time password: ")
	secret := add.find(`OTP secret: ([A-Z2-7]{32})`)
	add.enter("000000\n")
	add.see("The one-time password is wrong.")
	add.enter(d.code(t, secret) + "\n")
	add.see("Confirmed: yes")
	add.exits(0)
	if text := add.Text(); strings.ContainsAny(text, "▀▄█") || strings.Contains(text, "000000") {
		t.Errorf("a picture, or a code, is on the screen:\n%s", text)
	}

	d.clock(t, 30*time.Second)
	acquire := d.run("acquire")
	acquire.see("Contract ID:")
	acquire.enter(deskContract + "\n")
	acquire.see("User ID:")
	acquire.enter("tanaka\n")
	acquire.see("One-time password:")
	acquire.enter(d.code(t, secret) + "\n")
	acquire.see("Sending the code and the request…")
	acquire.exits(0)
}

// However a question ends, the next program finds the terminal as it was.
func TestCancelledInLines(t *testing.T) {
	d := newDesk(t).with("CERTCTL_ACCESSIBLE=true")
	d.user(t)
	for _, end := range []struct {
		how  string
		do   func(*run)
		exit int
	}{
		{"Ctrl-C", func(r *run) { r.enter("\x03") }, 130},
		{"Ctrl-D", func(r *run) { r.enter("\x04") }, 130},
		{"SIGTERM", func(r *run) { r.signal(syscall.SIGTERM) }, 143},
	} {
		for see, arguments := range map[string][]string{
			"Contract ID:":       {"acquire"},
			"One-time password:": {"acquire", "--contract-id", deskContract, "--user-id", "sato"},
		} {
			r := d.run(arguments...)
			before, err := term.GetState(r.ptmx.Fd())
			if err != nil {
				t.Fatal(err)
			}
			r.see(see)
			end.do(r)
			r.find(`(?m)^certctl: `) // on a line of its own
			r.exits(end.exit)
			after, err := term.GetState(r.ptmx.Fd())
			if err != nil || *after != *before {
				t.Errorf("%s: the terminal is %+v, and was %+v (%v)", end.how, after, before, err)
			}
		}
	}
}

// A terminal of 24 lines shows the whole QR code while the code is asked back.
func TestQRCodeOnALowTerminal(t *testing.T) {
	d := newDesk(t)
	d.width, d.height = 80, 24
	d.run("ca", "init").exits(0)
	d.run("contract", "add", deskContract).exits(0)
	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "tanaka", "--otp")
	add.see("Code in the app (Enter alone skips) >")
	lines := strings.Split(add.Text(), "\n")
	picture := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "█▀▀▀▀▀█") })
	last := slices.IndexFunc(lines, regexp.MustCompile(`^ +▀▀▀▀▀▀▀ ▀`).MatchString)
	if picture < 0 || last < picture {
		t.Errorf("the finders of the symbol are not all there:\n%s", add.Text())
	}
	add.enter("\r")
	add.exits(0)
}

// A wallet's password may be mistyped twice.
func TestWalletPasswordIsAskedAgain(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	d = d.with("CERTCTL_WALLET_PASSWORD_FILE=").with("CERTCTL_ACCESSIBLE=true")
	acquire := d.run("acquire", "--contract-id", deskContract, "--user-id", "sato")
	acquire.see("New password for the certificate wallet")
	acquire.enter("right\nright\n")
	acquire.see("step 2 of 2")
	acquire.enter(d.code(t, secret) + "\n")
	acquire.exits(0)

	for last, exit := range map[string]int{"right": 0, "wronger": 6} {
		export := d.run("export", "sato", "--format", "pem", "--out", filepath.Join(d.dir, last+".pem"))
		export.see("Password of the certificate wallet")
		export.see("Password:") // from here on nothing is echoed
		export.enter("wrong\n")
		export.see("The password is not the one of this wallet. Password:")
		export.enter("wrong\n")
		export.find(`(?s)(not the one of this wallet\.\s+Password: *.*){2}`)
		export.enter(last + "\n")
		export.exits(exit)
		if text := export.Text(); strings.Contains(text, "wrong\n") {
			t.Errorf("the passwords are on the screen:\n%s", text)
		}
	}
}

// The passphrase of a backup is asked for twice, and to restore it as often as it
// takes.
func TestBackupPassphraseIsAskedFor(t *testing.T) {
	d := newDesk(t)
	d = d.with("CERTCTL_ACCESSIBLE=true")
	d.run("ca", "init").exits(0)
	file := filepath.Join(d.dir, "backend.age")
	backup := d.run("ca", "backup", file)
	backup.see("Passphrase for the backup")
	backup.enter("right\nrihgt\n")
	backup.see("The two passwords are not the same.")
	backup.enter("right\nright\n")
	backup.exits(0)

	restore := d.with("CERTCTL_HOME="+filepath.Join(d.dir, "restored")).run("ca", "restore", file, "--sealed-by", "file:"+filepath.Join(d.dir, "key"))
	restore.see("Password of")
	restore.see("Password:") // from here on nothing is echoed
	restore.enter("wrong\n")
	restore.see("The password is wrong. Password:")
	restore.enter("right\n")
	restore.exits(0)
}
