package issuer

import (
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// StateOf derives the state of a slot from what is stored of it, its current
// certificate (nil for none), the policy and the clock, and with it the moment
// at which that state ends by itself: the last at which the slot can be
// acquired, is valid, or can be acquired again. The moment is zero where only
// an administrator changes the state.
func StateOf(slot store.Slot, current *store.Certificate, policy api.Policy, now time.Time) (api.SlotState, time.Time) {
	switch slot.State {
	case api.SlotIssued:
		deadline := slot.Issued.Add(policy.AcquireWithin)
		if now.After(deadline) {
			return api.SlotAcquireExpired, deadline
		}
		return api.SlotAcquirable, deadline
	case api.SlotActive:
		return activeState(current.NotAfter, policy, now)
	default:
		return slot.State, time.Time{}
	}
}

func activeState(notAfter time.Time, policy api.Policy, now time.Time) (api.SlotState, time.Time) {
	if now.Before(notAfter.Add(-policy.RenewFrom)) {
		return api.SlotActive, notAfter
	}
	if !now.After(notAfter) {
		return api.SlotRenewable, notAfter
	}
	deadline := notAfter.Add(policy.ReacquireWithin)
	if !now.After(deadline) {
		return api.SlotExpiredReacquirable, deadline
	}
	return api.SlotExpiredReissue, deadline
}

// GoodUntil is the last moment at which a certificate that is not revoked is
// good: its own end or, where a renewal took its place, that of the overlap if it
// comes first. It is never written, so that a policy that changes holds at once.
func GoodUntil(c store.Certificate, policy api.Policy) time.Time {
	if c.Superseded.IsZero() {
		return c.NotAfter
	}
	if end := c.Superseded.Add(policy.Overlap); end.Before(c.NotAfter) {
		return end
	}
	return c.NotAfter
}

// stateOf is StateOf for a user, under the policy of their contract.
func (i *Issuer) stateOf(h store.Holder, now time.Time) (api.SlotState, time.Time) {
	return StateOf(h.User.Slot, h.Certificate, i.policyOf(h.User.Ref.ContractID), now)
}

// living tells whether a slot in a state has a certificate that is good.
func living(state api.SlotState) bool {
	return state == api.SlotActive || state == api.SlotRenewable
}

// mayAcquire returns why a slot in a state takes no certificate now; nil where
// it does.
func mayAcquire(state api.SlotState, deadline time.Time) *api.Error {
	code := api.ReissueNeeded
	switch state {
	case api.SlotAcquirable, api.SlotExpiredReacquirable:
		return nil
	case api.SlotNotIssued:
		code = api.NotIssued
	case api.SlotAcquireExpired:
		code = api.AcquireExpired
	case api.SlotActive, api.SlotRenewable:
		code = api.AlreadyAcquired
	case api.SlotRemoved:
		code = api.NotFound
	}
	return &api.Error{Code: code, Time: deadline}
}

// standing returns why a user may not prove themselves now, whatever with; nil
// where they may.
func standing(h store.Holder, policy api.Policy) *api.Error {
	if !h.ContractSuspended.IsZero() || !h.User.Suspended.IsZero() {
		return api.Refuse(api.Suspended)
	}
	if !h.User.Locked.IsZero() || h.User.Attempts >= policy.UserAttempts {
		return api.Refuse(api.Locked)
	}
	return nil
}

// statusOf is a user's status: a suspension stands above a lock.
func statusOf(u store.User) api.UserStatus {
	if !u.Suspended.IsZero() {
		return api.StatusSuspended
	}
	if !u.Locked.IsZero() {
		return api.StatusLocked
	}
	return api.StatusActive
}
