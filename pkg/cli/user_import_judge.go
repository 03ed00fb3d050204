package cli

import (
	"cmp"
	"context"
	"slices"

	"certctl/pkg/api"
	"certctl/pkg/roster"
)

// What can be wrong with a list that only the backend knows.
const (
	faultNoContract   roster.Fault = "no_contract"
	faultSuspended    roster.Fault = "suspended_contract"
	faultNoToken      roster.Fault = "no_token"
	faultTokenExpired roster.Fault = "token_expired"
	faultTokenTaken   roster.Fault = "token_taken"
	faultNoPINs       roster.Fault = "no_pins"
)

// judge plans the import, and refuses the list with all that the backend knows to
// be wrong with it. It tells whether the result file is there already.
func (i *userImport) judge(ctx context.Context) (existed bool, err error) {
	problems, err := i.contracts(ctx)
	if err != nil {
		return false, err
	}
	if existed, err = i.plan(ctx); err != nil {
		return false, err
	}
	for n, row := range i.rows {
		if i.entries[n].Outcome.Done() || i.there[importKey(row.Ref)] {
			continue // nobody is given anything
		}
		fault, err := i.factorFault(ctx, row)
		if err != nil {
			return false, err
		}
		if fault != "" {
			value := cmp.Or(row.Serial, row.OTP)
			problems = append(problems, roster.Problem{Line: row.Line, Column: roster.OTP, Value: value, Fault: fault})
		}
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b roster.Problem) int { return a.Line - b.Line })
		return false, i.wrong(problems)
	}
	return existed, nil
}

// contracts finds out which users the contracts of a list have already, and which
// contracts take no users.
func (i *userImport) contracts(ctx context.Context) ([]roster.Problem, error) {
	i.there = map[string]bool{}
	var problems []roster.Problem
	asked := map[string]bool{}
	for _, row := range i.rows {
		id := row.Ref.ContractID
		if asked[id] {
			continue
		}
		asked[id] = true
		fault, err := i.contract(ctx, id)
		if err != nil {
			return nil, err
		}
		if fault != "" {
			problems = append(problems, roster.Problem{Line: row.Line, Column: roster.ContractID, Value: id, Fault: fault})
		}
	}
	return problems, nil
}

// contract notes the users of a contract, or returns what is wrong with it. Whom
// nobody may let in is not added: the time to acquire would run on.
func (i *userImport) contract(ctx context.Context, id string) (roster.Fault, error) {
	c, err := i.admin.Contract(ctx, i.by, id)
	switch {
	case api.CodeOf(err) == api.NotFound:
		return faultNoContract, nil
	case err != nil:
		return "", err
	case c.Status == api.StatusSuspended:
		return faultSuspended, nil
	}
	_, err = eachUser(ctx, i.admin, i.by, api.UserQuery{ContractID: id}, pageFlags{}, func(u api.User) error {
		i.there[importKey(u.Ref)] = true
		return nil
	})
	return "", err
}

// factorFault returns why a user cannot have the PIN or the hardware token that
// the list gives them; empty where they can.
func (i *userImport) factorFault(ctx context.Context, row roster.Row) (roster.Fault, error) {
	if row.OTP == roster.PIN {
		return i.pinFault(row.Ref.ContractID)
	}
	if row.Serial == "" {
		return "", nil
	}
	t, err := i.admin.HardwareToken(ctx, i.by, row.Serial)
	switch {
	case api.CodeOf(err) == api.NotFound:
		return faultNoToken, nil
	case err != nil:
		return "", err
	case t.ContractID != "" && t.ContractID != row.Ref.ContractID:
		return faultNoToken, nil
	case !t.Expires.IsZero() && !t.Expires.After(i.app.process.now()):
		return faultTokenExpired, nil
	case len(t.Users) > 0:
		return faultTokenTaken, nil
	}
	return "", nil
}

// pinFault returns why a user of a contract cannot have a PIN; empty where they
// can.
func (i *userImport) pinFault(contractID string) (roster.Fault, error) {
	c, err := i.app.config()
	if err != nil {
		return "", err
	}
	policy, err := c.of(contractID).policy()
	if err != nil || policy.PINs() {
		return "", err
	}
	return faultNoPINs, nil
}
