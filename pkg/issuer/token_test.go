package issuer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
)

// hotp are the parameters of the hardware tokens of these tests.
func hotp() api.TokenParams {
	return api.TokenParams{Type: api.HOTP, Digits: 6, Algorithm: "SHA1"}
}

// stock imports hardware tokens of the test's secret.
func (b *backend) stock(contract string, p api.TokenParams, serials ...string) {
	b.t.Helper()
	var tokens []api.InventoryToken
	for _, s := range serials {
		tokens = append(tokens, api.InventoryToken{Serial: s, Params: p, Secret: b.token().Secret})
	}
	if n, err := b.ImportTokens(b.t.Context(), operator, contract, tokens); n != len(serials) || err != nil {
		b.t.Fatalf("imported %d, %v", n, err)
	}
}

// count is what a counting token shows.
func (b *backend) count(n int64) api.Secret {
	return api.Secret(otp.Params{Digits: 6, Algorithm: otp.SHA1, Counter: true}.Code(b.secret, n))
}

// addWith adds a user with a hardware token.
func (b *backend) addWith(ref api.UserRef, t api.NewToken) (api.User, error) {
	return b.AddUser(b.t.Context(), operator, api.NewUser{Ref: ref, Token: &t})
}

func TestACountersCodeIsAcceptedOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.stock("", hotp(), "HW-1")
	u := must(b.addWith(tanaka, api.NewToken{Serial: " hw-1 "}))
	if u.Token.Serial != "HW-1" || u.Token.Confirmed || u.Slot != api.SlotAcquirable {
		t.Errorf("user with a hardware token: %+v", u.Token)
	}
	acquire := func(counter int64, want api.Code) {
		t.Helper()
		_, err := b.acquire(tanaka, b.count(counter), newCSR(t))
		wantCode(t, fmt.Sprintf("code %d", counter), err, want)
		must(b.Reissue(t.Context(), operator, tanaka))
	}
	acquire(11, api.OTPWrong)
	acquire(10, "")
	acquire(10, api.OTPSpent)
	acquire(3, api.OTPSpent)
	acquire(0, api.OTPWrong)
	acquire(11, "")
	b.wantAuditOK()
}

// TestTheAuditLogSaysWhichToken reads the contract's chain after one of each act
// on a token.
func TestTheAuditLogSaysWhichToken(t *testing.T) {
	b := newBackend(t, nil)
	b.stock("", hotp(), "HW-1", "HW-2")
	must(b.addWith(tanaka, api.NewToken{Serial: "HW-1"}))
	must(b.ResyncToken(t.Context(), operator, tanaka, b.count(20), b.count(21)))
	must(b.ReplaceToken(t.Context(), operator, tanaka, api.NewToken{Serial: "HW-2"}))
	must(b.ReplaceToken(t.Context(), operator, tanaka, *b.token()))
	must(b.Resume(t.Context(), operator, tanaka))
	must(b.RemoveToken(t.Context(), operator, tanaka, false))
	must(b.RegisterToken(t.Context(), operator, tanaka, api.NewToken{Serial: "HW-1"}))
	must(b.RemoveUser(t.Context(), operator, tanaka))

	var got []string
	for _, e := range must(b.AuditLog(t.Context(), operator, api.AuditFilter{ContractID: contractID})) {
		got = append(got, e.Action+": "+e.Token)
	}
	want := []string{
		"contract add: ", "user add: HW-1", "otp resync: HW-1", "otp replace: HW-1 -> HW-2", "otp replace: HW-2 -> software",
		"user resume: ", "otp remove: software", "otp register: HW-1", "user remove: HW-1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the log says\n%q, want\n%q", got, want)
	}
	b.wantAuditOK()
}

