package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
)

// TestWhatARefusalTells has every cause of a refusal meet both policies, in
// each stage.
func TestWhatARefusalTells(t *testing.T) {
	right := func(b *backend) api.Secret { return b.code(0) }
	sql := func(query string) func(*backend) { return func(b *backend) { b.alter(query) } }
	for name, c := range map[string]struct {
		prepare  func(*backend)
		code     func(*backend) api.Secret
		begin    api.Code // frank; uniform begins
		complete api.Code // frank
		uniform  api.Code
	}{
		"right":              {func(*backend) {}, right, "", "", ""},
		"wrong":              {func(*backend) {}, (*backend).wrong, "", api.OTPWrong, api.AuthFailed},
		"drifted":            {func(*backend) {}, func(b *backend) api.Secret { return b.code(5) }, "", api.OTPDrifted, api.AuthFailed},
		"spent":              {sql(`UPDATE tokens SET next_step = 1000000000`), right, "", api.OTPSpent, api.AuthFailed},
		"nobody":             {sql(`UPDATE users SET removed_at = 1`), right, api.NotFound, api.NotFound, api.AuthFailed},
		"no token":           {sql(`UPDATE users SET token_id = NULL`), right, api.OTPNotRegistered, api.OTPNotRegistered, api.AuthFailed},
		"locked":             {sql(`UPDATE users SET locked_at = 1`), right, api.Locked, api.Locked, api.AuthFailed},
		"token locked":       {sql(`UPDATE tokens SET attempts = 20`), right, api.Locked, api.Locked, api.AuthFailed},
		"suspended":          {sql(`UPDATE users SET suspended_at = 1`), right, api.Suspended, api.Suspended, api.AuthFailed},
		"contract suspended": {sql(`UPDATE contracts SET suspended_at = 1`), right, api.Suspended, api.Suspended, api.AuthFailed},
		"not issued":         {sql(`UPDATE users SET slot_state = 'not_issued'`), right, api.NotIssued, api.NotIssued, api.NotIssued},
		"revoked":            {sql(`UPDATE users SET slot_state = 'revoked'`), right, api.ReissueNeeded, api.ReissueNeeded, api.ReissueNeeded},
		"issued too long ago": {func(b *backend) { b.clock.advance(81 * day) }, right,
			api.AcquireExpired, api.AcquireExpired, api.AcquireExpired},
		"not issued, wrong code": {sql(`UPDATE users SET slot_state = 'not_issued'`), (*backend).wrong,
			api.NotIssued, api.OTPWrong, api.AuthFailed},
		"CA ends, whoever it is": {func(b *backend) { b.alter(`UPDATE users SET removed_at = 1`); b.clock.set(start.AddDate(9, 6, 0)) }, right,
			api.CAEnding, api.CAEnding, api.CAEnding},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBackend(t, func(p *api.Policy) { p.Reveal = api.RevealUniform })
			b.addUser(tanaka)
			c.prepare(b)
			s, uniformBegin := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
			if c.begin == api.CAEnding {
				wantCode(t, "uniform begin", uniformBegin, api.CAEnding)
				return
			}
			wantCode(t, "uniform begin", uniformBegin, "")
			stored := b.stored()

			b.reopenWith(func(p *api.Policy) { p.Reveal = api.RevealFrank })
			_, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
			wantCode(t, "frank begin", err, c.begin)
			if now := b.stored(); now != stored {
				t.Errorf("begin wrote something:\n%s\n%s", stored, now)
			}

			b.reopenWith(func(p *api.Policy) { p.Reveal = api.RevealUniform })
			req := api.CompleteRequest{Session: s.Token, Code: c.code(b), CSR: newCSR(t)}
			_, err = b.Complete(t.Context(), req)
			wantCode(t, "uniform complete", err, c.uniform)
			if refused, ok := err.(*api.Error); ok && c.uniform == api.AuthFailed && *refused != (api.Error{Code: api.AuthFailed}) {
				t.Errorf("uniform complete tells more than that: %+v", refused)
			}
			b.wantTrueCause(c.complete)
			b.wantAuditOK()
		})
	}
}

// wantTrueCause fails the test unless the last audit row has the outcome that a
// frank answer would have had: administrators see it.
func (b *backend) wantTrueCause(want api.Code) {
	b.t.Helper()
	var outcome string
	err := b.db.QueryRow(`SELECT outcome FROM audit WHERE action = 'acquire' ORDER BY chain DESC, seq DESC LIMIT 1`).Scan(&outcome)
	if err != nil {
		b.t.Fatal(err)
	}
	if want == "" {
		want = "ok"
	}
	if outcome != string(want) {
		b.t.Errorf("audited as %q, want %q", outcome, want)
	}
}

// TestUniformBeginReadsNothingOfTheUser compares the answers about a user and
// about nobody.
func TestUniformBeginReadsNothingOfTheUser(t *testing.T) {
	b := newBackend(t, func(p *api.Policy) { p.Reveal = api.RevealUniform })
	token := b.token()
	token.Params.Digits = 8
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Name: "田中 花子", Token: token}))
	known, unknown := b.begin(api.UserRef{ContractID: contractID, UserID: "TANAKA"}), b.begin(suzuki)
	if known.Name != unknown.Name || known.Digits != unknown.Digits || known.Factor != unknown.Factor ||
		known.User.UserID != "TANAKA" || len(known.Token) != len(unknown.Token) {
		t.Errorf("a user and nobody differ: %+v, %+v", known, unknown)
	}
}

// TestFrankCompleteTellsTheCause has each cause arise between the two stages.
func TestFrankCompleteTellsTheCause(t *testing.T) {
	for query, want := range map[string]api.Code{
		`UPDATE users SET removed_at = 1`:             api.NotFound,
		`UPDATE users SET token_id = NULL`:            api.OTPNotRegistered,
		`UPDATE users SET locked_at = 1`:              api.Locked,
		`UPDATE users SET suspended_at = 1`:           api.Suspended,
		`UPDATE contracts SET suspended_at = 1`:       api.Suspended,
		`UPDATE users SET slot_state = 'not_issued'`:  api.NotIssued,
		`UPDATE users SET slot_state = 'revoked'`:     api.ReissueNeeded,
		`UPDATE users SET issued_at = 1`:              api.AcquireExpired,
		`UPDATE tokens SET next_step = 1000000000000`: api.OTPSpent,
	} {
		b := newBackend(t, nil)
		b.addUser(tanaka)
		s := b.begin(tanaka)
		b.alter(query)
		wantCode(t, query, b.complete(s, b.code(0), newCSR(t)), want)
	}
}

func TestACertificateDoesNotOutliveItsIssuer(t *testing.T) {
	b := newBackend(t, nil)
	b.clock.set(start.AddDate(9, 0, 0).Add(time.Hour))
	b.addUser(tanaka)
	_, err := b.acquire(tanaka, b.code(0), newCSR(t))
	wantCode(t, "less than a year before the issuing CA ends", err, api.CAEnding)
	b.wantRow(tanaka, row{})
}
