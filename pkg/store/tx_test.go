package store_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

func TestReadingWaitsForNoWriter(t *testing.T) {
	st, _ := newStore(t)
	ctx := t.Context()
	do(t, st, func(tx *store.Tx) error {
		if err := tx.SetLocked(ctx, "user", now); err != nil {
			return err
		}
		return st.View(ctx, func(tx *store.Tx) error {
			h, err := tx.Holder(ctx, ref)
			if !h.User.Locked.IsZero() {
				t.Error("a reader sees what is not committed")
			}
			return err
		})
	})
}

func TestWritingWaitsForNoReader(t *testing.T) {
	st, _ := newStore(t)
	ctx := t.Context()
	err := st.View(ctx, func(tx *store.Tx) error {
		before := must(tx.Holder(ctx, ref))
		do(t, st, func(tx *store.Tx) error { return tx.SetLocked(ctx, "user", now) })
		after, err := tx.Holder(ctx, ref)
		if !before.User.Locked.IsZero() || !after.User.Locked.IsZero() {
			t.Error("a reader's moment moved on")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOneOfManySpendsAStep has many transactions of two stores claim what only
// one may have.
func TestOneOfManySpendsAStep(t *testing.T) {
	st, path := newStore(t)
	stores := []*store.Store{st, open(t, path, store.Options{})}
	const callers, step = 40, 1000
	won := make([]bool, callers)
	var wg sync.WaitGroup
	for n := range callers {
		wg.Go(func() {
			err := stores[n%2].Do(t.Context(), func(tx *store.Tx) (err error) {
				won[n], err = tx.SpendStep(t.Context(), "token", step, 0, now)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if winners := count(won); winners != 1 {
		t.Errorf("%d callers spent one step, want 1", winners)
	}
}

func count(all []bool) (n int) {
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}

func TestASpentStepAndWhatIsBeforeItStaySpent(t *testing.T) {
	st, _ := newStore(t)
	for _, c := range []struct {
		step int64
		want bool
	}{{1000, true}, {1000, false}, {999, false}, {1, false}, {1001, true}} {
		do(t, st, func(tx *store.Tx) error {
			got, err := tx.SpendStep(t.Context(), "token", c.step, 0, now)
			if got != c.want {
				t.Errorf("spend step %d: %v, want %v", c.step, got, c.want)
			}
			return err
		})
	}
}

func TestAttemptsAreClaimedUpToTheLimit(t *testing.T) {
	st, _ := newStore(t)
	ctx := t.Context()
	const limit = 3
	for name, claim := range map[string]func(*store.Tx) (int, error){
		"user":  func(tx *store.Tx) (int, error) { return tx.ClaimAttempt(ctx, "user", limit) },
		"token": func(tx *store.Tx) (int, error) { return tx.ClaimTokenAttempt(ctx, "token", limit) },
	} {
		do(t, st, func(tx *store.Tx) error {
			for want := 1; want <= limit; want++ {
				if got, err := claim(tx); got != want || err != nil {
					t.Errorf("%s: claim %d: %d, %v", name, want, got, err)
				}
			}
			if got, err := claim(tx); !store.IsNotFound(err) {
				t.Errorf("%s: claim beyond the limit: %d, %v, want ErrNotFound", name, got, err)
			}
			return nil
		})
	}
}

func TestNoAttemptIsClaimedOfALockedOrSuspendedUser(t *testing.T) {
	for _, column := range []string{"locked_at", "suspended_at"} {
		st, path := newStore(t)
		alter(t, path, `UPDATE users SET `+column+` = 1`)
		do(t, st, func(tx *store.Tx) error {
			if got, err := tx.ClaimAttempt(t.Context(), "user", 5); !store.IsNotFound(err) {
				t.Errorf("%s: %d, %v, want ErrNotFound", column, got, err)
			}
			return nil
		})
	}
}

// TestNothingIsHalfWritten ends the context, or fails, in each effect of a
// transaction in turn.
func TestNothingIsHalfWritten(t *testing.T) {
	boom := errors.New("boom")
	for _, when := range []string{"begin", "lock out user", "spend step", "commit"} {
		for name, cut := range map[string]func(cancel func()) error{
			"cancelled": func(cancel func()) error { cancel(); return nil },
			"failed":    func(func()) error { return boom },
		} {
			st, path := newStore(t)
			ctx, cancel := context.WithCancel(t.Context())
			faulty := open(t, path, store.Options{Around: func(op string, do func() error) error {
				if op == when {
					if err := cut(cancel); err != nil {
						return err
					}
				}
				return do()
			}})
			err := faulty.Do(ctx, func(tx *store.Tx) error {
				if err := tx.SetLocked(ctx, "user", now); err != nil {
					return err
				}
				_, err := tx.SpendStep(ctx, "token", 1000, 0, now)
				return err
			})
			if !errors.Is(err, boom) && !errors.Is(err, context.Canceled) {
				t.Errorf("%s at %q: %v", name, when, err)
			}
			cancel()
			wantUntouched(t, st)
		}
	}
}

// TestACancelledTransactionSaysSo commits when the end of the context has
// already rolled the transaction back.
func TestACancelledTransactionSaysSo(t *testing.T) {
	st, _ := newStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := st.Do(ctx, func(tx *store.Tx) error {
		cancel()
		for !errors.Is(tx.SetLocked(t.Context(), "user", now), sql.ErrTxDone) {
			runtime.Gosched()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	wantUntouched(t, st)
}

func wantUntouched(t *testing.T, st *store.Store) {
	t.Helper()
	do(t, st, func(tx *store.Tx) error {
		h, err := tx.Holder(t.Context(), ref)
		if !h.User.Locked.IsZero() || h.Token.NextStep != 0 {
			t.Errorf("half of it was written: locked %v, next step %d", h.User.Locked, h.Token.NextStep)
		}
		return err
	})
}

func TestRowsThatMustNotBe(t *testing.T) {
	st, path := newStore(t)
	ctx := t.Context()
	user := store.User{ID: "other", Ref: api.UserRef{ContractID: ref.ContractID, UserID: strings.ToUpper(ref.UserID)},
		Role: api.RoleUser, Created: now, Slot: store.Slot{State: api.SlotNotIssued}}
	stranger := user
	stranger.Ref = api.UserRef{ContractID: "99999999999", UserID: "suzuki"}
	unsigned := store.Certificate{Serial: "1", UserID: "user", IssuerSerial: "0", SPKI: []byte{1}, NotBefore: now, NotAfter: now, Created: now}
	for name, c := range map[string]struct {
		insert func(*store.Tx) error
		want   error
	}{
		"a contract twice": {func(tx *store.Tx) error {
			return tx.InsertContract(ctx, store.Contract{ID: ref.ContractID, Created: now})
		}, store.ErrExists},
		"a user ID in another case":  {func(tx *store.Tx) error { return tx.InsertUser(ctx, user) }, store.ErrExists},
		"a user of no contract":      {func(tx *store.Tx) error { return tx.InsertUser(ctx, stranger) }, store.ErrNotFound},
		"a certificate of no issuer": {func(tx *store.Tx) error { return tx.InsertSigning(ctx, unsigned) }, store.ErrNotFound},
	} {
		if err := st.Do(ctx, c.insert); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}

	alter(t, path, `UPDATE users SET slot_state = 'active'`)
	err := st.View(ctx, func(tx *store.Tx) error { _, err := tx.Holder(ctx, ref); return err })
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("an active slot without a certificate: %v, want ErrCorrupt", err)
	}
}

func TestSessionsAreForgottenWithTheirTries(t *testing.T) {
	st, _ := newStore(t)
	ctx := t.Context()
	left := 4
	try := store.Try{Nonce: "old", CodeMAC: "mac", CSRHash: "hash", Outcome: "otp_wrong", Left: &left}
	do(t, st, func(tx *store.Tx) error {
		must(tx.OpenSession(ctx, "old", now))
		must(tx.OpenSession(ctx, "new", now.Add(time.Second)))
		return errors.Join(tx.InsertTry(ctx, try), tx.CountSpent(ctx, "new"), tx.CloseSession(ctx, "new"))
	})
	do(t, st, func(tx *store.Tx) error {
		if got := must(tx.Try(ctx, "old", "mac", "hash")); got.Outcome != "otp_wrong" || *got.Left != left {
			t.Errorf("try: %+v", got)
		}
		return tx.PurgeSessions(ctx, now.Add(time.Second))
	})
	do(t, st, func(tx *store.Tx) error {
		if got, err := tx.Try(ctx, "old", "mac", "hash"); !store.IsNotFound(err) {
			t.Errorf("try of a forgotten session: %+v, %v", got, err)
		}
		if got := must(tx.OpenSession(ctx, "new", now)); got.Spent != 1 || !got.Succeeded {
			t.Errorf("session that is not old enough: %+v", got)
		}
		return nil
	})
}
