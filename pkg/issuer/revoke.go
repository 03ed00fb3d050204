package issuer

import (
	"context"
	"errors"
	"slices"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// Revoke implements api.Service. A suspended user may revoke: it takes away
// nothing but their own certificate.
func (i *Issuer) Revoke(ctx context.Context, req api.Signed) (api.Revocation, error) {
	var asked api.RevokeRequest
	from, err := i.open(req, api.OperationRevoke, &asked)
	if err != nil {
		return api.Revocation{}, err
	}
	if asked.Serial != from.serial() {
		return api.Revocation{}, api.Fail(api.BadRequest, errors.New("it is signed by another certificate"))
	}
	if !slices.Contains(api.HolderReasons(), asked.Reason) {
		return api.Revocation{}, &api.Error{Code: api.Usage, Field: "reason", Value: string(asked.Reason)}
	}
	r, err := settle(ctx, i.st, revocation{signed: from, reason: asked.Reason}, (*revocation).decide)
	if err != nil {
		return api.Revocation{}, err
	}
	if r.refused != nil {
		return api.Revocation{}, r.refused
	}
	return api.Revocation{Serial: r.signer.Serial, Reason: api.Reason(r.signer.Reason), Time: r.signer.Revoked}, nil
}

// revocation is one Revoke on its way through its transaction.
type revocation struct {
	signed
	reason api.Reason
}

// decide revokes the certificate that signed. Where it is revoked, nothing is
// spent or audited: the answer says how it was.
func (r *revocation) decide(ctx context.Context, tx *store.Tx) error {
	if err := r.identify(ctx, tx); err != nil {
		return err
	}
	if r.signer.State == api.CertificateRevoked {
		return nil
	}
	if err := r.through(ctx, tx, r.spend, r.allow, r.revoke); err != nil {
		return err
	}
	return r.conclude(ctx, tx, "revoke", r.signer.Serial)
}

// allow refuses a certificate that is over: nobody takes it any more.
func (r *revocation) allow(context.Context, *store.Tx) error {
	if r.now.After(r.signer.NotAfter) {
		r.refused = &api.Error{Code: api.Expired, Time: r.signer.NotAfter}
	}
	return nil
}

// revoke takes the predecessor with the current certificate, and what is being
// signed. A predecessor goes alone.
func (r *revocation) revoke(ctx context.Context, tx *store.Tx) error {
	user, reason := r.holder.User, string(r.reason)
	r.signer.Reason, r.signer.Revoked = reason, r.now
	if user.Slot.Current != r.signer.Serial {
		return tx.RevokeCertificate(ctx, r.signer.Serial, reason, r.now)
	}
	if err := tx.RevokeUnexpired(ctx, user.ID, reason, r.now); err != nil {
		return err
	}
	return tx.SetRevoked(ctx, user.ID)
}
