package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
)

func TestAddUserWithAWrongCodeWritesNothing(t *testing.T) {
	b := newBackend(t, nil)
	before := b.counts()
	for name, c := range map[string]struct {
		code api.Secret
		want api.Code
	}{"wrong": {b.wrong(), api.OTPWrong}, "drifted": {b.code(5), api.OTPDrifted}, "no code at all": {"abc", api.OTPWrong}} {
		token := b.token()
		token.Code = c.code
		_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Token: token})
		wantCode(t, name, err, c.want)
		b.wantCounts(before)
	}
	for name, n := range map[string]api.NewUser{
		"no contract":          {Ref: api.UserRef{ContractID: "99999999999", UserID: "tanaka"}, Token: b.token()},
		"a bad user ID":        {Ref: api.UserRef{ContractID: contractID, UserID: "田中"}, Token: b.token()},
		"a name in two lines":  {Ref: tanaka, Name: "a\nb", Token: b.token()},
		"a name of blanks":     {Ref: tanaka, Name: " ", Token: b.token()},
		"a bad e-mail":         {Ref: tanaka, Emails: []string{"a.example.com"}, Token: b.token()},
		"another kind of OTP":  {Ref: tanaka, Token: &api.NewToken{Params: api.TokenParams{Type: "hotp", Digits: 6, Period: 30 * time.Second, Algorithm: "SHA1"}, Secret: b.token().Secret}},
		"a secret too short":   {Ref: tanaka, Token: &api.NewToken{Params: api.DefaultTokenParams(), Secret: "AAAA"}},
		"no parameters at all": {Ref: tanaka, Token: &api.NewToken{Secret: b.token().Secret}},
	} {
		want := api.Usage
		if name == "no contract" {
			want = api.NotFound
		}
		_, err := b.AddUser(t.Context(), operator, n)
		wantCode(t, name, err, want)
		b.wantCounts(before)
	}
}

func TestTheCodeThatRegistersIsSpent(t *testing.T) {
	b := newBackend(t, nil)
	token := b.token()
	token.Code = b.code(0)
	added := must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Token: token}))
	if !added.Token.Confirmed {
		t.Error("a token whose code was asked back is not confirmed")
	}
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: suzuki}))
	must(b.RegisterToken(t.Context(), operator, suzuki, *token))
	for _, ref := range []api.UserRef{tanaka, suzuki} {
		b.wantRow(ref, row{step: b.step() + 1})
		_, err := b.acquire(ref, b.code(0), newCSR(t))
		wantCode(t, "the code that registered "+ref.UserID, err, api.OTPSpent)
		must(b.acquire(ref, b.code(1), newCSR(t)))
	}
	b.wantAuditOK()
}

func TestAUserIsAddedOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	before := b.counts()
	_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: api.UserRef{ContractID: contractID, UserID: "Tanaka"}, Token: b.token()})
	wantCode(t, "the same ID", err, api.Exists)
	_, err = b.RegisterToken(t.Context(), operator, tanaka, *b.token())
	wantCode(t, "a second token", err, api.Exists)
	_, err = b.AddContract(t.Context(), operator, api.NewContract{ID: "12345678903", Name: "a\x1bb"})
	wantCode(t, "a name that a terminal obeys", err, api.Usage)
	_, err = b.AddContract(t.Context(), operator, api.NewContract{ID: contractID})
	wantCode(t, "the same contract", err, api.Exists)
	b.wantCounts(before)
}

func TestIssueAndReissue(t *testing.T) {
	for _, c := range []struct {
		name           string
		prepare        func(*backend)
		issue, reissue api.Code
	}{
		{"not issued", func(b *backend) { b.alter(`UPDATE users SET slot_state = 'not_issued', issued_at = NULL`) }, "", api.NotIssued},
		{"no token", func(b *backend) { b.alter(`UPDATE users SET slot_state = 'not_issued', token_id = NULL`) }, api.OTPNotRegistered, api.NotIssued},
		{"issued, no token", func(b *backend) { b.alter(`UPDATE users SET token_id = NULL`) }, api.OTPNotRegistered, ""},
		{"active, no token", func(b *backend) {
			must(b.acquire(tanaka, b.code(0), newCSR(b.t)))
			b.alter(`UPDATE users SET token_id = NULL`)
		}, api.Exists, ""},
		{"issued", func(*backend) {}, api.Exists, ""},
		{"issued too long ago", func(b *backend) { b.clock.advance(81 * day) }, api.ReissueNeeded, ""},
		{"active", func(b *backend) { must(b.acquire(tanaka, b.code(0), newCSR(b.t))) }, api.Exists, ""},
		{"in signing", func(b *backend) { b.decideOnly(tanaka, newCSR(b.t)) }, api.Exists, ""},
		{"expired", func(b *backend) { must(b.acquire(tanaka, b.code(0), newCSR(b.t))); b.clock.advance(400 * day) }, api.Exists, ""},
		{"expired too long ago", func(b *backend) { must(b.acquire(tanaka, b.code(0), newCSR(b.t))); b.clock.advance(500 * day) }, api.ReissueNeeded, ""},
		{"revoked", func(b *backend) { b.alter(`UPDATE users SET slot_state = 'revoked'`) }, api.ReissueNeeded, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBackend(t, nil)
			b.addUser(tanaka)
			c.prepare(b)
			before := b.stored()
			_, err := b.Issue(t.Context(), operator, tanaka)
			wantCode(t, "issue", err, c.issue)
			if c.issue != "" && b.stored() != before {
				t.Error("a refused issue changed something")
			}
			if c.issue == "" {
				return
			}
			u, err := b.Reissue(t.Context(), operator, tanaka)
			wantCode(t, "reissue", err, c.reissue)
			if c.reissue != "" {
				return
			}
			if u.Slot != api.SlotAcquirable || !u.Deadline.Equal(b.clock.now().Add(80*day)) || u.Certificate != nil {
				t.Errorf("after reissue: %+v", u)
			}
			var living int
			err = b.db.QueryRow(`SELECT COUNT(*) FROM certificates WHERE state <> 'revoked' AND not_after >= $1`, b.clock.now().Unix()).Scan(&living)
			if err != nil || living != 0 {
				t.Errorf("after reissue %d certificates are living (%v)", living, err)
			}
			b.wantAuditOK()
		})
	}
}

