package issuer

import (
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// Bounds is StateOf the other way round: the slots that are in a state at a
// time, as a range that the database can look up. A test holds the two equal.
func Bounds(state api.SlotState, policy api.Policy, now time.Time) store.SlotRange {
	issued, active := store.WholeRange(api.SlotIssued), store.WholeRange(api.SlotActive)
	switch state {
	case api.SlotAcquirable:
		issued.From = firstSecond(now.Add(-policy.AcquireWithin))
		return issued
	case api.SlotAcquireExpired:
		issued.To = firstSecond(now.Add(-policy.AcquireWithin)) - 1
		return issued
	case api.SlotActive:
		active.From = now.Add(policy.RenewFrom).Unix() + 1
		return active
	case api.SlotRenewable:
		active.From, active.To = firstSecond(now), now.Add(policy.RenewFrom).Unix()
		return active
	case api.SlotExpiredReacquirable:
		active.From, active.To = firstSecond(now.Add(-policy.ReacquireWithin)), firstSecond(now)-1
		return active
	case api.SlotExpiredReissue:
		active.To = firstSecond(now.Add(-policy.ReacquireWithin)) - 1
		return active
	default:
		return store.WholeRange(state)
	}
}

// firstSecond is the first whole second that is not before a time: records have
// no other.
func firstSecond(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}
