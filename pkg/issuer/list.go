package issuer

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// Users implements api.Admin.
func (i *Issuer) Users(ctx context.Context, by api.Actor, q api.UserQuery) (api.UserPage, error) {
	contractID, err := i.contractOrNone(q.ContractID)
	if err != nil {
		return api.UserPage{}, err
	}
	q.ContractID = contractID
	now := i.now()
	wanted, err := i.selection(q, now)
	if err != nil {
		return api.UserPage{}, err
	}
	var page api.UserPage
	err = i.look(ctx, by, contractID, func(tx *store.Tx) error {
		if contractID != "" {
			if _, err := tx.Contract(ctx, contractID); err != nil {
				return err
			}
		}
		size := wanted.Limit
		wanted.Limit++ // whoever is beyond the page tells that there is another
		found, err := i.wantedUsers(ctx, tx, wanted, q.State, now)
		if err != nil {
			return err
		}
		if len(found) > size {
			found = found[:size]
			page.Next = cursorOf(wanted, found[size-1])
		}
		for _, h := range found {
			page.Users = append(page.Users, i.userView(h, now))
		}
		return nil
	})
	if store.IsNotFound(err) {
		return api.UserPage{}, noContract(contractID)
	}
	return page, translate(err)
}

// wantedUsers returns the first of a selection who are in a state; empty: any.
// The database knows one range of slots, which is as wide as the widest policy's:
// of those in it, StateOf tells who is in the state under their own.
func (i *Issuer) wantedUsers(ctx context.Context, tx *store.Tx, s store.UserSelection, state api.SlotState, now time.Time) ([]store.Holder, error) {
	var found []store.Holder
	for {
		rows, err := tx.Users(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, h := range rows {
			if derived, _ := i.stateOf(h, now); state == "" || derived == state {
				found = append(found, h)
			}
		}
		if len(rows) < s.Limit || len(found) >= s.Limit {
			return found[:min(len(found), s.Limit)], nil
		}
		last := rows[len(rows)-1].Position()
		s.After = &last
	}
}

// selection is a query as the database is asked.
func (i *Issuer) selection(q api.UserQuery, now time.Time) (store.UserSelection, error) {
	s := store.UserSelection{ContractID: q.ContractID, Status: q.Status, NoToken: q.NoToken, Limit: q.Limit}
	if s.Limit <= 0 || s.Limit > api.PageSize {
		s.Limit = api.PageSize
	}
	if q.State != "" {
		if !slices.Contains(api.ListedStates(), q.State) {
			return s, &api.Error{Code: api.Usage, Field: "state", Value: string(q.State)}
		}
		r := i.bounds(q, now)
		s.Slots = &r
	}
	if q.Expiring > 0 {
		r := store.WholeRange(api.SlotActive)
		r.From, r.To = firstSecond(now), now.Add(q.Expiring).Unix()
		s.Slots = within(r, s.Slots)
	}
	var err error
	s.After, err = positionOf(s, q.After)
	return s, err
}

// bounds are those of a state under every policy that the query is about.
func (i *Issuer) bounds(q api.UserQuery, now time.Time) store.SlotRange {
	r := Bounds(q.State, i.policyOf(q.ContractID), now)
	if q.ContractID != "" {
		return r
	}
	for _, p := range i.policies {
		own := Bounds(q.State, p, now)
		r.From, r.To = min(r.From, own.From), max(r.To, own.To)
	}
	return r
}

// within is what two ranges have in common; nil is no limit.
func within(r store.SlotRange, limit *store.SlotRange) *store.SlotRange {
	if limit == nil {
		return &r
	}
	r.From, r.To = max(r.From, limit.From), min(r.To, limit.To)
	if r.State != limit.State {
		r.From, r.To = 0, -1 // nothing
	}
	return &r
}

// cursor is a place in a list of users, for the client to keep: behind one user.
// It names the order of the list, for in another one it is no place.
type cursor struct {
	Order      api.SlotState `json:"o"` // by the moments of slots in this state; empty: of contract and user ID
	Moment     int64         `json:"m"`
	ContractID string        `json:"c"`
	UserID     string        `json:"u"`
}

func cursorOf(s store.UserSelection, h store.Holder) string {
	p := h.Position()
	return cursor{orderOf(s), p.Moment, p.ContractID, p.UserID}.String()
}

// orderOf is the Order of a selection.
func orderOf(s store.UserSelection) api.SlotState {
	if s.Slots == nil {
		return ""
	}
	return s.Slots.State
}

// String encodes a cursor so that it can stand in a command.
func (c cursor) String() string {
	text, _ := json.Marshal(c) // strings and a number: never fails
	return base64.RawURLEncoding.EncodeToString(text)
}

// positionOf reads a cursor of a selection.
func positionOf(s store.UserSelection, after string) (*store.UserPosition, error) {
	if after == "" {
		return nil, nil
	}
	var c cursor
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.String() != after || c.Order != orderOf(s) {
		return nil, &api.Error{Code: api.Usage, Field: "after", Value: after, Err: err}
	}
	return &store.UserPosition{Moment: c.Moment, ContractID: c.ContractID, UserID: c.UserID}, nil
}
