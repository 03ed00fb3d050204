package issuer_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"certctl/pkg/api"
)

// ofAdministrators are the methods of api.Admin that an administrator may call,
// for their own contract. Every other one is the operator's.
func ofAdministrators() []string {
	return []string{
		"AddUser", "Contract", "HardwareToken", "ImportTokens", "Issue", "RegisterToken", "Reissue", "RemoveToken", "RemoveUser",
		"ReplaceToken", "ResetPIN", "Resume", "ResyncToken", "RevokeUser", "SetUser", "SuspendUser", "Tokens", "User", "Users",
	}
}

func TestEveryActAsEveryRole(t *testing.T) {
	const other, suspended = "98765432109", "55555555555"
	b := newBackend(t, nil)
	b.addUser(tanaka)
	admin := func(contract, user string) api.Actor {
		ref := api.UserRef{ContractID: contract, UserID: user}
		must(b.AddUser(t.Context(), operator, api.NewUser{Ref: ref, Role: api.RoleAdmin, Token: b.token()}))
		return api.Actor{Name: user, Role: api.RoleAdmin, User: ref, Force: true}
	}
	for _, id := range []string{other, suspended} {
		must(b.AddContract(t.Context(), operator, api.NewContract{ID: id}))
	}
	able, locked := admin(contractID, "able"), admin(contractID, "locked")
	for range b.policy.UserAttempts {
		b.complete(b.begin(locked.User), b.wrong(), newCSR(t))
	}
	paused := admin(contractID, "paused")
	must(b.SuspendUser(t.Context(), operator, paused.User))
	demoted, user := admin(contractID, "demoted"), api.RoleUser
	must(b.SetUser(t.Context(), operator, demoted.User, api.UserChange{Role: &user}))
	gone := admin(contractID, "gone")
	must(b.RemoveUser(t.Context(), operator, gone.User))
	stopped := admin(suspended, "stopped")
	must(b.SuspendContract(t.Context(), operator, suspended))

	for name, c := range map[string]struct {
		by       api.Actor
		contract string
		may      func(method string) bool
	}{
		"operator":                            {operator, contractID, everything},
		"administrator":                       {able, contractID, onlyOwn},
		"administrator who is locked out":     {locked, contractID, onlyOwn},
		"administrator of another contract":   {admin(other, "stranger"), contractID, foreign},
		"administrator, of no contract there": {able, "11111111111", foreign},
		"administrator who is suspended":      {paused, contractID, nothing},
		"administrator no more":               {demoted, contractID, nothing},
		"administrator who is removed":        {gone, contractID, nothing},
		"administrator of a suspended one":    {stopped, suspended, nothing},
		"user":                                {api.Actor{Role: api.RoleUser, User: tanaka}, contractID, nothing},
		"nobody":                              {api.Actor{}, contractID, nothing},
		"an unknown role":                     {api.Actor{Role: "root", User: able.User}, contractID, nothing},
	} {
		acts := reflect.TypeFor[api.Admin]()
		for n := range acts.NumMethod() {
			method := acts.Method(n).Name
			before := b.stored()
			err := b.call(c.by, c.contract, method)
			if refused := isForbidden(err); refused == c.may(method) {
				t.Errorf("%s: %s: %v", name, method, err)
			}
			if !c.may(method) && b.stored() != before {
				t.Errorf("%s: %s was refused and has written", name, method)
			}
		}
	}
	b.wantAuditOK()
}

// What a contract's policy is, is no answer to an administrator of another one.
func TestAPolicyIsNotToldToStrangers(t *testing.T) {
	b := newBackend(t, nil)
	b.withStrict(func(p *api.Policy) { p.AcquireAuth = api.AuthOTP })
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Role: api.RoleAdmin}))
	by := api.Actor{Name: "tanaka", Role: api.RoleAdmin, User: tanaka}
	other := api.UserRef{ContractID: strict, UserID: "suzuki"}
	_, err := b.AddUser(t.Context(), by, api.NewUser{Ref: other, PIN: "abc123"})
	wantCode(t, "a PIN in another contract", err, api.Forbidden)
	_, err = b.ResetPIN(t.Context(), by, other, "!")
	wantCode(t, "no PIN in another contract", err, api.Forbidden)
}

