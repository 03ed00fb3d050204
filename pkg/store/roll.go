package store

import (
	"math"

	"certctl/pkg/api"
)

// SlotRange is a set of slots as one range of an index: those in one stored
// state whose moment is between two, both included. The moment of a slot is when
// it was issued where it is issued, and when its current certificate ends where
// it is active: what its derived state depends on. No other has one.
type SlotRange struct {
	State    api.SlotState // a stored one
	From, To int64         // Unix seconds
}

// WholeRange is all slots in a stored state.
func WholeRange(state api.SlotState) SlotRange {
	return SlotRange{State: state, From: math.MinInt64, To: math.MaxInt64}
}