func TestAColleaguesCodeInTheSameStepIsSpentAndFree(t *testing.T) {
	b := newBackend(t, nil)
	b.stock(contractID, api.DefaultTokenParams(), "HW-1")
	must(b.addWith(tanaka, api.NewToken{Serial: "HW-1"}))
	_, err := b.addWith(suzuki, api.NewToken{Serial: "HW-1"})
	wantCode(t, "another's token", err, api.Exists)
	must(b.addWith(suzuki, api.NewToken{Serial: "HW-1", Shared: true}))

	must(b.acquire(tanaka, b.code(1), newCSR(t)))
	_, err = b.acquire(suzuki, b.code(1), newCSR(t))
	wantCode(t, "a colleague's code", err, api.OTPSpent)
	if r := b.row(suzuki); r.attempts != 0 {
		t.Errorf("a colleague's code was counted: %+v", r)
	}
	if u := must(b.User(t.Context(), operator, tanaka)); u.Token.Drift != 0 {
		t.Errorf("a shared token drifted by %v", u.Token.Drift)
	}
	b.clock.advance(time.Minute)
	must(b.acquire(suzuki, b.code(0), newCSR(t)))

	list := must(b.Tokens(t.Context(), operator, api.TokenQuery{ContractID: contractID})).Tokens
	if len(list) != 1 || fmt.Sprint(list[0].Users) != "[suzuki tanaka]" || list[0].LastUsed != b.clock.now() {
		t.Errorf("tokens: %+v", list)
	}

	// The lock of a token is the token's.
	b.alter(`UPDATE tokens SET attempts = 20`)
	for _, ref := range []api.UserRef{tanaka, suzuki} {
		must(b.Reissue(t.Context(), operator, ref))
		_, err := b.acquire(ref, b.code(2), newCSR(t))
		wantCode(t, ref.UserID+" with a locked token", err, api.Locked)
	}
	must(b.Resume(t.Context(), operator, tanaka))
	b.clock.advance(time.Minute)
	must(b.acquire(suzuki, b.code(0), newCSR(t)))
}

func TestAFreedTokenRemembers(t *testing.T) {
	b := newBackend(t, nil)
	b.stock("", hotp(), "HW-1")
	for name, free := range map[string]func(api.UserRef) (api.User, error){
		"userremove": func(ref api.UserRef) (api.User, error) { return b.RemoveUser(t.Context(), operator, ref) },
		"otpremove":  func(ref api.UserRef) (api.User, error) { return b.RemoveToken(t.Context(), operator, ref, false) },
		"otpreplace": func(ref api.UserRef) (api.User, error) {
			return b.ReplaceToken(t.Context(), operator, ref, *b.token())
		},
	} {
		b.alter(`UPDATE tokens SET next_step = 0`)
		before := api.UserRef{ContractID: contractID, UserID: "before" + name}
		after := api.UserRef{ContractID: contractID, UserID: "after" + name}
		must(b.addWith(before, api.NewToken{Serial: "HW-1"}))
		must(b.acquire(before, b.count(4), newCSR(t)))
		must(free(before))
		if u := must(b.addWith(after, api.NewToken{Serial: "HW-1"})); u.Token.Confirmed {
			t.Errorf("%s: its next user is said to have shown a code", name)
		}
		_, err := b.acquire(after, b.count(4), newCSR(t))
		wantCode(t, name+": a code that was used before", err, api.OTPSpent)
		must(b.RemoveUser(t.Context(), operator, after))
	}
}

// Whoever has found a token has its codes: it ends for those who share it, and
// neither the inventory nor an import of it gives it to anybody again.
func TestALostTokenIsGivenToNobody(t *testing.T) {
	for name, lose := range map[string]func(*backend) (api.User, error){
		"remove": func(b *backend) (api.User, error) { return b.RemoveToken(t.Context(), operator, tanaka, true) },
		"replace": func(b *backend) (api.User, error) {
			other := *b.token()
			other.OldLost = true
			return b.ReplaceToken(t.Context(), operator, tanaka, other)
		},
	} {
		b := newBackend(t, nil)
		b.stock("", hotp(), "HW-1")
		must(b.addWith(tanaka, api.NewToken{Serial: "HW-1"}))
		must(b.addWith(suzuki, api.NewToken{Serial: "HW-1", Shared: true}))
		_, err := b.ReplaceToken(t.Context(), operator, tanaka, api.NewToken{Serial: "HW-1", Shared: true, OldLost: true})
		wantCode(t, name+": by itself", err, api.OTPExpired)
		if u := must(lose(b)); u.Token != nil && u.Token.Serial != "" {
			t.Errorf("%s: %+v", name, u.Token)
		}
		_, err = b.acquire(suzuki, b.count(0), newCSR(t)) // in the same second
		wantCode(t, name+": who shared it", err, api.OTPExpired)
		must(b.RemoveToken(t.Context(), operator, suzuki, false))
		token := api.InventoryToken{Serial: "HW-1", Params: hotp(), Secret: b.token().Secret}
		if added := must(b.ImportTokens(t.Context(), operator, "", []api.InventoryToken{token})); added != 0 {
			t.Errorf("%s: it is imported again", name)
		}
		_, err = b.RegisterToken(t.Context(), operator, suzuki, api.NewToken{Serial: "HW-1"})
		wantCode(t, name+": another user", err, api.OTPExpired)
		b.wantAuditOK()
		entries := must(b.AuditLog(t.Context(), operator, api.AuditFilter{UserID: "tanaka", Limit: 1}))
		if e := entries[0]; e.Action != "otp "+name || e.Why != "lost" || !strings.HasPrefix(e.Token, "HW-1") {
			t.Errorf("%s: audited as %+v", name, e)
		}
	}
}

