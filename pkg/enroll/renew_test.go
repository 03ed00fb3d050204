package enroll_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/wallet"
)

const day = 24 * time.Hour

// acquired gives tanaka a certificate and goes to a day before its end.
func (b *bench) acquired() wallet.Entry {
	b.t.Helper()
	e := must(b.begin(tanaka, enroll.Options{}).Complete(b.t.Context(), b.code()))
	b.now = e.NotAfter.Add(-day)
	return e
}

func (b *bench) renew(name string) (wallet.Entry, error) {
	b.t.Helper()
	return b.client().Renew(b.t.Context(), name, false)
}

// wantUsable fails the test unless the entry is there with its key.
func (b *bench) wantUsable(name, serial string) {
	b.t.Helper()
	bundle, err := b.wallet.Bundle(b.t.Context(), name)
	if err != nil || bundle.Chain[0].SerialNumber.Text(16) != serial {
		b.t.Errorf("the wallet has not %s: %v", serial, err)
	}
}

func TestRenewKeepsBothPairsForTheOverlap(t *testing.T) {
	b := newBench(t)
	old := b.acquired()
	b.now = old.NotAfter.Add(-29 * day)
	e := must(b.renew(old.Name))
	if e.Serial == old.Serial || e.Name != old.Name || e.KeyType != old.KeyType {
		t.Errorf("renewed %+v into %+v", old, e)
	}
	b.wantUsable(e.Name, e.Serial)
	kept := must(b.wallet.OldBundle(t.Context(), e.Name))
	if kept.Chain[0].SerialNumber.Text(16) != old.Serial {
		t.Error("the old pair is another")
	}
	b.wantNoPending(tanaka)

	for _, c := range []struct {
		after time.Duration
		swept bool
	}{{0, false}, {14 * day, false}, {14*day + time.Second, true}, {15 * day, false}} {
		was, err := enroll.Sweep(t.Context(), b.wallet, e.Name, e.AcquiredAt.Add(c.after))
		if swept := err == nil && was.Serial == old.Serial; swept != c.swept || !swept && !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("%v after the renewal: swept %v, %v", c.after, swept, err)
		}
	}
	b.wantUsable(e.Name, e.Serial)
}

// A successor whose key is gone is no reason to throw away the old pair.
func TestTheOldPairStaysUntilTheSuccessorIsProven(t *testing.T) {
	b := newBench(t)
	old := b.acquired()
	e := must(b.renew(old.Name))
	if err := os.Remove(filepath.Join(b.dir, "wallet", e.Name+".p12")); err != nil {
		t.Fatal(err)
	}
	if _, err := enroll.Sweep(t.Context(), b.wallet, e.Name, e.NotAfter); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("swept: %v", err)
	}
	must(b.wallet.OldBundle(t.Context(), e.Name))
}

// The backend renewed, and the answer never came: the next run picks it up, and
// the pair that was there stays until then.
func TestALostRenewalIsPickedUp(t *testing.T) {
	b := newBench(t)
	old := b.acquired()
	b.service.loseRenewal = true
	if _, err := b.renew(old.Name); !errors.Is(err, errLost) {
		t.Fatalf("Renew: %v, want the lost answer", err)
	}
	b.wantUsable(old.Name, old.Serial)
	e := must(b.renew(old.Name))
	if e.Serial == old.Serial || b.service.renewals.Load() != 1 {
		t.Errorf("renewed into %s after %d requests", e.Serial, b.service.renewals.Load())
	}
	b.wantUsable(e.Name, e.Serial)
	must(b.wallet.OldBundle(t.Context(), e.Name))
	b.wantNoPending(tanaka)
}

// An acquisition that was cut off before its last step, long ago, left its
// pending key. That is no renewal.
func TestAnOldPendingKeyIsNoRenewal(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{})
	b.service.lose = true
	_, _ = p.Complete(t.Context(), b.code())
	copied := b.copyWallet()
	old := must(b.client().PickUp(t.Context(), tanaka, ""))
	b.restore(copied, "~pending-")
	b.now = old.NotAfter.Add(-day)
	e := must(b.renew(old.Name))
	if e.Serial == old.Serial {
		t.Error("what was there was taken for its successor")
	}
	b.wantNoPending(tanaka)
}

