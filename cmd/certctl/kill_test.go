package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
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

// acquire runs acquire, killed at a place where that is not 0.
func (w town) acquire(t *testing.T, killAt int, withCode bool) result {
	cmd := w.command("acquire", "--contract-id", "12345678901", "--user-id", "tanaka", "-o", "json")
	if withCode {
		cmd.Env = append(cmd.Env, "CERTCTL_OTP="+w.code)
	}
	return w.result(t, cmd, killAt)
}

func (w town) countFile() string { return w.beside("count") }

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
