package api

import "time"

// PageSize is the most that is on one page of a list.
const PageSize = 1000

// UserQuery says which users are wanted: those that are all that it says. Its
// zero value wants everybody.
type UserQuery struct {
	ContractID string     // empty: of all contracts
	State      SlotState  // as it is derived; empty: any
	Status     UserStatus // StatusLocked or StatusSuspended, as they are shown; empty: any
	// Expiring wants users whose current certificate is good and ends within this
	// time; 0: any.
	Expiring time.Duration
	NoToken  bool // only users who have no token
	// After is the Next of the page before; empty: the first page.
	After string
	Limit int // 0, or more than PageSize: PageSize
}

// ListedStates are the states by which users can be asked for: all that a user
// who is there can be in.
func ListedStates() []SlotState {
	return []SlotState{SlotNotIssued, SlotAcquirable, SlotAcquireExpired, SlotActive, SlotRenewable,
		SlotExpiredReacquirable, SlotExpiredReissue, SlotRevoked}
}

// UserPage is a page of users: in the order of contract and user ID or, where a
// State or Expiring is wanted, of when the slot was issued or its certificate
// ends, the first first. From page to page nobody is left out or comes twice
// because others were added, changed or removed; a user whose own slot has moved
// on meanwhile is where it is now.
type UserPage struct {
	Users []User
	Next  string // opaque; empty: this is the last page
}

// TokenQuery says which tokens are wanted. Its zero value wants all.
type TokenQuery struct {
	ContractID string // empty: of all contracts, and of none
	// After is the Next of the page before; empty: the first page.
	After string
	Limit int // 0, or more than PageSize: PageSize
}

// TokenPage is a page of tokens: those of no contract, then of each contract the
// software by user and the hardware by serial. From page to page it is as with
// users.
type TokenPage struct {
	Tokens []TokenInfo
	Next   string // opaque; empty: this is the last page
}
