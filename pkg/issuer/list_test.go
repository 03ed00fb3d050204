package issuer_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"certctl/pkg/api"
)

// newRoll is a backend with users in every state, on both sides of each edge, in
// two contracts: for one everything lasts a third of what it does for the other.
func newRoll(t *testing.T) *backend {
	b := newBackend(t, nil)
	own := b.policy
	b.withStrict(func(p *api.Policy) {
		p.AcquireWithin, p.RenewFrom, p.ReacquireWithin = p.AcquireWithin/4, p.RenewFrom/3, p.ReacquireWithin/3
		own = *p
	})
	must(b.AddContract(t.Context(), operator, api.NewContract{ID: strict}))
	for contract, p := range map[string]api.Policy{contractID: b.policy, strict: own} {
		for n, edge := range []time.Duration{-p.AcquireWithin, 0, p.RenewFrom, -p.ReacquireWithin} {
			for off := range 3 {
				at := start.Add(edge + time.Duration(off-1)*time.Second).Unix()
				ref := api.UserRef{ContractID: contract, UserID: fmt.Sprintf("u%d%d", n, off)}
				b.addUser(ref)
				if n == 0 {
					b.alter(`UPDATE users SET issued_at = $1, slot_at = $1 WHERE contract_id = $2 AND user_id = $3`, at, contract, ref.UserID)
					continue
				}
				b.alter(`INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256, subject_o, subject_uid, subject_cn,
					not_before, not_after, created_at)
					SELECT id, id, (SELECT serial FROM authorities WHERE kind = 'issuing'), 'good', '', id, '', '', '', 0, $1, 0
					FROM users WHERE contract_id = $2 AND user_id = $3`, at, contract, ref.UserID)
				b.alter(`UPDATE users SET slot_state = 'active', current_serial = id, slot_at = $1 WHERE contract_id = $2 AND user_id = $3`,
					at, contract, ref.UserID)
			}
		}
		must(b.AddUser(t.Context(), operator, api.NewUser{Ref: api.UserRef{ContractID: contract, UserID: "none"}}))
		b.addUser(api.UserRef{ContractID: contract, UserID: "revoked"})
		must(b.RevokeUser(t.Context(), operator, api.UserRef{ContractID: contract, UserID: "revoked"}, api.ReasonSuperseded))
		b.addUser(api.UserRef{ContractID: contract, UserID: "gone"})
		must(b.RemoveUser(t.Context(), operator, api.UserRef{ContractID: contract, UserID: "gone"}))
	}
	return b
}

// pages reads a list in pages of a size, and calls between after each.
func (b *backend) pages(q api.UserQuery, size int, between func()) []api.User {
	b.t.Helper()
	var all []api.User
	for q.Limit = size; ; {
		page := must(b.Users(b.t.Context(), operator, q))
		if len(page.Users) > size || page.Next != "" && len(page.Users) < size {
			b.t.Fatalf("%+v: a page of %d, then %q", q, len(page.Users), page.Next)
		}
		all = append(all, page.Users...)
		if page.Next == "" {
			return all
		}
		q.After = page.Next
		between()
	}
}

func refs(users []api.User) []api.UserRef {
	var all []api.UserRef
	for _, u := range users {
		all = append(all, u.Ref)
	}
	return all
}

// TestEveryUserIsListedUnderTheirState compares each list with the whole, in
// which StateOf says what everybody's state is.
func TestEveryUserIsListedUnderTheirState(t *testing.T) {
	b := newRoll(t)
	listed := 0
	all := b.pages(api.UserQuery{}, 100, nil)
	for _, state := range api.ListedStates() {
		for _, contract := range []string{"", contractID, strict} {
			var want []api.UserRef
			for _, u := range all {
				if u.Slot == state && (contract == "" || u.Ref.ContractID == contract) {
					want = append(want, u.Ref)
				}
			}
			if len(want) == 0 {
				t.Errorf("nobody is in %s", state)
			}
			got := b.pages(api.UserQuery{State: state, ContractID: contract}, 1, func() {})
			if !slices.IsSortedFunc(got, func(a, b api.User) int { return moment(a).Compare(moment(b)) }) {
				t.Errorf("%s of %q is not in the order of time: %v", state, contract, refs(got))
			}
			sorted := refs(got)
			slices.SortFunc(sorted, func(a, b api.UserRef) int { return slices.Index(refs(all), a) - slices.Index(refs(all), b) })
			if !slices.Equal(sorted, want) {
				t.Errorf("%s of %q: %v, want %v", state, contract, sorted, want)
			}
			if contract == "" {
				listed += len(got)
			}
		}
	}
	if listed != len(all) || len(all) != 28 {
		t.Errorf("%d listed by state, of %d users", listed, len(all))
	}
}

// moment is what the lists by state are in the order of.
func moment(u api.User) time.Time {
	if u.Certificate != nil {
		return u.Certificate.NotAfter
	}
	return u.Issued
}

