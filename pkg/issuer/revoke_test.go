package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
)

func TestAHolderRevokes(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka)
	b.clock.set(inWindow)
	next := b.renewed(old)

	_, err := b.revokeWith(old, api.ReasonPrivilegeWithdrawn)
	wantCode(t, "a reason that is not a holder's", err, api.Usage)
	got := must(b.revokeWith(old, api.ReasonKeyCompromise))
	if got.Reason != api.ReasonKeyCompromise || !got.Time.Equal(inWindow) {
		t.Errorf("the predecessor: %+v", got)
	}
	if u := must(b.User(t.Context(), operator, tanaka)); u.Slot != api.SlotActive || b.certificate(next.serial()).State != api.CertificateGood {
		t.Errorf("revoking the predecessor took the current one: %+v", u)
	}
	b.clock.advance(time.Minute)
	if again := must(b.revokeWith(old, api.ReasonSuperseded)); again != got {
		t.Errorf("revoked again: %+v, was %+v", again, got)
	}

	b.alter(`UPDATE users SET suspended_at = 1`)
	must(b.revokeWith(next, api.ReasonCessation))
	b.alter(`UPDATE users SET suspended_at = NULL`)
	if u := must(b.User(t.Context(), operator, tanaka)); u.Slot != api.SlotRevoked || u.Certificate.State != api.CertificateRevoked {
		t.Errorf("user after the revocation: %+v", u)
	}
	_, err = b.renewWith(next, newCSR(t), false)
	wantCode(t, "renew what is revoked", err, api.Revoked)
	_, err = b.acquire(tanaka, b.code(1), newCSR(t))
	wantCode(t, "acquire after a revocation", err, api.ReissueNeeded)
	b.wantAuditOK()
}

// A request for one operation, or one backend, is none for another.
func TestASignedRequestIsForOneThing(t *testing.T) {
	b := newBackend(t, nil)
	h := b.holder(tanaka)
	_, err := b.Revoke(t.Context(), b.sign(h, api.OperationRenew, api.RevokeRequest{Serial: h.serial(), Reason: api.ReasonUnspecified}))
	wantCode(t, "a renewal sent as a revocation", err, api.BadRequest)
	other := newBackend(t, nil)
	_, err = b.Revoke(t.Context(), other.sign(h, api.OperationRevoke, api.RevokeRequest{Serial: h.serial(), Reason: api.ReasonUnspecified}))
	wantCode(t, "a request to another backend", err, api.BadRequest)
	_, err = b.Revoke(t.Context(), b.sign(h, api.OperationRevoke, api.RevokeRequest{Serial: "1", Reason: api.ReasonUnspecified}))
	wantCode(t, "a request about another certificate", err, api.BadRequest)
	if u := must(b.User(t.Context(), operator, tanaka)); u.Slot != api.SlotActive {
		t.Errorf("slot %s", u.Slot)
	}
}

func TestReplace(t *testing.T) {
	b := newBackend(t, nil)
	h := b.holder(tanaka)
	replace := func(code api.Secret, csr []byte) (api.Certificate, error) {
		s, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka", Replace: true})
		if err != nil {
			return api.Certificate{}, err
		}
		return b.Complete(t.Context(), api.CompleteRequest{Session: s.Token, Code: code, CSR: csr})
	}
	_, err := replace(b.code(1), newCSR(t))
	wantCode(t, "where the policy denies it", err, api.ReplaceDenied)
	b.reopenWith(func(p *api.Policy) { p.Replace = api.ReplaceAllow })
	_, err = replace("000000", newCSR(t))
	wantCode(t, "with a wrong code", err, api.OTPWrong)
	if c := b.certificate(h.serial()); c.State != api.CertificateGood {
		t.Fatalf("a wrong code took the certificate: %s", c.State)
	}
	_, err = b.acquire(tanaka, b.code(1), newCSR(t))
	wantCode(t, "without asking for it", err, api.AlreadyAcquired)
	got := must(replace(b.code(1), newCSR(t)))
	if c := b.certificate(h.serial()); c.State != api.CertificateRevoked || c.Reason != "superseded" {
		t.Errorf("the replaced one is %s, %s", c.State, c.Reason)
	}
	if slot := b.slot(tanaka); slot.Current != got.Serial || slot.Predecessor != "" {
		t.Errorf("slot %+v", slot)
	}
	b.wantOneLiving(tanaka)
	b.wantAuditOK()
}
