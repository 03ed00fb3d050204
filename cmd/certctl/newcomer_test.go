package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
)

// IDs that belong to nobody are asked for again, both of them: either may be
// the wrong one.
func TestIDsOfNobodyAreAskedForAgain(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	acquire := d.run("acquire", "--contract-id", "99999999999")
	acquire.see("User ID")
	acquire.enter("sato\r")
	acquire.see("There is no user sato of contract 99999999999.")
	acquire.see("Check both IDs")
	acquire.enter("\x15" + deskContract + "\r")
	acquire.enter("\r")
	acquire.see("step 2 of 2")
	acquire.enter(d.code(t, secret) + "\r")
	acquire.exits(0)
}

// What a cancelled run says it leaves is what it leaves.
func TestCancelledRunsSayWhatTheyLeave(t *testing.T) {
	d := newDesk(t)
	d.user(t)
	const kept, registered, changed = "The key is kept", "delete the new entry", "Nothing was changed"
	for _, tt := range []struct {
		args []string
		see  string
		keys string
		want string // of kept, registered and changed
	}{
		{[]string{"acquire"}, "step 1 of 2", "\x1b", ""},
		{[]string{"acquire", "--contract-id", deskContract, "--user-id", "sato"}, "step 2 of 2", "\x1b", kept},
		{[]string{"user", "add", "--contract-id", deskContract, "--user-id", "ito"}, "prove who they are", "\x1b", ""},
		{[]string{"user", "add", "--contract-id", deskContract, "--user-id", "ito", "--otp"}, "Enter alone skips", "\x1b", registered},
		{[]string{"user", "remove", "--contract-id", deskContract, "--user-id", "sato"}, "Remove user sato", "\r", changed},
	} {
		r := d.run(tt.args...)
		r.see(tt.see)
		r.enter(tt.keys)
		r.see("certctl: Cancelled.")
		r.exits(130)
		for _, left := range []string{kept, registered, changed} {
			if strings.Contains(r.Text(), left) != (left == tt.want) {
				t.Errorf("%s: wanted of what is left: %q\n%s", r.name, tt.want, r.Text())
			}
		}
	}
	d.run("user", "show", "--contract-id", deskContract, "--user-id", "ito").exits(3)
}

// Nobody is asked about what is only tried.
func TestWhatIsOnlyTriedIsNotAsked(t *testing.T) {
	d := newDesk(t)
	d.user(t)
	sato := []string{"--contract-id", deskContract, "--user-id", "sato", "--dry-run"}
	for _, act := range [][]string{
		append([]string{"user", "remove"}, sato...),
		append([]string{"user", "reissue"}, sato...),
		append([]string{"user", "revoke"}, sato...),
		append([]string{"otp", "remove"}, sato...),
		{"contract", "suspend", deskContract, "--dry-run"},
	} {
		r := d.run(act...)
		r.see("Nothing is changed")
		r.exits(0)
	}
}

// A living certificate is not revoked unasked.
func TestReissueAsksWhereItRevokes(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	d.with("CERTCTL_OTP="+d.code(t, secret)).run("acquire", "--contract-id", deskContract, "--user-id", "sato").exits(0)
	reissue := []string{"user", "reissue", "--contract-id", deskContract, "--user-id", "sato"}

	r := d.run(reissue...)
	r.see("Reissue the certificate of user sato")
	r.see("revoked at once")
	r.enter("\r") // Keep
	r.see("Nothing was changed")
	r.exits(130)
	show := d.run("user", "show", "--contract-id", deskContract, "--user-id", "sato")
	show.see("State: active")
	show.exits(0)

	r = d.run(reissue...)
	r.see("Reissue the certificate of user sato")
	r.enter("j\r")
	r.see("The old one is revoked.")
	r.exits(0)
	r = d.run(reissue...)
	r.exits(0)
	if strings.Contains(r.Text(), "revoked") {
		t.Errorf("nothing was there to be revoked:\n%s", r.Text())
	}
}

