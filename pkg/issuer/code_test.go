package issuer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"certctl/pkg/api"
)

// wrong is a code that the token shows at no time near now.
func (b *backend) wrong() api.Secret {
	for n := 0; ; n++ {
		code := api.Secret(fmt.Sprintf("%06d", n))
		near := false
		for step := int64(-25); step <= 25; step++ {
			near = near || b.code(step) == code
		}
		if !near {
			return code
		}
	}
}

func (b *backend) complete(s api.Session, code api.Secret, csr []byte) error {
	b.t.Helper()
	_, err := b.Complete(b.t.Context(), api.CompleteRequest{Session: s.Token, Code: code, CSR: csr})
	return err
}

// wantLeft fails the test unless err says how many tries are left.
func wantLeft(t *testing.T, what string, err error, want int) {
	t.Helper()
	refused, ok := err.(*api.Error)
	if !ok || refused.TriesLeft == nil || *refused.TriesLeft != want {
		t.Errorf("%s: %+v, want %d tries left", what, err, want)
	}
}

func TestFiveWrongCodesLock(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	for left := 4; left >= 0; left-- {
		err := b.complete(b.begin(tanaka), b.wrong(), newCSR(t))
		wantCode(t, "a wrong code", err, api.OTPWrong)
		wantLeft(t, "a wrong code", err, left)
	}
	b.wantRow(tanaka, row{attempts: 5, locked: true})
	wantCode(t, "the right code of a locked user", b.complete(s, b.code(0), newCSR(t)), api.Locked)
	b.wantRow(tanaka, row{attempts: 5, locked: true})
	_, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
	wantCode(t, "begin for a locked user", err, api.Locked)

	u := must(b.Resume(t.Context(), operator, tanaka))
	if u.Status != api.StatusActive {
		t.Errorf("status after resume: %s", u.Status)
	}
	b.wantRow(tanaka, row{})
	if err := b.complete(s, b.code(0), newCSR(t)); err != nil {
		t.Errorf("the right code after resume: %v", err)
	}
	b.wantAuditOK()
}

func TestARightCodeStartsTheCountAnew(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	for range 4 {
		wantCode(t, "a wrong code", b.complete(b.begin(tanaka), b.wrong(), newCSR(t)), api.OTPWrong)
	}
	b.wantRow(tanaka, row{attempts: 4})
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
}

// TestTwentyWrongCodesLockTheToken has the token's count run ahead of the
// user's, as that of a shared token does.
func TestTwentyWrongCodesLockTheToken(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	b.alter(`UPDATE tokens SET attempts = 18`)
	err := b.complete(s, b.wrong(), newCSR(t))
	wantCode(t, "the 19th wrong code", err, api.OTPWrong)
	wantLeft(t, "the 19th wrong code", err, 1)
	wantLeft(t, "the 20th wrong code", b.complete(s, b.wrong()+"0", newCSR(t)), 0)

	wantCode(t, "the right code of a locked token", b.complete(s, b.code(0), newCSR(t)), api.Locked)
	_, err = b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
	wantCode(t, "begin with a locked token", err, api.Locked)
	b.wantRow(tanaka, row{attempts: 2})
	if u := must(b.User(t.Context(), operator, tanaka)); !u.Token.Locked {
		t.Error("the token is not shown as locked")
	}

	must(b.Resume(t.Context(), operator, tanaka))
	if err := b.complete(s, b.code(0), newCSR(t)); err != nil {
		t.Errorf("the right code after resume: %v", err)
	}
}

func TestASpentCodeIsFreeThreeTimesASession(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	old := b.code(0)
	must(b.acquire(tanaka, old, newCSR(t)))
	must(b.Reissue(t.Context(), operator, tanaka))
	spent := b.step() + 1
	s := b.begin(tanaka)
	for n := 1; n <= 3; n++ {
		err := b.complete(s, old, newCSR(t))
		wantCode(t, "a spent code", err, api.OTPSpent)
		b.wantRow(tanaka, row{revoked: 1, step: spent})
	}
	err := b.complete(s, old, newCSR(t))
	wantCode(t, "a spent code for the fourth time", err, api.OTPSpent)
	wantLeft(t, "a spent code for the fourth time", err, 4)
	wantCode(t, "an older code", b.complete(s, b.code(-1), newCSR(t)), api.OTPSpent)
	b.wantRow(tanaka, row{revoked: 1, attempts: 2, step: spent})
	wantCode(t, "in another session", b.complete(b.begin(tanaka), old, newCSR(t)), api.OTPSpent)
	b.wantRow(tanaka, row{revoked: 1, attempts: 2, step: spent})
}

