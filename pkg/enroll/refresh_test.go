package enroll_test

import (
	"errors"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/wallet"
)

// What became of a certificate is asked by its key alone, and remembered.
func TestRefreshRemembersWhatTheBackendSays(t *testing.T) {
	b := newBench(t)
	c := b.client()
	entry := must(b.begin(tanaka, enroll.Options{}).Complete(t.Context(), b.code()))
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"nothing happened", func() {}, "good"},
		{"reissued", func() { must(b.issuer.Reissue(t.Context(), operator, tanaka)) }, enroll.StateReissued},
		{"too late to acquire", func() { b.now = b.now.AddDate(0, 0, 100) }, "revoked"},
		{"removed", func() { must(b.issuer.RemoveUser(t.Context(), operator, tanaka)) }, "revoked"},
		{"over", func() { b.now = entry.NotAfter.Add(time.Second) }, "revoked"},
	} {
		step.do()
		got, err := c.Refresh(t.Context(), entry)
		if err != nil || got.State != step.want || !got.CheckedAt.Equal(b.now) {
			t.Errorf("%s: %s as of %v (%v), want %s as of %v", step.name, got.State, got.CheckedAt, err, step.want, b.now)
		}
		if kept := must(b.wallet.Entry(t.Context(), entry.Name)); kept.State != got.State || !kept.CheckedAt.Equal(got.CheckedAt) {
			t.Errorf("%s: the wallet remembers %s as of %v", step.name, kept.State, kept.CheckedAt)
		}
		entry = got
	}
}

func TestRefreshOfWhatCannotBeAsked(t *testing.T) {
	b, other := newBench(t), newBench(t)
	entry := must(b.begin(tanaka, enroll.Options{}).Complete(t.Context(), b.code()))
	if _, err := must(enroll.New(t.Context(), enroll.Config{Service: other.issuer, Wallet: b.wallet})).Refresh(t.Context(), entry); !errors.Is(err, enroll.ErrForeign) {
		t.Errorf("of another backend: %v", err)
	}
	if err := b.wallet.Remove(t.Context(), entry.Name); err != nil {
		t.Fatal(err)
	}
	if _, err := b.client().Refresh(t.Context(), entry); !errors.Is(err, wallet.ErrNotFound) {
		t.Errorf("of an entry that is gone: %v", err)
	}
	if _, err := b.client().PickUp(t.Context(), tanaka, ""); api.CodeOf(err) != api.NotFound {
		t.Errorf("it left a pending key: %v", err)
	}
}
