package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"certctl/pkg/prompt/prompttest"

	"github.com/creack/pty"
)

// patience is how long a test waits for what should come at once.
const patience = 30 * time.Second

// The whole job as two people do it: an administrator at one terminal, the
// holder at another.
func TestAcquireOnATerminal(t *testing.T) {
	d := newDesk(t)
	d.run("ca", "init").exits(0)
	d.run("contract", "add", deskContract).exits(0)

	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "tanaka", "--name", "田中 花子")
	add.see("How will user tanaka of contract " + deskContract + " prove who they are?")
	add.enter("\r")
	add.see("Scan this with an authenticator app")
	secret := add.find(`OTP secret: ([A-Z2-7]{32})`)
	add.see("Enter alone skips this")
	add.enter("000000\r")
	add.see("The one-time password is wrong")
	add.enter(d.code(t, secret) + "\r")
	add.see("User tanaka of contract " + deskContract + " is added.")
	add.see("Confirmed: yes")
	add.exits(0)
	if strings.Count(add.Text(), secret) > 1 {
		t.Errorf("the secret is shown twice:\n%s", add.Text())
	}

	acquire := d.run("acquire")
	acquire.see("step 1 of 2")
	acquire.see("certctl help acquiring")
	acquire.enter("123\r")
	acquire.see("A contract ID has 11 digits.")
	acquire.enter("45678901\r")
	acquire.see("User ID")
	acquire.enter("TANAKA\r")
	acquire.see("step 2 of 2")
	acquire.see("For 田中 花子, user tanaka of contract " + deskContract)
	acquire.enter("111111\r")
	acquire.see("4 tries are left")
	d.clock(t, 30*time.Second)
	acquire.enter(d.code(t, secret) + "\r")
	acquire.see("The certificate is acquired.")
	acquire.see("certctl export " + deskContract + "-tanaka")
	acquire.exits(0)

	export := d.run("export", "tanaka", "--out", filepath.Join(d.dir, "t.p12"))
	export.see("Password for the exported file")
	export.enter("secret\r")
	export.see("once more")
	export.enter("secret\r")
	export.see("are in")
	export.exits(0)
	out, err := exec.Command("openssl", "pkcs12", "-in", filepath.Join(d.dir, "t.p12"), "-passin", "pass:secret", "-noout").CombinedOutput()
	if err != nil {
		t.Errorf("openssl does not open the export: %v\n%s", err, out)
	}

	remove := d.run("remove", "tanaka")
	remove.see("Remove " + deskContract + "-tanaka from the wallet?")
	remove.enter("\x1b")
	remove.see("certctl: Cancelled.")
	remove.exits(130)
	d.run("--no-input", "remove", "tanaka").exits(0)
}

// Only what is missing is asked for; Enter leaves a token unconfirmed.
func TestTerminalAsksForWhatIsMissing(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	acquire := d.run("acquire", "--contract-id", deskContract)
	acquire.see("User ID")
	if strings.Contains(acquire.Text(), "Contract ID") {
		t.Errorf("the contract ID is asked for, though it was given:\n%s", acquire.Text())
	}
	acquire.enter("sato\r")
	acquire.see("step 2 of 2")
	acquire.enter(d.code(t, secret) + "\r")
	acquire.exits(0)

	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "suzuki", "--otp")
	add.see("Enter alone skips this")
	add.enter("\r")
	add.see("Confirmed: no")
	add.exits(0)

	gone := d.run("user", "remove", "--contract-id", deskContract, "--user-id", "nobody")
	gone.exits(3)
	remove := d.run("user", "remove", "--contract-id", deskContract, "--user-id", "SUZUKI")
	remove.see("Remove user suzuki of contract " + deskContract)
	remove.enter("\x1b")
	remove.exits(130)
	d.run("--no-input", "user", "show", "--contract-id", deskContract, "--user-id", "suzuki").exits(0)

	taken := d.run("user", "add", "--contract-id", deskContract, "--user-id", "SATO", "--otp")
	taken.see("already there")
	taken.exits(5)
	if strings.Contains(taken.Text(), "Scan") {
		t.Errorf("a QR code of a token that nobody will have:\n%s", taken.Text())
	}
}