// Nobody types IDs for a keyring that is not there; the way out can be copied.
func TestNoKeyringIsSaidFirst(t *testing.T) {
	d := newDesk(t)
	d.user(t)
	d = d.with("CERTCTL_WALLET=keyring").with("DBUS_SESSION_BUS_ADDRESS=unix:path=" + d.dir + "/none")
	r := d.run("acquire")
	r.see("There is no keyring")
	r.see("\n  certctl acquire --wallet file:DIR --wallet-password-file FILE")
	r.exits(6)
	if strings.Contains(r.Text(), "step 1") {
		t.Errorf("the IDs were asked for:\n%s", r.Text())
	}
}

// The password of a new wallet is asked for before work is shown that would be
// drawn over the question.
func TestNothingMovesWhileThePasswordIsAskedFor(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	d = d.with("CERTCTL_WALLET_PASSWORD_FILE=")
	r := d.run("acquire", "--accessible", "--contract-id", deskContract, "--user-id", "sato")
	r.see("New password for the certificate wallet")
	r.see("Password:")
	r.enter("correct horse\r")
	r.see("The same password once more:")
	r.enter("correct horse\r")
	r.see("One-time password:")
	r.enter(d.code(t, secret) + "\r")
	r.exits(0)
	if before, _, found := strings.Cut(r.Text(), "Making the key"); !found || !strings.Contains(before, "once more") {
		t.Errorf("the key was being made while the password was asked for:\n%s", r.Text())
	}
}

// A table fits the terminal, a row a line.
func TestTheAuditLogFitsTheTerminal(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		d := newDesk(t).with("CERTCTL_LANG=" + lang)
		d.width = 80
		d.run("ca", "init").exits(0)
		d.run("contract", "add", deskContract).exits(0)
		d.run("contract", "set", deskContract, "--name", "Example", "--why", "as the form of the 7th of May has it").exits(0)
		for _, args := range [][]string{{"audit", "list"}, {"config", "view"}} {
			r := d.run(args...)
			r.exits(0)
			_, table, found := strings.Cut(strings.ReplaceAll(r.Text(), "\r", ""), "\n\n")
			if !found {
				table = r.Text()
			}
			for line := range strings.SplitSeq(table, "\n") {
				if w := displaywidth.String(line); w > 80 {
					t.Errorf("%s: %d columns: %q", r.name, w, line)
				}
			}
			if !strings.Contains(table, "…") {
				t.Errorf("%s: nothing is cut:\n%s", r.name, table)
			}
		}
	}
}

// On a terminal of 120 columns no prose is wider than people like to read.
func TestWideTerminalsAreNotFilled(t *testing.T) {
	fingerprint := regexp.MustCompile(`SHA-256.*: +[0-9a-f]{64}$`)
	for _, lang := range []string{"en", "ja"} {
		d := newDesk(t).with("CERTCTL_LANG=" + lang)
		absent := d.with("CERTCTL_SEALED_BY=keyring").with("DBUS_SESSION_BUS_ADDRESS=unix:path=" + d.dir + "/none")
		for _, tt := range []struct {
			d    *desk
			exit int
			args []string
		}{
			{absent, 6, []string{"ca", "init"}},
			{d, 3, []string{"acquire"}},
			{d, 0, []string{"ca", "init"}},
			{d, 0, []string{"contract", "add", deskContract}},
			{d, 0, []string{"user", "add", "--contract-id", deskContract, "--user-id", "sato", "--no-otp"}},
			{d, 4, []string{"user", "issue", "--contract-id", deskContract, "--user-id", "sato"}},
			{d, 0, []string{"user", "list"}},
			{d, 0, []string{"audit", "verify"}},
			{d, 2, []string{"export", "sato"}},
			{d, 0, []string{"help", "environment"}},
		} {
			r := tt.d.run(tt.args...)
			r.exits(tt.exit)
			for line := range strings.SplitSeq(r.Text(), "\n") {
				// What is to be copied stays whole.
				if strings.HasPrefix(line, "  certctl ") || fingerprint.MatchString(line) {
					continue
				}
				if w := displaywidth.String(line); w > 80 {
					t.Errorf("%s: %d columns: %q", r.name, w, line)
				}
			}
		}
	}
}
