package issuer

import (
	"context"
	"errors"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// Issue implements api.Admin.
func (i *Issuer) Issue(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	return i.change(ctx, by, "user issue", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		state, deadline := i.stateOf(h, now)
		switch state {
		case api.SlotAcquireExpired, api.SlotExpiredReissue, api.SlotRevoked:
			return &api.Error{Code: api.ReissueNeeded, Time: deadline}
		case api.SlotNotIssued, api.SlotAcquirable, api.SlotExpiredReacquirable:
			if i.factorOf(h) == nil { // what is missing, even where it is issued already
				return api.Refuse(api.OTPNotRegistered)
			}
		}
		if state != api.SlotNotIssued {
			return &api.Error{Code: api.Exists, Field: "slot", Value: string(state), Time: deadline}
		}
		return tx.SetIssued(ctx, h.User.ID, now)
	})
}

// Reissue implements api.Admin.
func (i *Issuer) Reissue(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	return i.change(ctx, by, "user reissue", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.User.Slot.State == api.SlotNotIssued {
			return api.Refuse(api.NotIssued)
		}
		if err := tx.RevokeUnexpired(ctx, h.User.ID, reasonSuperseded, now); err != nil {
			return err
		}
		return tx.SetIssued(ctx, h.User.ID, now)
	})
}

// Resume implements api.Admin.
func (i *Issuer) Resume(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	return i.change(ctx, by, "user resume", ref, func(tx *store.Tx, h store.Holder, _ time.Time) error {
		if h.Token != nil {
			if err := tx.ClearTokenAttempts(ctx, h.Token.ID); err != nil {
				return err
			}
		}
		return tx.Resume(ctx, h.User.ID)
	})
}

// RemoveUser implements api.Admin.
func (i *Issuer) RemoveUser(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	return i.change(ctx, by, "user remove", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if err := keepsAdmin(ctx, tx, by, h.User); err != nil {
			return err
		}
		if err := tx.RevokeUnexpired(ctx, h.User.ID, reasonCeased, now); err != nil {
			return err
		}
		return tx.SetRemoved(ctx, h.User.ID, now)
	})
}

// change runs one administrative act on one user: the user is locked and read,
// act changes the records, and the audit row ends the transaction. It returns
// the user as the act left them.
func (i *Issuer) change(ctx context.Context, by api.Actor, action string, ref api.UserRef,
	act func(*store.Tx, store.Holder, time.Time) error) (api.User, error) {
	ref, err := i.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return api.User{}, err
	}
	if by.Why, err = api.Why(by.Why); err != nil {
		return api.User{}, err
	}
	now := i.now()
	var h store.Holder
	err = i.act(ctx, by, ref.ContractID, func(tx *store.Tx) error {
		if err := tx.LockUser(ctx, ref); err != nil {
			return err
		}
		h, err = tx.Holder(ctx, ref)
		if store.IsNotFound(err) {
			return noUser(ref)
		}
		if err != nil {
			return err
		}
		if err := act(tx, h, now); err != nil {
			return err
		}
		before := h.Token
		if h, err = tx.HolderByID(ctx, h.User.ID); err != nil {
			return err
		}
		e := userEvent(by, action, h.User.Ref)
		e.token = tokenEvent(action, before, h.Token)
		return i.audit(ctx, tx, e, now)
	})
	if err != nil && !errors.Is(err, errRehearsed) {
		return api.User{}, translate(err)
	}
	return i.userView(h, now), nil
}
