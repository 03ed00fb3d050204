package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store/storetest"
)

// No code that was used after the backup is accepted again, however far ahead
// its token's clock was learned to be by then.
func TestNoCodeIsAcceptedAgainAfterARestore(t *testing.T) {
	for _, drift := range []int64{0, 20} {
		b := newBackend(t, nil)
		b.addUser(tanaka)
		must(b.Reissue(t.Context(), operator, tanaka))
		file := b.backUp()
		b.clock.advance(time.Hour)
		b.alter(`UPDATE tokens SET drift = $1`, drift)
		code := b.code(drift + 1)
		must(b.acquire(tanaka, code, newCSR(t)))
		n, r := b.restored(file, storetest.Place(t))
		n.clock.advance(time.Second)
		must(n.Reissue(t.Context(), operator, tanaka))
		for range 3 * otp.Reach {
			if _, err := n.acquire(tanaka, code, newCSR(t)); err == nil {
				t.Fatalf("drift %d: a code that was used is accepted at %v", drift, n.clock.now())
			}
			must(n.Resume(t.Context(), operator, tanaka))
			if n.clock.now().After(r.CodesFrom) {
				break
			}
			n.clock.advance(30 * time.Second)
		}
		n.clock.set(r.CodesFrom)
		if _, err := n.acquire(tanaka, n.code(0), newCSR(t)); err != nil {
			t.Errorf("the code of %v: %v", r.CodesFrom, err)
		}
	}
}

// Where a counter is after a restore, nobody knows: it has to be found by two
// codes.
func TestACounterIsFoundAgainAfterARestore(t *testing.T) {
	b := newBackend(t, nil)
	counter := otp.Params{Digits: 6, Algorithm: otp.SHA1, Counter: true}
	token := &api.NewToken{Params: api.TokenParams{Type: "hotp", Digits: 6, Algorithm: "SHA1"}, Secret: api.Secret(otp.EncodeSecret(b.secret))}
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Token: token}))
	code := func(n int64) api.Secret { return api.Secret(counter.Code(b.secret, n)) }
	n, r := b.restored(b.backUp(), storetest.Place(t))
	n.clock.advance(time.Minute)
	if r.CounterTokens != 1 || r.ClockTokens != 0 || !r.CodesFrom.IsZero() {
		t.Errorf("%+v", r)
	}
	must(n.Reissue(t.Context(), operator, tanaka))
	_, err := n.acquire(tanaka, code(3), newCSR(t))
	wantCode(t, "before a resync", err, api.OTPResyncNeeded)
	if u := must(n.User(t.Context(), operator, tanaka)); !u.Token.ResyncNeeded {
		t.Error("the token does not say that it needs a resync")
	}
	must(n.ResyncToken(t.Context(), operator, tanaka, code(3), code(4)))
	_, err = n.acquire(tanaka, code(4), newCSR(t))
	wantCode(t, "a code of the resync", err, api.OTPSpent)
	if _, err := n.acquire(tanaka, code(5), newCSR(t)); err != nil {
		t.Errorf("the code after it: %v", err)
	}
}

// What was sealed for a client before a restore is void after it.
func TestSessionsAndNoncesFromBeforeARestoreAreVoid(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(api.UserRef{ContractID: contractID, UserID: "sato"})
	from := b.holder(tanaka)
	b.clock.set(inWindow)
	sato := api.UserRef{ContractID: contractID, UserID: "sato"}
	must(b.Reissue(t.Context(), operator, sato))
	s := b.begin(sato)
	old := b.sign(from, api.OperationRenew, api.RenewRequest{CSR: newCSR(t)})
	n, _ := b.restored(b.backUp(), storetest.Place(t))
	n.clock.advance(time.Second)
	_, err := n.Complete(t.Context(), api.CompleteRequest{Session: s.Token, Code: n.code(0), CSR: newCSR(t)})
	wantCode(t, "a session from before", err, api.SessionExpired)
	_, err = n.Renew(t.Context(), old)
	wantCode(t, "a nonce from before", err, api.NonceSpent)
}

// A slot that was open is not acquired with what may have been used: with a
// reissue it is. What it had in signing is revoked; a renewal is finished.
func TestOpenSlotsNeedAReissueAfterARestore(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	from := b.holder(api.UserRef{ContractID: contractID, UserID: "sato"})
	acquiring, renewing := newCSR(t), newCSR(t)
	if _, err := b.acquire(tanaka, b.code(0), acquiring); err != nil {
		t.Fatal(err)
	}
	b.clock.set(inWindow)
	must(b.renewWith(from, renewing, false))
	// As if both had been cut off between decision and signature.
	b.alter(`UPDATE users SET slot_state = 'issued', current_serial = NULL WHERE user_key = 'tanaka'`)
	b.alter(`UPDATE users SET current_serial = $1, predecessor_serial = NULL WHERE user_key = 'sato'`, from.serial())
	b.alter(`UPDATE certificates SET state = 'signing', der = NULL WHERE serial <> $1`, from.serial())
	b.alter(`UPDATE certificates SET superseded_at = NULL`)
	n, r := b.restored(b.backUp(), storetest.Place(t))
	n.clock.set(r.CodesFrom)
	if r.Slots != 1 {
		t.Errorf("%d open slots, want 1", r.Slots)
	}
	_, err := n.acquire(tanaka, n.code(0), newCSR(t))
	wantCode(t, "an open slot", err, api.ReissueNeeded)
	_, err = n.PickUp(t.Context(), acquiring)
	wantCode(t, "the key of an open slot", err, api.KeyReused)
	if _, err := n.PickUp(t.Context(), renewing); err != nil {
		t.Errorf("the key of a renewal: %v", err)
	}
	must(n.Reissue(t.Context(), operator, tanaka))
	n.clock.advance(time.Minute)
	if _, err := n.acquire(tanaka, n.code(0), newCSR(t)); err != nil {
		t.Errorf("after a reissue: %v", err)
	}
}

// No list that was published after the backup has the number of one after the
// restore, also where one backup is restored twice.
func TestNumbersOfRevocationListsAreNotUsedAgain(t *testing.T) {
	b := newBackend(t, nil)
	b.crl()
	file := b.backUp()
	var last int64
	for range 5 { // in the second of the backup
		last, _ = b.crl()
	}
	for range 2 {
		n, _ := b.restored(file, storetest.Place(t))
		number, _ := n.crl()
		if number <= last {
			t.Fatalf("list %d comes after list %d", number, last)
		}
		last = number
		b.clock.advance(time.Second)
	}
}
