package issuer

import (
	"context"
	"errors"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// deployment is what an act is on that is on no contract.
const deployment = ""

// errRehearsed ends the transaction of an act that is only tried.
var errRehearsed = errors.New("nothing is written: this act is only tried")

// act runs an act on a contract, or on the deployment, in one transaction, if the
// actor's role goes that far. Every method of api.Admin that writes goes through
// it, as those that read go through look, so that none is done that is only tried.
func (i *Issuer) act(ctx context.Context, by api.Actor, contractID string, do func(*store.Tx) error) error {
	return i.st.Do(ctx, permitted(ctx, by, contractID, func(tx *store.Tx) error {
		err := do(tx)
		if err == nil && by.DryRun {
			return errRehearsed
		}
		return err
	}))
}

// look is act, for what only reads.
func (i *Issuer) look(ctx context.Context, by api.Actor, contractID string, do func(*store.Tx) error) error {
	return i.st.View(ctx, permitted(ctx, by, contractID, do))
}

// may asks only whether the actor's role goes that far, for what comes before the
// transaction that asks again.
func (i *Issuer) may(ctx context.Context, by api.Actor, contractID string) error {
	return translate(i.look(ctx, by, contractID, func(*store.Tx) error { return nil }))
}

func permitted(ctx context.Context, by api.Actor, contractID string, do func(*store.Tx) error) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		if err := permit(ctx, tx, by, contractID); err != nil {
			return err
		}
		return do(tx)
	}
}

// permit refuses an actor whose role does not go as far as a contract. That is
// said before anything else: whether the contract of others exists is none of an
// administrator's business.
func permit(ctx context.Context, tx *store.Tx, by api.Actor, contractID string) error {
	switch by.Role {
	case api.RoleOperator:
		return nil
	case api.RoleAdmin:
		if contractID == deployment || contractID != by.User.ContractID {
			return api.Refuse(api.Forbidden)
		}
		return stillAdmin(ctx, tx, by.User)
	}
	return api.Refuse(api.Forbidden)
}

// stillAdmin refuses who is no administrator any more, or suspended. A lock does
// not count: else whoever guesses codes could stop them.
func stillAdmin(ctx context.Context, tx *store.Tx, ref api.UserRef) error {
	h, err := tx.Holder(ctx, ref)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	if err != nil || h.User.Role != api.RoleAdmin || !h.User.Suspended.IsZero() || !h.ContractSuspended.IsZero() {
		return api.Refuse(api.Forbidden)
	}
	return nil
}