// TestARepeatIsNotCountedTwice sends each request once more, to the same
// backend and to one that was started anew.
func TestARepeatIsNotCountedTwice(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s, csr := b.begin(tanaka), newCSR(t)
	repeat := func(what string, code api.Secret, want api.Code, left int, stored row) {
		t.Helper()
		for n := range 3 {
			err := b.complete(s, code, csr)
			wantCode(t, fmt.Sprintf("%s, time %d", what, n+1), err, want)
			if left >= 0 {
				wantLeft(t, what, err, left)
			}
			b.wantRow(tanaka, stored)
			if n == 1 {
				b.reopen()
			}
		}
	}
	spent := b.step() + 1
	repeat("a wrong code", b.wrong(), api.OTPWrong, 4, row{attempts: 1})
	repeat("a wrong code, with spaces", " "+b.wrong()+" ", api.OTPWrong, 4, row{attempts: 1})
	repeat("a drifted code", b.code(5), api.OTPDrifted, 3, row{attempts: 2})
	repeat("the right code", b.code(0), "", -1, row{good: 1, step: spent})
	repeat("the wrong code again", b.wrong(), api.OTPWrong, 4, row{good: 1, step: spent})
	b.clock.advance(time.Hour)
	repeat("the right code, when the session is over", b.code(-120), "", -1, row{good: 1, step: spent})
	b.wantAuditOK()
}

func TestASessionGivesOneCertificate(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	if err := b.complete(s, b.code(0), newCSR(t)); err != nil {
		t.Fatal(err)
	}
	stored := row{good: 1, step: b.step() + 1}
	wantCode(t, "another key", b.complete(s, b.code(0), newCSR(t)), api.SessionUsed)
	wantCode(t, "another code and key", b.complete(s, b.code(1), newCSR(t)), api.SessionUsed)
	b.wantRow(tanaka, stored)
}

func TestASessionLivesFiveMinutes(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	b.clock.advance(5 * time.Minute)
	wantCode(t, "in the last second", b.complete(s, b.wrong(), newCSR(t)), api.OTPWrong)
	b.clock.advance(time.Second)
	wantCode(t, "afterwards", b.complete(s, b.code(0), newCSR(t)), api.SessionExpired)
	for name, token := range map[string]string{
		"nothing": "", "no base64": "!", "cut short": s.Token[:len(s.Token)-4],
		"altered": strings.ToUpper(s.Token[:8]) + s.Token[8:] + "AAAA",
	} {
		wantCode(t, name, b.complete(api.Session{Token: token}, b.code(0), newCSR(t)), api.SessionExpired)
	}
	b.wantRow(tanaka, row{attempts: 1})
}

func TestDriftIsLearnedOneStepAtATime(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	drift := func(steps int64, want api.Code, learned int64) {
		t.Helper()
		must(b.Reissue(t.Context(), operator, tanaka))
		_, err := b.acquire(tanaka, b.code(steps), newCSR(t))
		wantCode(t, fmt.Sprintf("a code %d steps off", steps), err, want)
		if u := must(b.User(t.Context(), operator, tanaka)); u.Token.Drift != time.Duration(learned)*30*time.Second {
			t.Errorf("a code %d steps off: learned %v, want %d steps", steps, u.Token.Drift, learned)
		}
		b.clock.advance(time.Hour)
	}
	drift(2, api.OTPDrifted, 0)
	drift(1, "", 1)
	drift(3, api.OTPDrifted, 1)
	drift(2, "", 2)
	drift(0, api.OTPDrifted, 2)
	for n := int64(3); n <= 20; n++ {
		drift(n, "", n)
	}
	drift(21, "", 20)
	drift(22, api.OTPWrong, 20)
	drift(19, "", 19)
	b.wantAuditOK()
}

func TestACodeIsFoldedBeforeItIsCompared(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, string(b.code(0)))
	s := b.begin(tanaka)
	if err := b.complete(s, api.Secret(" "+wide[:9]+"－"+wide[9:]+"\n"), newCSR(t)); err != nil {
		t.Fatalf("a full-width code with a hyphen: %v", err)
	}
	must(b.Reissue(t.Context(), operator, tanaka))
	for _, same := range []string{wide, string(b.code(0)), wide[:3] + " " + wide[3:]} {
		wantCode(t, "the same code, spelled "+same, b.complete(b.begin(tanaka), api.Secret(same), newCSR(t)), api.OTPSpent)
	}
	wantCode(t, "no code", b.complete(b.begin(tanaka), "", newCSR(t)), api.OTPWrong)
}

func TestTenSpellingsShareOneCounter(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	spellings := []api.UserRef{
		{ContractID: contractID, UserID: "tanaka"},
		{ContractID: contractID, UserID: "TANAKA"},
		{ContractID: contractID, UserID: "Tanaka"},
		{ContractID: contractID, UserID: " tanaka "},
		{ContractID: contractID, UserID: "ｔａｎａｋａ"},
		{ContractID: contractID, UserID: "ＴＡＮＡＫＡ"},
		{ContractID: "１２３４５６７８９０１", UserID: "tanaka"},
		{ContractID: " " + contractID + "\t", UserID: "tanakA"},
		{ContractID: "1２345678901", UserID: "tａnaka"},
		{ContractID: contractID, UserID: "\u3000tanaka\u3000"},
	}
	for n, spelling := range spellings {
		want, attempts := api.OTPWrong, min(n+1, 5)
		if n >= 5 {
			want = api.Locked
		}
		_, err := b.acquire(spelling, b.wrong(), newCSR(t))
		wantCode(t, fmt.Sprintf("%q", spelling), err, want)
		b.wantRow(tanaka, row{attempts: attempts, locked: attempts == 5})
	}
	_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: spellings[5]})
	wantCode(t, "adding another spelling", err, api.Exists)
}
