package issuer_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

// TestBoundsAreTheStates draws policies and moments, and looks at each edge of
// them from around it, down to the nanosecond: a slot is within the bounds of the
// state that StateOf derives, and of no other.
func TestBoundsAreTheStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.OneOf(
			rapid.Map(rapid.Int64Range(1, 400*86400), func(s int64) time.Duration { return time.Duration(s) * time.Second }),
			rapid.Map(rapid.Int64Range(1, int64(time.Minute)), func(n int64) time.Duration { return time.Duration(n) }),
		)
		policy := api.Policy{
			AcquireWithin:   length.Draw(t, "acquire within"),
			RenewFrom:       length.Draw(t, "renew from"),
			ReacquireWithin: length.Draw(t, "reacquire within"),
		}
		moment := time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "moment"), 0)
		far := time.Duration(rapid.Int64Range(-int64(500*day), int64(500*day)).Draw(t, "far from the edge"))
		for _, edge := range []time.Duration{0, policy.AcquireWithin, -policy.RenewFrom, policy.ReacquireWithin} {
			for _, off := range []time.Duration{-time.Second, -1, 0, 1, time.Second, far} {
				now := moment.Add(edge + off)
				for _, stored := range []api.SlotState{api.SlotNotIssued, api.SlotIssued, api.SlotActive, api.SlotRevoked, api.SlotRemoved} {
					wantBounds(t, stored, moment, policy, now)
				}
			}
		}
	})
}

// wantBounds fails the test where a slot of a moment is elsewhere than in the
// bounds of its state.
func wantBounds(t *rapid.T, stored api.SlotState, moment time.Time, policy api.Policy, now time.Time) {
	slot, current := store.Slot{State: stored, Issued: moment}, &store.Certificate{NotAfter: moment}
	want, _ := issuer.StateOf(slot, current, policy, now)
	for _, state := range []api.SlotState{
		api.SlotNotIssued, api.SlotAcquirable, api.SlotAcquireExpired, api.SlotActive, api.SlotRenewable,
		api.SlotExpiredReacquirable, api.SlotExpiredReissue, api.SlotRevoked, api.SlotRemoved,
	} {
		b := issuer.Bounds(state, policy, now)
		within := b.State == stored && b.From <= moment.Unix() && moment.Unix() <= b.To
		if within != (state == want) {
			t.Fatalf("at %v a slot in %s is within the bounds of %s: %v (%+v, stored %d)", now, want, state, within, b, moment.Unix())
		}
	}
}