func TestAHardwareTokenOfAnotherContractIsNotThere(t *testing.T) {
	b := newBackend(t, nil)
	must(b.AddContract(t.Context(), operator, api.NewContract{ID: "10987654321"}))
	b.stock("10987654321", hotp(), "HW-1")
	_, err := b.addWith(tanaka, api.NewToken{Serial: "HW-1"})
	wantCode(t, "a token of another contract", err, api.NotFound)
	_, err = b.addWith(tanaka, api.NewToken{Serial: "HW-2"})
	wantCode(t, "no token", err, api.NotFound)
	_, err = b.addWith(tanaka, api.NewToken{Serial: "HW 2"})
	wantCode(t, "no serial", err, api.Usage)
	_, err = b.ImportTokens(t.Context(), operator, contractID, []api.InventoryToken{{Serial: "HW-1", Params: hotp(), Secret: b.token().Secret}})
	wantCode(t, "importing it", err, api.Exists)
	_, err = b.User(t.Context(), operator, tanaka)
	wantCode(t, "the user", err, api.NotFound)
}

func TestAHardwareTokenWhoseTimeIsOverIsNotGiven(t *testing.T) {
	b := newBackend(t, nil)
	token := api.InventoryToken{Serial: "HW-1", Params: hotp(), Secret: b.token().Secret, Expires: start.Add(day)}
	must(b.ImportTokens(t.Context(), operator, "", []api.InventoryToken{token}))
	b.clock.advance(day)
	_, err := b.addWith(tanaka, api.NewToken{Serial: "HW-1"})
	wantCode(t, "a token whose time is over", err, api.OTPExpired)
}

func TestTheCodeOfAHardwareTokenThatRegistersIsSpent(t *testing.T) {
	b := newBackend(t, nil)
	b.stock("", hotp(), "HW-1")
	_, err := b.addWith(tanaka, api.NewToken{Serial: "HW-1", Code: b.count(20)})
	wantCode(t, "a wrong code", err, api.OTPWrong)
	u := must(b.addWith(tanaka, api.NewToken{Serial: "HW-1", Code: b.count(3)}))
	if !u.Token.Confirmed {
		t.Error("the token is not confirmed")
	}
	_, err = b.acquire(tanaka, b.count(3), newCSR(t))
	wantCode(t, "the code that registered it", err, api.OTPSpent)
	must(b.acquire(tanaka, b.count(4), newCSR(t)))
}

// Registering a token that others have too teaches it no drift: see SpendStep.
func TestTheCodeThatSharesATokenTeachesNoDrift(t *testing.T) {
	b := newBackend(t, nil)
	b.stock("", api.DefaultTokenParams(), "HW-1")
	if u := must(b.addWith(tanaka, api.NewToken{Serial: "HW-1", Code: b.code(1)})); u.Token.Drift == 0 {
		t.Error("the drift of a token of one user is not learned")
	}
	b.clock.advance(time.Hour)
	u := must(b.addWith(suzuki, api.NewToken{Serial: "HW-1", Shared: true, Code: b.code(2)}))
	if u.Token.Drift != 30*time.Second {
		t.Errorf("its drift is %v", u.Token.Drift)
	}
	_, err := b.acquire(suzuki, b.code(2), newCSR(t))
	wantCode(t, "the code that registered it", err, api.OTPSpent)
}