// Refusals leave the wallet as it was, without a pending key.
func TestRefusedRenewals(t *testing.T) {
	for name, c := range map[string]struct {
		then  func(b *bench, e wallet.Entry)
		want  api.Code
		state string
	}{
		"early":     {func(b *bench, e wallet.Entry) { b.now = e.NotAfter.Add(-40 * day) }, api.NotDue, "good"},
		"late":      {func(b *bench, e wallet.Entry) { b.now = e.NotAfter.Add(time.Hour) }, api.Expired, "good"},
		"revoked":   {func(b *bench, _ wallet.Entry) { must(b.issuer.Reissue(b.t.Context(), operator, tanaka)) }, api.Revoked, "revoked"},
		"elsewhere": {func(b *bench, _ wallet.Entry) { b.renewElsewhere() }, api.AlreadyRenewed, "good"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			old := b.acquired()
			c.then(b, old)
			_, err := b.renew(old.Name)
			wantCode(t, "renew", err, c.want)
			b.wantUsable(old.Name, old.Serial)
			if e := must(b.wallet.Entry(t.Context(), old.Name)); e.State != c.state {
				t.Errorf("state %q, want %q", e.State, c.state)
			}
			b.wantNoPending(tanaka)
		})
	}
}

func TestAnotherBackendsEntryIsNotRenewedHere(t *testing.T) {
	b, other := newBench(t), newBench(t)
	e := b.acquired()
	b.service.Service = other.issuer
	if _, err := b.renew(e.Name); !errors.Is(err, enroll.ErrForeign) {
		t.Errorf("renew: %v", err)
	}
	if _, err := b.client().Revoke(t.Context(), e.Name, api.ReasonUnspecified); !errors.Is(err, enroll.ErrForeign) {
		t.Errorf("revoke: %v", err)
	}
}

// Two runs at once on one wallet end with one successor, whichever wins.
func TestTwoRenewalsOfOneWallet(t *testing.T) {
	for round := range 10 {
		b := newBench(t)
		old := b.acquired()
		var wg sync.WaitGroup
		got := make([]wallet.Entry, 2)
		for n := range got {
			c := b.client()
			wg.Go(func() {
				var err error
				if got[n], err = c.Renew(t.Context(), old.Name, false); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		wg.Wait()
		if got[0].Serial != got[1].Serial || got[0].Serial == old.Serial {
			t.Errorf("round %d: %s and %s for %s", round, got[0].Serial, got[1].Serial, old.Serial)
		}
		b.wantUsable(old.Name, got[0].Serial)
		if kept := must(b.wallet.Old(t.Context(), old.Name)); kept.Serial != old.Serial {
			t.Errorf("round %d: the old pair is %s", round, kept.Serial)
		}
		b.wantNoPending(tanaka)
	}
}

// The key of an entry is gone: nothing is asked for, and nothing left behind.
func TestAnEntryWithoutItsKeyIsNotRenewed(t *testing.T) {
	b := newBench(t)
	e := b.acquired()
	if err := os.Remove(filepath.Join(b.dir, "wallet", e.Name+".p12")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.renew(e.Name); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("renew: %v", err)
	}
	if b.service.renewals.Load() != 0 {
		t.Errorf("%d requests were sent", b.service.renewals.Load())
	}
	b.wantNoPending(tanaka)
}

func TestRevokeIsRemembered(t *testing.T) {
	b := newBench(t)
	e := b.acquired()
	got := must(b.client().Revoke(t.Context(), e.Name, api.ReasonKeyCompromise))
	if got.Serial != e.Serial || got.Reason != api.ReasonKeyCompromise {
		t.Errorf("%+v", got)
	}
	if e := must(b.wallet.Entry(t.Context(), e.Name)); e.State != "revoked" {
		t.Errorf("the wallet says %s", e.State)
	}
	if again := must(b.client().Revoke(t.Context(), e.Name, api.ReasonSuperseded)); again != got {
		t.Errorf("again: %+v, was %+v", again, got)
	}
}

// renewElsewhere renews the certificate in a copy of the wallet.
func (b *bench) renewElsewhere() {
	b.t.Helper()
	there := *b
	there.dir = b.copyWallet()
	there.wallet = b.openWallet(there.dir)
	must(there.renew("12345678901-tanaka"))
}

// copyWallet copies the wallet as it is into a directory.
func (b *bench) copyWallet() string {
	b.t.Helper()
	dir := b.t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "wallet"), os.DirFS(filepath.Join(b.dir, "wallet"))); err != nil {
		b.t.Fatal(err)
	}
	// CopyFS makes files by the umask; keys are private.
	for _, f := range must(filepath.Glob(filepath.Join(dir, "wallet", "*"))) {
		if err := os.Chmod(f, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "wallet"), 0o700); err != nil {
		b.t.Fatal(err)
	}
	return dir
}

// restore brings files back from a copy of the wallet.
func (b *bench) restore(from, prefix string) {
	b.t.Helper()
	for _, f := range must(filepath.Glob(filepath.Join(from, "wallet", prefix+"*"))) {
		if err := os.WriteFile(filepath.Join(b.dir, "wallet", filepath.Base(f)), must(os.ReadFile(f)), 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
}
