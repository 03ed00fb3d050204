package store

import (
	"context"
	"fmt"
	"math"
	"strings"

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

// UserSelection says which living users are wanted, and from where on.
type UserSelection struct {
	ContractID string         // empty: of all
	Slots      *SlotRange     // nil: in any state; else in the order of their moments
	Status     api.UserStatus // empty: any; StatusLocked, or StatusSuspended, also by their contract
	NoToken    bool           // only who has no token
	After      *UserPosition  // nil: from the first
	Limit      int
}

// UserPosition is where a user stands in the order of a list.
type UserPosition struct {
	Moment     int64 // of the slot
	ContractID string
	UserID     string
}

// Position is where a holder stands.
func (h Holder) Position() UserPosition {
	return UserPosition{Moment: h.User.Slot.Moment, ContractID: h.User.Ref.ContractID, UserID: h.User.Ref.UserID}
}

// Users returns the first users of a selection, in the order of contract and user
// ID or, where slots are selected, of their moments first. Whoever stands behind
// a position stays there while others come and go.
func (t *Tx) Users(ctx context.Context, s UserSelection) ([]Holder, error) {
	if s.Status == api.StatusSuspended && s.Slots == nil {
		return t.suspendedUsers(ctx, s)
	}
	where, args := s.where()
	order := "u.contract_id, u.user_key"
	if s.Slots != nil {
		order = "u.slot_at, " + order
	}
	args = append(args, s.Limit)
	return t.holders(ctx, fmt.Sprintf("WHERE %s ORDER BY %s LIMIT $%d", where, order, len(args)), args...)
}

// suspendedUsers is Users for those who are suspended: by themselves, or by their
// contract. Each of the two has an index; one condition about both has none. CROSS
// JOIN keeps SQLite from going through all users in the order that is wanted, to
// ask for the contract of each.
func (t *Tx) suspendedUsers(ctx context.Context, s UserSelection) ([]Holder, error) {
	s.Status = ""
	where, args := s.where()
	args = append(args, s.Limit)
	limit := fmt.Sprintf("LIMIT $%d", len(args))
	return t.holders(ctx, `WHERE u.id IN (
			SELECT id FROM (
				SELECT u.id FROM users u WHERE u.suspended_at IS NOT NULL AND `+where+`
				ORDER BY u.contract_id, u.user_key `+limit+`) own
			UNION ALL
			SELECT id FROM (
				SELECT u.id FROM contracts c CROSS JOIN users u
				WHERE c.suspended_at IS NOT NULL AND u.contract_id = c.id AND `+where+`
				ORDER BY c.id, u.user_key `+limit+`) of_contract)
		ORDER BY u.contract_id, u.user_key `+limit, args...)
}

// where returns the conditions of a selection. Only those that it has are
// there: an index is of use for what is known when a statement is prepared.
func (s UserSelection) where() (string, []any) {
	conditions, args := []string{"u.removed_at IS NULL"}, []any(nil)
	and := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		conditions = append(conditions, condition)
	}
	if s.ContractID != "" {
		and("u.contract_id = ?", s.ContractID)
	}
	if r := s.Slots; r != nil {
		from := r.From
		if s.After != nil {
			from = max(from, s.After.Moment) // what is before it is not even looked at
		}
		and("u.slot_state = ? AND u.slot_at BETWEEN ? AND ?", string(r.State), from, r.To)
	}
	switch s.Status {
	case api.StatusLocked:
		and("u.locked_at IS NOT NULL AND u.suspended_at IS NULL AND c.suspended_at IS NULL")
	case api.StatusSuspended:
		and("(u.suspended_at IS NOT NULL OR c.suspended_at IS NOT NULL)")
	}
	if s.NoToken {
		and("u.token_id IS NULL")
	}
	if p := s.After; p != nil && s.Slots != nil {
		and("(u.slot_at, u.contract_id, u.user_key) > (?, ?, ?)", p.Moment, p.ContractID, api.UserKey(p.UserID))
	} else if p != nil {
		and("(u.contract_id, u.user_key) > (?, ?)", p.ContractID, api.UserKey(p.UserID))
	}
	return strings.Join(conditions, " AND "), args
}

// TokenSelection says which tokens are wanted, and from where on.
type TokenSelection struct {
	ContractID string        // empty: of all
	After      TokenPosition // zero: from the first
	Limit      int
}

// TokenPosition is where a token stands in the order of the list: hardware by its
// serial, software by the one user who has it.
type TokenPosition struct {
	ContractID string
	Serial     string
	UserID     string
}

// Position is where a token stands.
func (h TokenHolders) Position() TokenPosition {
	p := TokenPosition{ContractID: h.ContractID, Serial: h.Serial}
	if p.Serial == "" {
		p.UserID = h.Users[0]
	}
	return p
}

// Tokens returns the first tokens of a selection: those of no contract, then of
// each contract the software by user and the hardware by serial. Software that
// nobody has is over, and not among them.
//
// Each of the three is read from its place in the order of an index. COALESCE
// keeps SQLite from looking for software by the serials that it has not.
func (t *Tx) Tokens(ctx context.Context, s TokenSelection) ([]TokenHolders, error) {
	args := []any{s.After.ContractID, s.After.Serial, api.UserKey(s.After.UserID), s.Limit}
	inventory, software, hardware := "", "", ""
	if s.ContractID != "" {
		inventory, software, hardware = "AND $5 = ''", "AND u.contract_id = $5", "AND t.contract_id = $5"
		args = append(args, s.ContractID)
	}
	return t.tokens(ctx, `WITH inventory AS (
			SELECT '' AS contract, t.serial, '' AS holder, t.id FROM tokens t
			WHERE t.contract_id IS NULL AND $1 = '' AND t.serial > $2 `+inventory+`
			ORDER BY t.serial LIMIT $4),
		software AS (
			SELECT u.contract_id, '', u.user_key, t.id FROM users u JOIN tokens t ON t.id = u.token_id
			WHERE u.removed_at IS NULL AND COALESCE(t.serial, '') = '' `+software+`
			    AND u.contract_id >= $1 AND (u.contract_id > $1 OR $2 = '' AND u.user_key > $3)
			ORDER BY u.contract_id, u.user_key LIMIT $4),
		hardware AS (
			SELECT t.contract_id, t.serial, '', t.id FROM tokens t
			WHERE t.serial IS NOT NULL AND (t.contract_id, t.serial) > ($1, $2) `+hardware+`
			ORDER BY t.contract_id, t.serial LIMIT $4),
		wanted AS (
			SELECT * FROM inventory UNION ALL SELECT * FROM software UNION ALL SELECT * FROM hardware
			ORDER BY contract, serial, holder LIMIT $4)
		`+tokenColumns+`wanted w JOIN tokens t ON t.id = w.id LEFT JOIN users u ON u.token_id = t.id AND u.removed_at IS NULL
		ORDER BY w.contract, w.serial, w.holder, u.user_key`, args...)
}