// An administrator's contract has one ID, however they write it.
func TestEverySpellingOfAContractIsTheAdministratorsOwn(t *testing.T) {
	b := newBackend(t, nil)
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka, Role: api.RoleAdmin}))
	by := api.Actor{Name: "tanaka", Role: api.RoleAdmin, User: tanaka}
	written := api.UserRef{ContractID: " １２３４５６７８９０１", UserID: "SUZUKI"}
	must(b.AddUser(t.Context(), by, api.NewUser{Ref: written}))
	_, err := b.ResetPIN(t.Context(), by, written, "abc123")
	wantCode(t, "a PIN", err, "")
	_, err = b.SuspendUser(t.Context(), by, written)
	wantCode(t, "a suspension", err, "")
}

// An act that is only tried writes nothing, whichever it is: none has to ask.
func TestNoActThatIsTriedIsDone(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.clock.advance(75 * day)
	due := must(b.DueNotices(t.Context(), operator))
	tried := operator
	tried.DryRun = true
	if won, err := b.ClaimNotices(t.Context(), tried, due); err == nil {
		t.Errorf("%d notices were claimed by an act that is only tried", len(won))
	}
	if won := must(b.ClaimNotices(t.Context(), operator, due)); len(won) != len(due) || len(won) == 0 {
		t.Errorf("%d of %d notices are left", len(won), len(due))
	}
	if err := b.SettleNotices(t.Context(), tried, due, false); err == nil {
		t.Error("notices were given back by an act that is only tried")
	}
}

func everything(string) bool     { return true }
func nothing(string) bool        { return false }
func onlyOwn(method string) bool { return slices.Contains(ofAdministrators(), method) }

// foreign is what is not refused as such: a serial is of no contract until it
// was looked for, and then of none that this administrator sees.
func foreign(method string) bool { return method == "HardwareToken" }

func isForbidden(err error) bool {
	e := (*api.Error)(nil)
	return errors.As(err, &e) && e.Code == api.Forbidden
}

// call calls a method of api.Admin for a contract, so that nothing is written:
// the act is only tried, or is on nothing that there is.
func (b *backend) call(by api.Actor, contract, method string) error {
	by.DryRun = true
	m := reflect.ValueOf(b.Issuer).MethodByName(method)
	args := []reflect.Value{reflect.ValueOf(b.t.Context()), reflect.ValueOf(by)}
	for n := 2; n < m.Type().NumIn(); n++ {
		args = append(args, argument(m.Type().In(n), contract))
	}
	call := m.Call
	if m.Type().IsVariadic() {
		call = m.CallSlice
	}
	results := call(args)
	err, _ := results[len(results)-1].Interface().(error)
	return err
}

// argument makes an argument of a type: a string is the ID of the contract, as is
// a field that names one.
func argument(t reflect.Type, contract string) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case t == reflect.TypeFor[api.UserRef]():
		v.Set(reflect.ValueOf(api.UserRef{ContractID: contract, UserID: tanaka.UserID}))
	case t == reflect.TypeFor[api.Reason]():
		v.SetString(string(api.ReasonSuperseded))
	case t.Kind() == reflect.String:
		v.SetString(contract)
	case t.Kind() == reflect.Func:
		return reflect.MakeFunc(t, func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.Zero(t.Out(0))} })
	case t.Kind() == reflect.Struct:
		for n := range t.NumField() {
			if f := t.Field(n); slices.Contains([]string{"Ref", "ID", "ContractID"}, f.Name) {
				v.Field(n).Set(argument(f.Type, contract))
			}
		}
	}
	return v
}
