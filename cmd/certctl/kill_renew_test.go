package main

import (
	"crypto"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"certctl/pkg/wallet"
)

// A renewal is killed before and after each of its effects. Whenever that is,
// the wallet has a pair that the backend takes, the old or the new, and the next
// run leaves exactly what an undisturbed one leaves: one successor, the old pair
// kept, and nothing half-done.
func TestKilledRenewalAlwaysLeavesAUsablePair(t *testing.T) {
	template := newTown(t)
	if got := template.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	template.time = "2028-02-28T09:00:00Z" // a day before its end
	whole := template.copy(t)
	if got := whole.renew(t, 0); got.killed || got.exit != 0 {
		t.Fatalf("an undisturbed renewal: exit %d\n%s", got.exit, got.stderr)
	}
	whole.checkRenewed(t, "undisturbed")
	whole.checkAudit(t, "undisturbed")
	places := whole.places(t)
	if places < 50 {
		t.Fatalf("only %d places to be killed at: the seam is cut", places)
	}

	var mu sync.Mutex
	var decided, renewed int
	each(places, func(n int) {
		town := template.copy(t)
		if got := town.renew(t, n); !got.killed {
			t.Errorf("place %d: not killed: exit %d\n%s", n, got.exit, got.stderr)
			return
		}
		what := fmt.Sprintf("killed at place %d", n)
		var rows int
		town.query(t, `SELECT COUNT(*) FROM certificates`, &rows)
		successor := town.checkUsable(t, what)
		mu.Lock()
		decided += rows - 1
		if successor {
			renewed++
		}
		mu.Unlock()
		if got := town.renew(t, 0); got.exit != 0 {
			t.Errorf("%s: the next run: exit %d\n%s", what, got.exit, got.stderr)
			return
		}
		town.checkRenewed(t, what)
		town.checkSwept(t, what)
		if n%8 == 0 {
			town.checkAudit(t, what)
		}
	})
	t.Logf("N = %d places, %d of them after the decision, %d with the new pair", places, decided, renewed)
	if decided == 0 || decided == places || renewed == 0 || renewed == decided {
		t.Errorf("of %d places %d are after the decision, and %d have the new pair: nothing was tested", places, decided, renewed)
	}
}

// renew runs renew, killed at a place where that is not 0.
func (w town) renew(t *testing.T, killAt int) result {
	return w.result(t, w.command("renew", townUser, "-o", "json"), killAt)
}

// checkUsable holds the wallet to having a key with a certificate of it that is
// good, and tells whether that is the successor.
func (w town) checkUsable(t *testing.T, what string) (successor bool) {
	wl, _ := w.openWallet()
	b, err := wl.Bundle(t.Context(), townUser)
	if err != nil || !owns(b) {
		t.Errorf("%s: no pair to use: %v", what, err)
		return false
	}
	var state string
	w.query(t, fmt.Sprintf(`SELECT state FROM certificates WHERE serial = '%x'`, b.Chain[0].SerialNumber), &state)
	if state != "good" {
		t.Errorf("%s: the wallet's certificate is %s", what, state)
	}
	return b.Chain[0].NotAfter.After(w.now().AddDate(0, 6, 0))
}

func owns(b *wallet.Bundle) bool {
	public, ok := b.Chain[0].PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(b.Key.Public())
}

// checkRenewed holds a town to what a renewal leaves.
func (w town) checkRenewed(t *testing.T, what string) {
	if !w.checkUsable(t, what) {
		t.Errorf("%s: the wallet has not the successor", what)
		return
	}
	wl, _ := w.openWallet()
	e, err := wl.Entry(t.Context(), townUser)
	old, oldErr := wl.OldBundle(t.Context(), townUser)
	if err != nil || oldErr != nil || !owns(old) {
		t.Errorf("%s: entry %v, old pair %v", what, err, oldErr)
		return
	}
	var rows, good int
	w.query(t, `SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'good') FROM certificates`, &rows, &good)
	var current, predecessor string
	w.query(t, `SELECT current_serial, COALESCE(predecessor_serial, '') FROM users`, &current, &predecessor)
	if rows != 2 || good != 2 || current != e.Serial || predecessor != old.Chain[0].SerialNumber.Text(16) {
		t.Errorf("%s: %d certificates, %d good; slot %s after %s, wallet %s", what, rows, good, current, predecessor, e.Serial)
	}
	files, err := filepath.Glob(filepath.Join(w.home, "wallet", "*"))
	if err != nil {
		t.Error(err)
	}
	for _, f := range files {
		switch base := filepath.Base(f); base {
		case ".lock", "wallet.key", townUser + ".json", townUser + ".pem", townUser + ".p12",
			townUser + ".json.old", townUser + ".pem.old", townUser + ".p12.old":
		default:
			if strings.HasPrefix(base, "~pending-") {
				continue // cut off at its last step: checkSwept finds it gone
			}
			t.Errorf("%s: the wallet has a file %s left", what, base)
		}
	}
}

// checkSwept holds a town to having nothing but the successor once the overlap
// is over.
func (w town) checkSwept(t *testing.T, what string) {
	w.time = "2028-03-20T09:00:00Z"
	if got := w.renew(t, 0); got.exit != 0 {
		t.Errorf("%s: after the overlap: exit %d\n%s", what, got.exit, got.stderr)
	}
	w.checkLeftovers(t, what)
}
