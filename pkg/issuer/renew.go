package issuer

import (
	"context"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// Renew implements api.Service: decide, sign, record, as Complete does. The
// certificate that signed stays the slot's current one until its successor is
// recorded, so that nothing is lost on the way.
func (i *Issuer) Renew(ctx context.Context, req api.Signed) (api.Certificate, error) {
	var asked api.RenewRequest
	from, err := i.open(req, api.OperationRenew, &asked)
	if err != nil {
		return api.Certificate{}, err
	}
	csr, err := checkCSR(asked.CSR, api.KeyTypes()) // what the contract takes is known with the holder
	if err != nil {
		return api.Certificate{}, err
	}
	start := renewal{signed: from, csr: csr, early: asked.Early, action: "renew"}
	r, err := settle(ctx, i.st, start, (*renewal).decide)
	if err != nil {
		return api.Certificate{}, err
	}
	if r.refused != nil {
		return api.Certificate{}, r.refused
	}
	return i.finish(ctx, r.next)
}

// renewal is one Renew on its way through the deciding transaction.
type renewal struct {
	signed
	csr    ca.Request
	early  bool // asked for before its time
	action string

	issuing store.Authority
	next    string // the serial of the successor
}

// decide runs the steps and audits what comes of them. A key that has its
// certificate already gets that again: nothing is spent or audited then, so that
// a request whose answer was lost may be repeated as it was.
func (r *renewal) decide(ctx context.Context, tx *store.Tx) error {
	if err := r.identify(ctx, tx); err != nil {
		return err
	}
	if r.refused == nil {
		serial, refused, found, err := r.certified(ctx, tx, r.csr.SPKIHash, r.holder.User.Ref, r.now)
		if err != nil {
			return err
		}
		if found {
			r.next, r.refused = serial, refused
			return nil
		}
	}
	if err := r.through(ctx, tx, r.spend, r.allow, r.authority, r.seal); err != nil {
		return err
	}
	return r.conclude(ctx, tx, r.action, r.next)
}

// policy is that of the holder's contract.
func (r *renewal) policy() api.Policy { return r.policyOf(r.holder.User.Ref.ContractID) }

// allow asks whether the certificate that signed may be renewed now. Wrong codes
// have no say in it: nobody stops a company by guessing.
func (r *renewal) allow(context.Context, *store.Tx) error {
	user, policy := r.holder.User, r.policy()
	state, deadline := StateOf(user.Slot, r.holder.Certificate, policy, r.now)
	switch {
	case r.signer.State == api.CertificateRevoked || !user.Removed.IsZero():
		r.refused = &api.Error{Code: api.Revoked, Time: r.signer.Revoked}
	case !r.holder.ContractSuspended.IsZero() || !user.Suspended.IsZero():
		r.refused = api.Refuse(api.Suspended)
	case user.Slot.Current != "" && user.Slot.Current != r.signer.Serial:
		r.refused = api.Refuse(api.AlreadyRenewed)
	case r.now.After(r.signer.NotAfter):
		r.refused = &api.Error{Code: api.Expired, Time: r.signer.NotAfter}
		if mayAcquire(state, deadline) != nil {
			r.refused.Field = "slot" // a code alone does not help any more
		}
	case !policy.Takes(api.KeyType(r.csr.KeyType)):
		r.refused = api.Refuse(api.WeakKey)
	case state == api.SlotActive && !r.early:
		r.refused = &api.Error{Code: api.NotDue, Time: deadline.Add(-policy.RenewFrom)}
	case state == api.SlotActive:
		r.action = "renew early"
	}
	return nil
}

// authority refuses where the issuing CA would not outlive the successor.
func (r *renewal) authority(ctx context.Context, tx *store.Tx) (err error) {
	r.issuing, r.refused, err = r.ending(ctx, tx, r.policy(), r.now)
	return err
}

// seal fixes the successor.
func (r *renewal) seal(ctx context.Context, tx *store.Tx) (err error) {
	r.next, err = r.fix(ctx, tx, r.holder.User, r.issuing, r.csr, r.now)
	return err
}