// However it ends before the code is sent, nothing but the pending key is left,
// and the next run uses it.
func TestCancelledAtATerminal(t *testing.T) {
	d := newDesk(t)
	secret := d.user(t)
	for _, end := range []struct {
		how  string
		do   func(*run)
		exit int
	}{
		{"Ctrl-C", func(r *run) { r.enter("\x03") }, 130},
		{"SIGINT", func(r *run) { r.signal(syscall.SIGINT) }, 130},
		{"SIGTERM", func(r *run) { r.signal(syscall.SIGTERM) }, 143},
	} {
		for _, form := range []struct {
			see  string
			keys string
		}{
			{"step 1 of 2", ""},
			{"step 2 of 2", deskContract + "\rsato\r"},
		} {
			acquire := d.run("acquire")
			acquire.see("step 1 of 2")
			for key := range strings.SplitAfterSeq(form.keys, "\r") {
				acquire.enter(key)
			}
			acquire.see(form.see)
			end.do(acquire)
			acquire.exits(end.exit)
		}
		if got := len(d.files(t, "wallet", "*pending*")); got != 1 {
			t.Errorf("%s: %d pending keys, want 1", end.how, got)
		}
		if got := d.files(t, "wallet", "*.p12"); len(got) != 0 {
			t.Errorf("%s: the wallet has %v", end.how, got)
		}
	}
	acquire := d.run("acquire", "--contract-id", deskContract, "--user-id", "sato")
	acquire.see("step 2 of 2")
	acquire.enter(d.code(t, secret) + "\r")
	acquire.exits(0)
	if got := d.files(t, "wallet", "*pending*"); len(got) != 0 {
		t.Errorf("pending keys are left: %v", got)
	}
}

// A terminal that must not be used is not.
func TestNobodyIsAskedUnlessThereIsSomebody(t *testing.T) {
	d := newDesk(t)
	for _, variable := range []string{"CI=1", "CERTCTL_NO_INPUT=true"} {
		r := d.with(variable).run("acquire")
		r.exits(3) // no backend yet, which is found before anything is asked
	}
	d.user(t)
	for _, variable := range []string{"CI=1", "CERTCTL_NO_INPUT=true"} {
		r := d.with(variable).run("acquire")
		r.see("CERTCTL_CONTRACT_ID")
		r.exits(2)
	}
}

// run is certctl, or a shell, running at a terminal, which an emulator draws: a test sees
// what the person would see.
type run struct {
	t    *testing.T
	name string
	cmd  *exec.Cmd
	ptmx *os.File
	over chan struct{} // closed when the program has ended and all is drawn

	*prompttest.Screen
}

func (d *desk) run(args ...string) *run {
	d.t.Helper()
	return d.start("certctl", args...)
}

func (d *desk) start(program string, args ...string) *run {
	d.t.Helper()
	r := &run{
		t: d.t, name: program + " " + strings.Join(args, " "), cmd: exec.Command(program, args...),
		over: make(chan struct{}), Screen: prompttest.NewScreen(d.width, d.height),
	}
	r.cmd.Env = d.env
	ptmx, err := pty.StartWithSize(r.cmd, &pty.Winsize{Rows: uint16(d.height), Cols: uint16(d.width)})
	if err != nil {
		d.t.Fatal(err)
	}
	r.ptmx = ptmx
	var drawing, answering sync.WaitGroup
	drawing.Go(func() { r.Draw(ptmx, io.Discard) }) // until the program closes its terminal
	answering.Go(func() { r.Answer(ptmx) })
	go func() {
		_ = r.cmd.Wait() // exits looks at the code
		drawing.Wait()
		close(r.over)
	}()
	d.t.Cleanup(func() {
		_ = r.cmd.Process.Kill() // it is gone, unless the test failed
		<-r.over
		r.Close()
		ptmx.Close()
		answering.Wait()
	})
	return r
}

// find waits until the screen matches, and returns the group.
func (r *run) find(pattern string) string {
	r.t.Helper()
	re := regexp.MustCompile(pattern)
	var m []string
	if !r.Wait(patience, func(text string) bool { m = re.FindStringSubmatch(text); return m != nil }) {
		r.t.Fatalf("%s: waited for %q; the screen has:\n%s", r.name, pattern, r.Text())
	}
	return m[len(m)-1]
}

// see waits until a text is on the screen; blanks may be several.
func (r *run) see(text string) {
	r.t.Helper()
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	r.find(strings.Join(words, `\s+`))
}

// enter types.
func (r *run) enter(keys string) {
	r.t.Helper()
	if _, err := io.WriteString(r.ptmx, keys); err != nil {
		r.t.Fatalf("%s: %v", r.name, err)
	}
}

func (r *run) signal(s os.Signal) {
	r.t.Helper()
	if err := r.cmd.Process.Signal(s); err != nil {
		r.t.Fatalf("%s: %v", r.name, err)
	}
}

// exits waits for the end, and for its exit code.
func (r *run) exits(code int) {
	r.t.Helper()
	select {
	case <-r.over:
	case <-time.After(patience):
		r.t.Fatalf("%s has not ended; the screen has:\n%s", r.name, r.Text())
	}
	if got := r.cmd.ProcessState.ExitCode(); got != code {
		r.t.Errorf("%s: exit code %s, want %s; the screen has:\n%s", r.name, strconv.Itoa(got), strconv.Itoa(code), r.Text())
	}
}
