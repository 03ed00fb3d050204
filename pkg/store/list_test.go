package store_test

import (
	"cmp"
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

// TestPagesOfTokensAreTheWholeList reads it in pages of every size.
func TestPagesOfTokensAreTheWholeList(t *testing.T) {
	st := newRoll(t)
	do(t, st, func(tx *store.Tx) error {
		var errs []error
		for _, k := range []store.Token{
			{Serial: "HW2"}, {Serial: "HW1"}, {Serial: "HW4", ContractID: ref.ContractID}, {Serial: "HW3", ContractID: ref.ContractID},
			{Serial: "HW0", ContractID: otherContract}, {ID: "of nobody", ContractID: otherContract},
			{ID: "s1", ContractID: ref.ContractID}, {ID: "s2", ContractID: otherContract}, {ID: "s3", ContractID: otherContract},
		} {
			k.ID, k.Params, k.SealedSecret, k.Created = cmp.Or(k.ID, k.Serial), api.DefaultTokenParams(), []byte{1}, now
			errs = append(errs, tx.InsertToken(t.Context(), k))
		}
		for user, token := range map[string]string{ref.ContractID + "issued2": "s1", otherContract + "issued2": "s2", otherContract + "Issued0": "s3",
			ref.ContractID + "issued1": "HW4", ref.ContractID + "Issued0": "HW4", otherContract + "issued1": ""} {
			errs = append(errs, tx.SetToken(t.Context(), user, token))
		}
		return errors.Join(errs...)
	})
	for contract, want := range map[string][]string{
		"":             {"HW1 []", "HW2 []", "s1 [issued2]", "HW3 []", "HW4 [Issued0 issued1]", "s3 [Issued0]", "s2 [issued2]", "HW0 []"},
		otherContract:  {"s3 [Issued0]", "s2 [issued2]", "HW0 []"},
		ref.ContractID: {"s1 [issued2]", "HW3 []", "HW4 [Issued0 issued1]"},
	} {
		for size := 1; size <= len(want)+1; size++ {
			s := store.TokenSelection{ContractID: contract, Limit: size}
			var got []string
			for len(got) < len(want) {
				page := tokens(t, st, s)
				if len(page) == 0 {
					break
				}
				for _, k := range page {
					got = append(got, fmt.Sprint(k.ID, " ", k.Users))
				}
				s.After = page[len(page)-1].Position()
			}
			if !slices.Equal(got, want) || len(tokens(t, st, s)) != 0 {
				t.Errorf("of %q in pages of %d: %q, want %q", contract, size, got, want)
			}
		}
	}
}

func tokens(t *testing.T, st *store.Store, s store.TokenSelection) (page []store.TokenHolders) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.Tx) (err error) {
		page, err = tx.Tokens(t.Context(), s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return page
}
