package wallet_test

import (
	"errors"
	"testing"
	"time"

	"certctl/pkg/wallet"
)

// An answer about a certificate that was replaced meanwhile says nothing of its
// successor.
func TestNoteIsAboutOneCertificate(t *testing.T) {
	eachWallet(t, func(t *testing.T, w *wallet.Wallet, _ string) {
		a := newAuthority(t, "ec-p256", "Example")
		put := func() wallet.Entry {
			key := newKey(t, "ec-p256")
			e, err := w.Put(t.Context(), entry("tanaka"), key, a.chain(t, key.Public(), entry("tanaka").Owner))
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		old := put()
		old.State, old.CheckedAt = "suspended", time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		if err := w.Note(t.Context(), old); err != nil {
			t.Fatal(err)
		}
		if e, err := w.Entry(t.Context(), "tanaka"); err != nil || e.State != "suspended" || !e.CheckedAt.Equal(old.CheckedAt) {
			t.Errorf("%+v, %v", e, err)
		}
		current := put()
		if err := w.Note(t.Context(), old); !errors.Is(err, wallet.ErrNotFound) {
			t.Errorf("of the old certificate: %v", err)
		}
		if e, err := w.Entry(t.Context(), "tanaka"); err != nil || e.State != current.State {
			t.Errorf("the successor is %+v, %v", e, err)
		}
		if _, err := w.Bundle(t.Context(), "tanaka"); err != nil {
			t.Error(err)
		}
	})
}