func TestResyncFindsADriftedToken(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	ctx := t.Context()
	_, err := b.acquire(tanaka, b.code(15), newCSR(t))
	wantCode(t, "before", err, api.OTPDrifted)
	_, err = b.ResyncToken(ctx, operator, tanaka, b.code(15), b.code(17))
	wantCode(t, "two codes with one between them", err, api.OTPWrong)
	u := must(b.ResyncToken(ctx, operator, tanaka, b.code(14), b.code(15)))
	if u.Token.Drift != 15*30*time.Second || !u.Token.Confirmed {
		t.Errorf("after: %+v", u.Token)
	}
	_, err = b.acquire(tanaka, b.code(15), newCSR(t))
	wantCode(t, "the second of the two", err, api.OTPSpent)
	_, err = b.ResyncToken(ctx, operator, tanaka, b.code(14), b.code(15))
	wantCode(t, "the same two again", err, api.OTPSpent)
	must(b.acquire(tanaka, b.code(16), newCSR(t)))

	b.stock("", hotp(), "HW-1")
	must(b.ReplaceToken(ctx, operator, tanaka, api.NewToken{Serial: "HW-1"}))
	must(b.ResyncToken(ctx, operator, tanaka, b.count(99), b.count(100)))
	must(b.Reissue(ctx, operator, tanaka))
	_, err = b.acquire(tanaka, b.count(100), newCSR(t))
	wantCode(t, "the counter's second of the two", err, api.OTPSpent)
	must(b.acquire(tanaka, b.count(101), newCSR(t)))
}

func TestATokenForADayEnds(t *testing.T) {
	b := newBackend(t, nil)
	token := b.token()
	token.Expires = start.Add(day)
	must(b.addWith(tanaka, *token))
	b.clock.advance(day - time.Second)
	s := b.begin(tanaka)
	b.clock.advance(time.Second)
	wantCode(t, "when it ends", b.complete(s, b.code(0), newCSR(t)), api.OTPExpired)
	_, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
	wantCode(t, "begin", err, api.OTPExpired)
	_, err = b.ReplaceToken(t.Context(), operator, tanaka, *token)
	wantCode(t, "one that has ended already", err, api.Usage)
	must(b.ReplaceToken(t.Context(), operator, tanaka, *b.token()))
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
}

func TestANewTokenLiftsNoLock(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	for range 5 {
		wantCode(t, "a wrong code", b.complete(b.begin(tanaka), b.wrong(), newCSR(t)), api.OTPWrong)
	}
	must(b.ReplaceToken(t.Context(), operator, tanaka, *b.token()))
	_, err := b.acquire(tanaka, b.code(0), newCSR(t))
	wantCode(t, "with a new token", err, api.Locked)
	must(b.RemoveToken(t.Context(), operator, tanaka, false))
	_, err = b.RemoveToken(t.Context(), operator, tanaka, false)
	wantCode(t, "removing none", err, api.OTPNotRegistered)
	_, err = b.ReplaceToken(t.Context(), operator, tanaka, *b.token())
	wantCode(t, "replacing none", err, api.OTPNotRegistered)
	_, err = b.ResyncToken(t.Context(), operator, tanaka, "1", "2")
	wantCode(t, "resyncing none", err, api.OTPNotRegistered)
}

// TestOneCodeOfASharedTokenIsAcceptedOnce has many who share a token send one code
// at once.
func TestOneCodeOfASharedTokenIsAcceptedOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.stock(contractID, hotp(), "HW-1")
	requests := make([]api.CompleteRequest, 10)
	for n := range requests {
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("user%d", n)}
		must(b.addWith(ref, api.NewToken{Serial: "HW-1", Shared: true}))
		requests[n] = api.CompleteRequest{Session: b.begin(ref).Token, Code: b.count(0), CSR: newCSR(t)}
	}
	got := completeAll(b, requests)
	if got.Outcomes["ok"] != 1 || got.Outcomes["otp_spent"] != len(requests)-1 {
		t.Errorf("%v, want one ok and %d otp_spent", got.Outcomes, len(requests)-1)
	}
	b.wantAuditOK()
}