func TestFiltersOfUsersCombine(t *testing.T) {
	b := newRoll(t)
	noToken, locked, suspended := api.UserRef{ContractID: contractID, UserID: "u11"}, api.UserRef{ContractID: contractID, UserID: "u12"},
		api.UserRef{ContractID: contractID, UserID: "u20"}
	must(b.RemoveToken(t.Context(), operator, noToken, false))
	b.alter(`UPDATE users SET locked_at = 1 WHERE contract_id = $1 AND user_id = $2`, locked.ContractID, locked.UserID)
	must(b.SuspendUser(t.Context(), operator, suspended))
	must(b.SuspendContract(t.Context(), operator, strict))
	for name, c := range map[string]struct {
		q    api.UserQuery
		want []string
	}{
		// The second before, at and after each of: now (u1x), 30 days from now (u2x).
		"expiring":                     {api.UserQuery{Expiring: 30 * day, ContractID: contractID}, []string{"u11", "u12", "u20", "u21"}},
		"expiring, to be renewed":      {api.UserQuery{Expiring: 60 * day, State: api.SlotRenewable, ContractID: contractID}, []string{"u11", "u12", "u20", "u21"}},
		"expiring, not to be renewed":  {api.UserQuery{Expiring: 30*day + time.Second, State: api.SlotActive, ContractID: contractID}, []string{"u22"}},
		"expiring, and it is expired":  {api.UserQuery{Expiring: 30 * day, State: api.SlotExpiredReacquirable}, nil},
		"expiring, and nothing issued": {api.UserQuery{Expiring: 30 * day, State: api.SlotNotIssued}, nil},
		"expiring without a token":     {api.UserQuery{Expiring: 30 * day, NoToken: true}, []string{"u11"}},
		"expiring, and locked":         {api.UserQuery{Expiring: 30 * day, Status: api.StatusLocked}, []string{"u12"}},
		"expiring, and suspended":      {api.UserQuery{Expiring: time.Second, Status: api.StatusSuspended}, []string{"u11", "u12"}},
		"without a token":              {api.UserQuery{NoToken: true, ContractID: contractID}, []string{"none", "u11"}},
		"suspended":                    {api.UserQuery{Status: api.StatusSuspended, ContractID: contractID}, []string{"u20"}},
	} {
		got := []string(nil)
		for _, u := range b.pages(c.q, 100, nil) {
			got = append(got, u.Ref.UserID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if all := b.pages(api.UserQuery{Status: api.StatusSuspended}, 100, nil); len(all) != 1+14 || !all[1].ContractSuspended || all[0].ContractSuspended {
		t.Errorf("of a suspended contract everybody is suspended: %+v", all)
	}
}

// TestNobodyIsLostWhileOthersComeAndGo changes users between pages, before and
// behind the place that a list has come to.
func TestNobodyIsLostWhileOthersComeAndGo(t *testing.T) {
	for name, q := range map[string]api.UserQuery{
		"by ID": {}, "of a contract": {ContractID: contractID}, "by time": {State: api.SlotAcquirable}, "expiring": {Expiring: 366 * day},
	} {
		b := newBackend(t, nil)
		ref := func(id string) api.UserRef { return api.UserRef{ContractID: contractID, UserID: id} }
		add := func(id string) {
			b.addUser(ref(id))
			b.clock.advance(time.Minute)
			if q.Expiring > 0 {
				must(b.acquire(ref(id), b.code(0), newCSR(t)))
			}
		}
		for _, id := range []string{"b", "d", "f", "h", "j", "l"} {
			add(id)
		}
		changes := []func(){
			func() { add("a"); must(b.RemoveUser(t.Context(), operator, ref("d"))) }, // after b, d
			func() { add("z"); must(b.RemoveUser(t.Context(), operator, ref("j"))) }, // after f, h
			func() {},
		}
		var ids string
		for _, u := range b.pages(q, 2, func() { changes[0](); changes = changes[1:] }) {
			ids += u.Ref.UserID
		}
		want := "bdfhlz"
		if q.State != "" || q.Expiring > 0 {
			want = "bdfhlaz" // in the order of time
		}
		if ids != want {
			t.Errorf("%s: %q, want %q", name, ids, want)
		}
	}
}

func TestAPlaceIsOneInItsOwnListOnly(t *testing.T) {
	b := newRoll(t)
	next := func(q api.UserQuery) string {
		q.Limit = 1
		return must(b.Users(t.Context(), operator, q)).Next
	}
	expiring := api.UserQuery{Expiring: 30 * day}
	for name, c := range map[string]struct {
		q     api.UserQuery
		after string
		want  api.Code
	}{
		"its own":           {expiring, next(expiring), ""},
		"of the same order": {expiring, next(api.UserQuery{State: api.SlotRenewable}), ""},
		"of all":            {expiring, next(api.UserQuery{}), api.Usage},
		"of another state":  {expiring, next(api.UserQuery{State: api.SlotAcquirable}), api.Usage},
		"no cursor at all":  {expiring, "tanaka", api.Usage},
		"cut off":           {expiring, next(expiring)[1:], api.Usage},
		"other JSON":        {expiring, "e30", api.Usage},
	} {
		c.q.After = c.after
		_, err := b.Users(t.Context(), operator, c.q)
		wantCode(t, name, err, c.want)
	}
	_, err := b.Users(t.Context(), operator, api.UserQuery{State: "issued"})
	wantCode(t, "a state that nobody is in", err, api.Usage)
	_, err = b.Users(t.Context(), operator, api.UserQuery{Status: api.StatusActive})
	wantCode(t, "a status by which nobody is listed", err, api.Usage)
}

func TestTokensComeInPages(t *testing.T) {
	b := newRoll(t)
	q := api.TokenQuery{ContractID: contractID, Limit: 1000}
	all := must(b.Tokens(t.Context(), operator, q))
	var paged []api.TokenInfo
	for q.Limit = 5; ; {
		page := must(b.Tokens(t.Context(), operator, q))
		paged = append(paged, page.Tokens...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	if len(all.Tokens) != 13 || all.Next != "" || !reflect.DeepEqual(paged, all.Tokens) {
		t.Errorf("in pages: %v, whole: %v", paged, all)
	}
	q.After = must(b.Users(t.Context(), operator, api.UserQuery{Limit: 1})).Next
	_, err := b.Tokens(t.Context(), operator, q)
	wantCode(t, "a place in the list of users", err, api.Usage)
}
