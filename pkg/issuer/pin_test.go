package issuer_test

import (
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

const pin = api.Secret("abc4567xyz")

func (b *backend) addPIN(ref api.UserRef) api.User {
	b.t.Helper()
	return must(b.AddUser(b.t.Context(), operator, api.NewUser{Ref: ref, PIN: pin}))
}

func TestAPINOpensWhatAUserWithoutATokenMay(t *testing.T) {
	b := newBackend(t, nil)
	u := b.addPIN(tanaka)
	if u.Factor != api.FactorPIN || u.Slot != api.SlotAcquirable || u.Token != nil {
		t.Errorf("user with a PIN: %+v", u)
	}
	if s := b.begin(tanaka); s.Factor != api.FactorPIN || s.Digits != 0 {
		t.Errorf("begin asks for %s of %d digits", s.Factor, s.Digits)
	}
	err := b.complete(b.begin(tanaka), "abc4567xyy", newCSR(t))
	wantCode(t, "a wrong PIN", err, api.PINWrong)
	wantLeft(t, "a wrong PIN", err, 4)
	wantCode(t, "another case", b.complete(b.begin(tanaka), "ABC4567XYZ", newCSR(t)), api.PINWrong)
	if _, err := b.acquire(tanaka, "ａｂｃ４５６７ｘｙｚ", newCSR(t)); err != nil {
		t.Errorf("the PIN, in full width: %v", err)
	}
	b.wantRow(tanaka, row{good: 1})
	if stored := b.dump(`SELECT sealed_pin FROM users`); strings.Contains(stored, string(pin)) || strings.Contains(stored, "argon2") {
		t.Error("the PIN or its hash lies open in the database")
	}
	b.wantAuditOK()
}

// TestAPINThatWasResetMeanwhileOpensNothing resets it after the old one was
// compared, and before the transaction that goes by that.
func TestAPINThatWasResetMeanwhileOpensNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addPIN(tanaka)
	s, csr := b.begin(tanaka), newCSR(t)
	begun, armed := 0, false
	st := must(store.Open(t.Context(), b.path, store.Options{Around: func(op string, do func() error) error {
		if armed && op == "begin" {
			if begun++; begun == 2 {
				must(b.ResetPIN(t.Context(), operator, tanaka, "other12345"))
			}
		}
		return do()
	}}))
	t.Cleanup(func() { st.Close() })
	i := must(issuer.Open(t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
	armed = true
	_, err := i.Complete(t.Context(), api.CompleteRequest{Session: s.Token, Code: pin, CSR: csr})
	wantCode(t, "the PIN of before", err, api.PINWrong)
	b.wantRow(tanaka, row{attempts: 1})
	if err := b.complete(s, "other12345", csr); err != nil {
		t.Errorf("the PIN of now: %v", err)
	}
}

func TestFiveWrongPINsLock(t *testing.T) {
	b := newBackend(t, nil)
	b.addPIN(tanaka)
	s := b.begin(tanaka)
	for left := 4; left >= 0; left-- {
		err := b.complete(b.begin(tanaka), "000000", newCSR(t))
		wantCode(t, "a wrong PIN", err, api.PINWrong)
		wantLeft(t, "a wrong PIN", err, left)
	}
	wantCode(t, "the right PIN of a locked user", b.complete(s, pin, newCSR(t)), api.Locked)
	must(b.ResetPIN(t.Context(), operator, tanaka, pin))
	wantCode(t, "a new PIN", b.complete(s, pin, newCSR(t)), api.Locked)
	must(b.Resume(t.Context(), operator, tanaka))
	if err := b.complete(s, pin, newCSR(t)); err != nil {
		t.Errorf("the right PIN after resume: %v", err)
	}
}

// TestWhoeverHadATokenIsAskedForNoPIN is the life of a user, each step of it
// under what a client may send.
func TestWhoeverHadATokenIsAskedForNoPIN(t *testing.T) {
	b := newBackend(t, nil)
	ctx := t.Context()
	b.addPIN(tanaka)
	pinSession := b.begin(tanaka)
	for _, step := range []struct {
		name     string
		do       func() (api.User, error)
		factor   api.Factor
		begin    api.Code
		complete api.Code // with the PIN, in the session that asked for it
	}{
		{"a token is registered", func() (api.User, error) { return b.RegisterToken(ctx, operator, tanaka, *b.token()) },
			api.FactorOTP, "", api.OTPWrong},
		{"it is replaced", func() (api.User, error) { return b.ReplaceToken(ctx, operator, tanaka, *b.token()) },
			api.FactorOTP, "", api.OTPWrong},
		{"it is taken away", func() (api.User, error) { return b.RemoveToken(ctx, operator, tanaka, false) },
			"", api.OTPNotRegistered, api.OTPNotRegistered},
		{"the PIN is reset", func() (api.User, error) { return b.ResetPIN(ctx, operator, tanaka, "other12345") },
			api.FactorPIN, "", api.PINWrong},
		{"a token is registered again", func() (api.User, error) { return b.RegisterToken(ctx, operator, tanaka, *b.token()) },
			api.FactorOTP, "", api.OTPWrong},
	} {
		u := must(step.do())
		if u.Factor != step.factor {
			t.Errorf("%s: factor %q, want %q", step.name, u.Factor, step.factor)
		}
		for _, id := range []string{"tanaka", "TANAKA", "ｔａｎａｋａ"} {
			for _, replace := range []bool{false, true} {
				s, err := b.Begin(ctx, api.BeginRequest{ContractID: contractID, UserID: id, Replace: replace})
				if replace {
					wantCode(t, step.name+": replace", err, api.ReplaceDenied)
					continue
				}
				wantCode(t, step.name+": begin", err, step.begin)
				if err == nil && s.Factor != step.factor {
					t.Errorf("%s: begin asks for %q", step.name, s.Factor)
				}
			}
		}
		wantCode(t, step.name+": the old PIN", b.complete(pinSession, pin, newCSR(t)), step.complete)
		must(b.Resume(ctx, operator, tanaka))
	}
	_, err := b.ResetPIN(ctx, operator, tanaka, pin)
	wantCode(t, "a PIN beside a token", err, api.PINRefused)

	// Also where the records say both, which nothing writes.
	b.alter(`UPDATE users SET sealed_pin = $1`, []byte("whatever"))
	if s := b.begin(tanaka); s.Factor != api.FactorOTP {
		t.Errorf("with both, begin asks for %s", s.Factor)
	}
	if err := b.complete(b.begin(tanaka), b.code(0), newCSR(t)); err != nil {
		t.Errorf("with both, the token's code: %v", err)
	}
}

func TestPINsAreForFrankPoliciesThatKnowThem(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*api.Policy)
		begin  api.Code
		want   api.Code
	}{
		"uniform":  {func(p *api.Policy) { p.Reveal = api.RevealUniform }, "", api.AuthFailed},
		"otp_only": {func(p *api.Policy) { p.AcquireAuth = api.AuthOTP }, api.OTPNotRegistered, api.OTPNotRegistered},
	} {
		b := newBackend(t, nil)
		b.addPIN(tanaka)
		old := b.begin(tanaka)
		b.reopenWith(c.change)
		s, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
		wantCode(t, name+": begin", err, c.begin)
		if err == nil && s.Factor != api.FactorOTP {
			t.Errorf("%s: begin asks for %s", name, s.Factor)
		}
		wantCode(t, name+": the PIN", b.complete(old, pin, newCSR(t)), c.want)
		_, err = b.ResetPIN(t.Context(), operator, tanaka, pin)
		wantCode(t, name+": a new PIN", err, api.PINRefused)
		_, err = b.AddUser(t.Context(), operator, api.NewUser{Ref: suzuki, PIN: pin})
		wantCode(t, name+": a new user", err, api.PINRefused)
	}
}

func TestNoPINIsNoPIN(t *testing.T) {
	b := newBackend(t, nil)
	for _, bad := range []api.Secret{"abc12", "abcdef1234567", "abc_123"} {
		_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, PIN: bad})
		wantCode(t, string(bad), err, api.Usage)
	}
	_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, PIN: pin, Token: b.token()})
	wantCode(t, "both", err, api.PINRefused)
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka}))
	if u := must(b.ResetPIN(t.Context(), operator, tanaka, pin)); u.Slot != api.SlotAcquirable {
		t.Errorf("the slot of whoever got a first PIN: %s", u.Slot)
	}
}
