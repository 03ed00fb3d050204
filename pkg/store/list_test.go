package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

const otherContract = "23456789012"

// newRoll makes a database with users whose IDs say what they are, in two
// contracts, the second of which is suspended.
func newRoll(t *testing.T) *store.Store {
	st, path := newStore(t)
	do(t, st, func(tx *store.Tx) error {
		ctx := t.Context()
		errs := []error{tx.InsertContract(ctx, store.Contract{ID: otherContract, Created: now, Suspended: now})}
		for _, contract := range []string{ref.ContractID, otherContract} {
			for n, id := range []string{"issued2", "issued1", "Issued0", "locked", "suspended", "none", "removed"} {
				u := store.User{ID: contract + id, Ref: api.UserRef{ContractID: contract, UserID: id}, Role: api.RoleUser, Created: now,
					Slot: store.Slot{State: api.SlotNotIssued}}
				if n < 3 {
					u.TokenID, u.Slot = "token", store.Slot{State: api.SlotIssued, Issued: now.Add(time.Duration(-n) * time.Hour)}
				}
				errs = append(errs, tx.InsertUser(ctx, u))
			}
			errs = append(errs, tx.SetLocked(ctx, contract+"locked", now), tx.SetSuspended(ctx, contract+"suspended", now),
				tx.SetRemoved(ctx, contract+"removed", now))
		}
		return errors.Join(errs...)
	})
	alter(t, path, `DELETE FROM users WHERE id = 'user'`)
	return st
}

// roll returns a selection as CONTRACT/USER, the first digit of the contract
// alone.
func roll(t *testing.T, st *store.Store, s store.UserSelection) (ids []string) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.Tx) error {
		users, err := tx.Users(t.Context(), s)
		for _, h := range users {
			ids = append(ids, h.User.Ref.ContractID[:1]+"/"+h.User.Ref.UserID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestASelectionOfUsersIsInOrder(t *testing.T) {
	st := newRoll(t)
	issued, none := store.WholeRange(api.SlotIssued), store.WholeRange(api.SlotNotIssued)
	hour := issued
	hour.From, hour.To = now.Add(-time.Hour).Unix(), now.Add(-time.Hour).Unix()
	for name, c := range map[string]struct {
		s    store.UserSelection
		want []string
	}{
		"all": {store.UserSelection{}, []string{"1/Issued0", "1/issued1", "1/issued2", "1/locked", "1/none", "1/suspended",
			"2/Issued0", "2/issued1", "2/issued2", "2/locked", "2/none", "2/suspended"}},
		"of a contract":      {store.UserSelection{ContractID: otherContract, Limit: 2}, []string{"2/Issued0", "2/issued1"}},
		"by moment":          {store.UserSelection{Slots: &issued}, []string{"1/Issued0", "2/Issued0", "1/issued1", "2/issued1", "1/issued2", "2/issued2"}},
		"one moment":         {store.UserSelection{Slots: &hour}, []string{"1/issued1", "2/issued1"}},
		"without a moment":   {store.UserSelection{Slots: &none, ContractID: ref.ContractID}, []string{"1/locked", "1/none", "1/suspended"}},
		"locked":             {store.UserSelection{Status: api.StatusLocked}, []string{"1/locked"}},
		"suspended":          {store.UserSelection{Status: api.StatusSuspended, Limit: 2}, []string{"1/suspended", "2/Issued0"}},
		"without a token":    {store.UserSelection{NoToken: true, ContractID: ref.ContractID}, []string{"1/locked", "1/none", "1/suspended"}},
		"locked, and issued": {store.UserSelection{Status: api.StatusLocked, Slots: &issued}, nil},
		"behind, whatever case": {store.UserSelection{After: &store.UserPosition{ContractID: ref.ContractID, UserID: "ISSUED2"}, Limit: 1},
			[]string{"1/locked"}},
	} {
		if c.s.Limit == 0 {
			c.s.Limit = 100
		}
		if got := roll(t, st, c.s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestPagesAreTheWholeList reads lists in pages of every size.
func TestPagesAreTheWholeList(t *testing.T) {
	st := newRoll(t)
	issued := store.WholeRange(api.SlotIssued)
	for _, s := range []store.UserSelection{{}, {Slots: &issued}, {NoToken: true}, {Status: api.StatusSuspended}} {
		s.Limit = 100
		want := roll(t, st, s)
		for size := 1; size <= len(want); size++ {
			s.Limit, s.After = size, nil
			var got []string
			for range want {
				got = append(got, roll(t, st, s)...)
				s.After = position(t, st, got[len(got)-1])
				if len(got) == len(want) {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%+v in pages of %d: %q, want %q", s, size, got, want)
			}
		}
	}
}

// position is where a user stands whom roll returned.
func position(t *testing.T, st *store.Store, id string) *store.UserPosition {
	var p store.UserPosition
	err := st.View(t.Context(), func(tx *store.Tx) error {
		contract := map[string]string{"1": ref.ContractID, "2": otherContract}[id[:1]]
		h, err := tx.Holder(t.Context(), api.UserRef{ContractID: contract, UserID: id[2:]})
		p = h.Position()
		return err
	})
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", id, err))
	}
	return &p
}