func TestANewTokenResetsNoCounterAndIssuesOnlyWhatNeverWas(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.alter(`UPDATE users SET token_id = NULL, attempts = 3, slot_state = 'revoked'`)
	u := must(b.RegisterToken(t.Context(), operator, tanaka, *b.token()))
	b.wantRow(tanaka, row{attempts: 3})
	if u.Slot != api.SlotRevoked {
		t.Errorf("slot: %s, want it to stay revoked", u.Slot)
	}
}

func TestWhatIsListed(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: suzuki, Emails: []string{"s@bank.example"}, Role: api.RoleAdmin}))
	b.addUser(api.UserRef{ContractID: contractID, UserID: "gone"})
	must(b.RemoveUser(t.Context(), operator, api.UserRef{ContractID: contractID, UserID: "gone"}))

	users := must(b.Users(t.Context(), operator, api.UserQuery{ContractID: contractID})).Users
	if len(users) != 2 || users[0].Ref != suzuki || users[1].Ref != tanaka {
		t.Fatalf("users: %+v", users)
	}
	if s := users[0]; s.Slot != api.SlotNotIssued || s.Token != nil || s.Role != api.RoleAdmin || s.Emails[0] != "s@bank.example" {
		t.Errorf("a user without a token: %+v", s)
	}
	if c := must(b.Contract(t.Context(), operator, contractID)); c.Users != 2 {
		t.Errorf("contract: %+v, want 2 users", c)
	}
	_, err := b.User(t.Context(), operator, api.UserRef{ContractID: contractID, UserID: "gone"})
	wantCode(t, "a removed user", err, api.NotFound)
}

// A list of a contract that there is not is no empty list: the ID is a typing
// mistake, and whoever made it would take it that nothing was done.
func TestAListOfNoContractIsRefused(t *testing.T) {
	b := newBackend(t, nil)
	lists := map[string]func(contractID string) error{
		"users": func(id string) error {
			_, err := b.Users(t.Context(), operator, api.UserQuery{ContractID: id})
			return err
		},
		"tokens": func(id string) error {
			_, err := b.Tokens(t.Context(), operator, api.TokenQuery{ContractID: id})
			return err
		},
		"certificates": func(id string) error {
			_, err := b.Certificates(t.Context(), operator, api.CertificateFilter{ContractID: id})
			return err
		},
		"audit log": func(id string) error {
			_, err := b.AuditLog(t.Context(), operator, api.AuditFilter{ContractID: id, UserID: "nobody"})
			return err
		},
		"audit export": func(id string) error {
			return b.ExportAudit(t.Context(), operator, id, func(api.AuditEntry) error { return nil })
		},
	}
	for name, list := range lists {
		wantCode(t, name+" of no contract", list("99999999999"), api.NotFound)
		if err := list(contractID); err != nil {
			t.Errorf("%s of a contract: %v", name, err)
		}
	}
}

func TestAKeyAddsAUserOnce(t *testing.T) {
	b := newBackend(t, nil)
	n := api.NewUser{Ref: tanaka, Name: "Tanaka", Token: b.token(), Key: api.NewKey()}
	first := must(b.AddUser(t.Context(), operator, n))
	before := b.stored()
	again := must(b.AddUser(t.Context(), operator, n))
	if again.Ref != first.Ref || again.Token == nil || again.Slot != api.SlotAcquirable || b.stored() != before {
		t.Errorf("again: %+v, after %+v", again, first)
	}
	for name, c := range map[string]struct {
		n    api.NewUser
		want api.Code
	}{
		"another key":            {api.NewUser{Ref: tanaka, Key: api.NewKey()}, api.Exists},
		"the key of another":     {api.NewUser{Ref: suzuki, Key: n.Key}, api.Exists},
		"a key that we make not": {api.NewUser{Ref: suzuki, Key: "1"}, api.Usage},
	} {
		_, err := b.AddUser(t.Context(), operator, c.n)
		wantCode(t, name, err, c.want)
	}
	if b.stored() != before {
		t.Error("a refusal changed something")
	}
	must(b.RemoveUser(t.Context(), operator, tanaka))
	_, err := b.AddUser(t.Context(), operator, n)
	wantCode(t, "after the user was removed", err, api.Exists)
	b.wantAuditOK()
}
