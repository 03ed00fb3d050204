package main

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/otp"
	"certctl/pkg/wallet"
)

// An acquisition is killed before and after each of its effects: every file
// write, sync and rename, every SQL statement, every call of the backend.
// Whenever that is, acquire is run again, without a code where the backend had
// decided and with the same code where it had not, and leaves exactly what an
// undisturbed run leaves.
func TestKilledAcquireIsFinishedByTheNext(t *testing.T) {
	killEverywhere(t, newTown(t))
}

// The same with the key in a keyring, whose every call is a place too.
func TestKilledAcquireIsFinishedByTheNextSecretService(t *testing.T) {
	keyringtest.Start(t)
	template := newTown(t)
	template.keyring = true
	killEverywhere(t, template)
}

func killEverywhere(t *testing.T, template town) {
	whole := template.copy(t)
	if got := whole.acquire(t, 0, true); got.killed || got.exit != 0 {
		t.Fatalf("an undisturbed acquire: exit %d\n%s", got.exit, got.stderr)
	}
	whole.check(t, "undisturbed")
	places := whole.places(t)
	if places < 50 {
		t.Fatalf("only %d places to be killed at: the seam is cut", places)
	}

	var decided int
	var mu sync.Mutex
	each(places, func(n int) {
		town := template.copy(t)
		if got := town.acquire(t, n, true); !got.killed {
			t.Errorf("place %d: not killed: exit %d\n%s", n, got.exit, got.stderr)
			return
		}
		had := town.decided(t)
		if had {
			mu.Lock()
			decided++
			mu.Unlock()
		}
		// The last places are after the end: there is nothing left to do then.
		if got := town.acquire(t, 0, !had); got.exit != 0 && !(had && got.refused == "already_acquired") {
			t.Errorf("place %d, decided %v: the next acquire: exit %d\n%s", n, had, got.exit, got.stderr)
			return
		}
		town.check(t, fmt.Sprintf("place %d, decided %v", n, had))
	})
	t.Logf("N = %d places, %d of them after the decision", places, decided)
	if decided == 0 || decided == places {
		t.Errorf("%d of %d places are after the decision: nothing was tested", decided, places)
	}
}

