package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
)

// strict is the contract that has a policy of its own.
const strict = "98765432109"

// withStrict opens the backend again with a policy for strict.
func (b *backend) withStrict(change func(*api.Policy)) {
	b.t.Helper()
	own := api.DefaultPolicy()
	change(&own)
	cfg := issuer.Config{Policy: b.policy, Contracts: map[string]api.Policy{strict: own}, Now: b.clock.now}
	b.Issuer = must(issuer.Open(b.t.Context(), b.st, b.key, cfg))
}

func TestAContractHasAPolicyOfItsOwn(t *testing.T) {
	const day = 24 * time.Hour
	b := newBackend(t, nil)
	must(b.AddContract(t.Context(), operator, api.NewContract{ID: strict}))
	b.withStrict(func(p *api.Policy) {
		p.AcquireWithin, p.Validity, p.RenewFrom, p.Overlap = 10*day, 40*day, 5*day, day
		p.UserAttempts, p.KeyTypes, p.AcquireAuth = 2, []api.KeyType{api.ECP256}, api.AuthOTP
	})
	suzuki := api.UserRef{ContractID: strict, UserID: "suzuki"}
	b.addUser(tanaka)
	if got := b.addUser(suzuki).Deadline.Sub(start); got != 10*day {
		t.Errorf("to be acquired within %v", got)
	}
	_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: api.UserRef{ContractID: strict, UserID: "sato"}, PIN: "abc123"})
	wantCode(t, "a PIN where only tokens are", err, api.PINRefused)

	wantLeft(t, "a wrong code in the strict contract", b.complete(b.begin(suzuki), b.wrong(), newCSR(t)), 1)
	wantLeft(t, "a wrong code elsewhere", b.complete(b.begin(tanaka), b.wrong(), newCSR(t)), 4)
	held, other := b.acquired(suzuki, 0), b.acquired(tanaka, 0)
	if got := held.cert.NotAfter.Sub(b.clock.now()); got != 40*day-time.Second {
		t.Errorf("valid for %v", got)
	}

	b.clock.advance(36 * day)
	next := b.renewed(held)
	_, err = b.renewWith(other, newCSR(t), false)
	wantCode(t, "a renewal that is not due elsewhere", err, api.NotDue)
	b.clock.advance(2 * day)
	if _, reasons := b.crl(); reasons[held.serial()] == 0 || len(reasons) != 1 {
		t.Errorf("after the overlap of the contract the list has %v", reasons)
	}
	if u := must(b.User(t.Context(), operator, suzuki)); u.Certificate.Serial != next.serial() || u.Slot != api.SlotActive {
		t.Errorf("after the renewal: %+v", u)
	}

	// The other contract renews early: its overlap is longer.
	must(b.renewWith(other, newCSR(t), true))
	b.clock.advance(2 * day)
	if _, reasons := b.crl(); len(reasons) != 1 {
		t.Errorf("within the overlap of the other contract the list has %v", reasons)
	}
	info := must(b.Info(t.Context(), strict))
	if info.Policy.UserAttempts != 2 || must(b.Info(t.Context(), contractID)).Policy.UserAttempts != 5 {
		t.Errorf("the policies that are told: %+v", info.Policy)
	}
	b.wantAuditOK()
}

func TestAPolicyThatContradictsItselfOpensNothing(t *testing.T) {
	b := newBackend(t, nil)
	own := b.policy
	own.RenewFrom = own.Validity
	cfg := issuer.Config{Contracts: map[string]api.Policy{strict: own}, Now: b.clock.now}
	_, err := issuer.Open(t.Context(), b.st, b.key, cfg)
	wantCode(t, "a contract's policy", err, api.Usage)
	_, err = issuer.Open(t.Context(), b.st, b.key, issuer.Config{Policy: own, Now: b.clock.now})
	wantCode(t, "the deployment's policy", err, api.Usage)
}
