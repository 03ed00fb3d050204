package issuer

import (
	"context"
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
	now, size := i.now(), pageSize(q.Limit)
	wanted, err := i.selection(q, now)
	if err != nil {
		return api.UserPage{}, err
	}
	// The database knows one range of slots, which is as wide as the widest
	// policy's: who of those in it is in the state under their own, StateOf tells.
	inState := func(h store.Holder) bool {
		state, _ := i.stateOf(h, now)
		return q.State == "" || q.State == state
	}
	var page api.UserPage
	err = i.look(ctx, by, contractID, func(tx *store.Tx) error {
		if err := known(ctx, tx, contractID); err != nil {
			return err
		}
		found, err := firstUsers(ctx, tx, wanted, inState)
		if err != nil {
			return err
		}
		if len(found) > size {
			found = found[:size]
			p := found[size-1].Position()
			page.Next = cursor{Order: orderOf(wanted), Moment: p.Moment, ContractID: p.ContractID, UserID: p.UserID}.String()
		}
		for _, h := range found {
			page.Users = append(page.Users, i.userView(h, now))
		}
		return nil
	})
	return page, translate(err)
}

// firstUsers returns the first of a selection who are wanted.
func firstUsers(ctx context.Context, tx *store.Tx, s store.UserSelection, wanted func(store.Holder) bool) ([]store.Holder, error) {
	var found []store.Holder
	for {
		rows, err := tx.Users(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, h := range rows {
			if wanted(h) {
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
	s := store.UserSelection{ContractID: q.ContractID, Status: q.Status, NoToken: q.NoToken,
		Limit: pageSize(q.Limit) + 1} // whoever is beyond the page tells that there is another
	if !slices.Contains([]api.UserStatus{"", api.StatusLocked, api.StatusSuspended}, q.Status) {
		return s, &api.Error{Code: api.Usage, Field: "status", Value: string(q.Status)}
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
	after, err := readCursor(orderOf(s), q.After)
	if q.After != "" {
		s.After = &store.UserPosition{Moment: after.Moment, ContractID: after.ContractID, UserID: after.UserID}
	}
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

// orderOf names the order of a selection.
func orderOf(s store.UserSelection) string {
	if s.Slots == nil {
		return byUser
	}
	return string(s.Slots.State)
}

// Tokens implements api.Tokens.
func (i *Issuer) Tokens(ctx context.Context, by api.Actor, q api.TokenQuery) (api.TokenPage, error) {
	contractID, err := i.contractOrNone(q.ContractID)
	if err != nil {
		return api.TokenPage{}, err
	}
	after, err := readCursor(byToken, q.After)
	if err != nil {
		return api.TokenPage{}, err
	}
	size := pageSize(q.Limit)
	wanted := store.TokenSelection{
		ContractID: contractID,
		After:      store.TokenPosition{ContractID: after.ContractID, Serial: after.Serial, UserID: after.UserID},
		Limit:      size + 1,
	}
	var page api.TokenPage
	err = i.look(ctx, by, contractID, func(tx *store.Tx) error {
		if err := known(ctx, tx, contractID); err != nil {
			return err
		}
		rows, err := tx.Tokens(ctx, wanted)
		if len(rows) > size {
			rows = rows[:size]
			p := rows[size-1].Position()
			page.Next = cursor{Order: byToken, ContractID: p.ContractID, Serial: p.Serial, UserID: p.UserID}.String()
		}
		for _, t := range rows {
			page.Tokens = append(page.Tokens, i.tokenInfo(t))
		}
		return err
	})
	return page, translate(err)
}