// each calls do with 1 to n, a few at a time.
func each(n int, do func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range 4 {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := 1; i <= n; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
}

// town is a deployment with one user, in one home directory, at one moment.
type town struct {
	home    string
	notes   string // a directory for what the test itself keeps
	time    string // RFC 3339
	code    string // what the user's token shows
	step    int64
	keyring bool   // the wallet's keys are in the session's keyring
	store   string // where the records are; empty: in the home directory
}

const (
	townTime = "2027-03-01T09:00:00Z"
	townUser = "12345678901-tanaka"
)

// newTown makes a deployment by the commands that an operator would use.
func newTown(t *testing.T) town {
	t.Helper()
	return newTownAt(t, "")
}

// newTownAt makes one with its records in a database of its own.
func newTownAt(t *testing.T, store string) town {
	t.Helper()
	w := town{store: store, home: filepath.Join(t.TempDir(), "home"), notes: t.TempDir(), time: townTime}
	if err := os.Mkdir(w.home, 0o700); err != nil {
		t.Fatal(err)
	}
	w.must(t, "ca", "init", "--sealed-by", "file:"+filepath.Join(w.home, "sealing.key"))
	// The key moves with the home directory.
	config := filepath.Join(w.home, "config.yaml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.must(t, "contract", "add", "12345678901")
	var user struct {
		OTP struct{ Secret string } `json:"otp"`
	}
	out := w.must(t, "user", "add", "--contract-id", "12345678901", "--user-id", "tanaka", "--otp", "-o", "json")
	if err := json.Unmarshal([]byte(out), &user); err != nil {
		t.Fatalf("user add: %v\n%s", err, out)
	}
	secret, err := otp.DecodeSecret(user.OTP.Secret)
	if err != nil {
		t.Fatal(err)
	}
	p := otp.DefaultParams()
	w.step = p.Step(w.now())
	w.code = p.Code(secret, w.step)
	return w
}

func (w town) now() time.Time {
	t, err := time.Parse(time.RFC3339, w.time)
	if err != nil {
		panic(err)
	}
	return t
}

func (w town) copy(t *testing.T) town {
	c := w
	c.home, c.notes = filepath.Join(t.TempDir(), "home"), t.TempDir()
	if err := os.CopyFS(c.home, os.DirFS(w.home)); err != nil {
		t.Error(err)
	}
	// CopyFS makes files by the umask; keys are private.
	for _, key := range []string{"sealing.key", filepath.Join("wallet", "wallet.key")} {
		if err := os.Chmod(filepath.Join(c.home, key), 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	}
	return c
}

// command is certctl in this home, at this moment, with nobody to ask.
func (w town) command(args ...string) *exec.Cmd {
	cmd := exec.Command("certctl", args...)
	clock := w.beside("clock")
	cmd.Env = append(os.Environ(),
		"HOME="+w.home,
		"CERTCTL_HOME="+w.home,
		"CERTCTL_LANG=en",
		"CERTCTL_SEALED_BY=file:"+filepath.Join(w.home, "sealing.key"),
		"CERTCTL_WALLET=file:"+filepath.Join(w.home, "wallet"),
		"CERTCTL_WALLET_PASSWORD_FILE=none",
		"CERTCTL_NO_INPUT=true",
		clockVariable+"="+clock,
	)
	if w.keyring {
		cmd.Env = append(cmd.Env, "CERTCTL_WALLET=keyring")
	}
	if w.store != "" {
		cmd.Env = append(cmd.Env, "CERTCTL_STORE="+w.store)
	}
	if err := os.WriteFile(clock, []byte(w.time), 0o600); err != nil {
		panic(err)
	}
	return cmd
}

func (w town) must(t *testing.T, args ...string) string {
	t.Helper()
	cmd := w.command(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("certctl %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// result is how a run ended.
type result struct {
	killed  bool
	exit    int
	refused string // the code of the error
	stderr  string
}

// acquire runs acquire, killed at a place where that is not 0.
func (w town) acquire(t *testing.T, killAt int, withCode bool) result {
	cmd := w.command("acquire", "--contract-id", "12345678901", "--user-id", "tanaka", "-o", "json")
	if withCode {
		cmd.Env = append(cmd.Env, "CERTCTL_OTP="+w.code)
	}
	return w.result(t, cmd, killAt)
}

// result runs a command, killed at a place where that is not 0.
func (w town) result(t *testing.T, cmd *exec.Cmd, killAt int) result {
	cmd.Env = append(cmd.Env, countVariable+"="+w.countFile(), killVariable+"="+strconv.Itoa(killAt))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	exited := (*exec.ExitError)(nil)
	if err != nil && !errors.As(err, &exited) {
		t.Error(err)
	}
	var doc struct{ Error struct{ Code string } }
	_ = json.Unmarshal(stdout.Bytes(), &doc) // a killed run has written nothing
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	return result{
		killed:  status.Signaled() && status.Signal() == syscall.SIGKILL,
		exit:    cmd.ProcessState.ExitCode(),
		refused: doc.Error.Code,
		stderr:  stderr.String(),
	}
}

func (w town) countFile() string { return w.beside("count") }

// beside is a file that belongs to the town and not to its home.
func (w town) beside(name string) string { return filepath.Join(w.notes, name) }

func (w town) places(t *testing.T) int {
	text, err := os.ReadFile(w.countFile())
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// records is the database.
func (w town) records() string { return cmp.Or(w.store, filepath.Join(w.home, "backend.db")) }

// query reads one row of the database.
func (w town) query(t *testing.T, query string, dest ...any) {
	driver := "sqlite"
	if w.store != "" {
		driver = "pgx"
	}
	db, err := sql.Open(driver, w.records())
	if err != nil {
		t.Error(err)
		return
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(dest...); err != nil {
		t.Errorf("%s: %v", query, err)
	}
}

// decided tells whether the backend has made up its mind: a certificate has a
// row.
func (w town) decided(t *testing.T) bool {
	var n int
	w.query(t, `SELECT COUNT(*) FROM certificates`, &n)
	return n > 0
}

// check holds a town to what an acquisition leaves: one good certificate, in
// the slot and in the wallet, which openssl opens; one spent step; no pending
// key and nothing half-written; an audit log that verifies.
func (w town) check(t *testing.T, what string) {
	wl, box := w.openWallet()
	entries, err := wl.Entries(t.Context())
	if err != nil || len(entries) != 1 || entries[0].Name != townUser || entries[0].Damaged != nil {
		t.Errorf("%s: wallet: %v, %v", what, entries, err)
		return
	}
	var rows, good int
	w.query(t, `SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'good') FROM certificates`, &rows, &good)
	if rows != 1 || good != 1 {
		t.Errorf("%s: %d certificates, %d of them good; want 1 and 1", what, rows, good)
	}
	var slot, serial string
	var attempts, tokenAttempts, next int64
	w.query(t, `SELECT u.slot_state, u.current_serial, u.attempts, t.attempts, t.next_step
		FROM users u JOIN tokens t ON t.id = u.token_id`, &slot, &serial, &attempts, &tokenAttempts, &next)
	if slot != "active" || serial != entries[0].Serial {
		t.Errorf("%s: slot %s with %s, wallet with %s", what, slot, serial, entries[0].Serial)
	}
	if next != w.step+1 || attempts != 0 || tokenAttempts != 0 {
		t.Errorf("%s: next step %d, attempts %d and %d; want %d, 0 and 0", what, next, attempts, tokenAttempts, w.step+1)
	}
	w.checkAudit(t, what)
	w.checkOpenSSL(t, what, box)
	w.checkLeftovers(t, what)
}

// checkLeftovers finds pending keys and whatever else is half-done.
func (w town) checkLeftovers(t *testing.T, what string) {
	files, err := filepath.Glob(filepath.Join(w.home, "wallet", "*"))
	if err != nil {
		t.Error(err)
	}
	for _, f := range files {
		switch base := filepath.Base(f); base {
		case ".lock", ".keyring.lock", "id", "wallet.key", townUser + ".json", townUser + ".pem", townUser + ".p12":
		default:
			t.Errorf("%s: the wallet has a file %s left", what, base)
		}
	}
	if !w.keyring {
		return
	}
	items := w.items(t)
	if len(items) != 1 || !strings.HasPrefix(items[0], townUser+"/cur/") || !strings.HasSuffix(items[0], "/0") {
		t.Errorf("%s: the keyring has %q, want the one item of the bundle", what, items)
	}
	w.must(t, "remove", townUser)
	if items := w.items(t); len(items) != 0 {
		t.Errorf("%s: after remove the keyring has %q", what, items)
	}
}

// items are the accounts that the wallet has in the keyring, as another
// program sees them.
func (w town) items(t *testing.T) []string {
	id, err := os.ReadFile(filepath.Join(w.home, "wallet", "id"))
	if err != nil {
		t.Error(err)
		return nil
	}
	var out []byte
	for range 100 { // it fails where another town's item goes while it looks
		if out, err = exec.Command("secret-tool", "search", "--all", "service", "certctl").CombinedOutput(); err == nil {
			break
		}
	}
	if err != nil {
		t.Errorf("secret-tool: %v\n%s", err, out)
	}
	var items []string
	for line := range strings.Lines(string(out)) {
		account, ok := strings.CutPrefix(line, "attribute.username = "+strings.TrimSpace(string(id))+"/")
		if ok {
			items = append(items, strings.TrimSpace(account))
		}
	}
	return items
}

func (w town) openWallet() (*wallet.Wallet, wallet.Box) {
	dir := filepath.Join(w.home, "wallet")
	var box wallet.Box = wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, nil)
	if w.keyring {
		box = wallet.NewKeyringBox(dir, keyring.Config{}, nil)
	}
	return wallet.Open(wallet.Config{Dir: dir, Box: box}), box
}

func (w town) checkAudit(t *testing.T, what string) {
	if out, err := w.command("audit", "verify").CombinedOutput(); err != nil {
		t.Errorf("%s: audit verify: %v\n%s", what, err, out)
	}
}

// checkOpenSSL has openssl open the bundle, with the password that lies with
// it.
func (w town) checkOpenSSL(t *testing.T, what string, box wallet.Box) {
	s, err := box.Get(t.Context(), townUser+"/cur")
	if err != nil {
		t.Errorf("%s: bundle: %v", what, err)
		return
	}
	cmd := exec.Command("openssl", "pkcs12", "-nodes", "-passin", "env:PASSWORD")
	cmd.Env = append(os.Environ(), "PASSWORD="+s.Password)
	cmd.Stdin = bytes.NewReader(s.Data)
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("PRIVATE KEY")) || !bytes.Contains(out, []byte("BEGIN CERTIFICATE")) {
		t.Errorf("%s: openssl does not open the bundle: %v\n%s", what, err, out)
	}
}
