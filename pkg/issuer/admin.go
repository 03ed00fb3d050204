package issuer

import (
	"cmp"
	"context"
	"errors"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// AddContract implements api.Admin.
func (i *Issuer) AddContract(ctx context.Context, by api.Actor, n api.NewContract) (api.Contract, error) {
	id, err := i.ids.Contract(n.ID)
	if err != nil {
		return api.Contract{}, err
	}
	name, err := api.DisplayName("contract_name", n.Name)
	if err != nil {
		return api.Contract{}, err
	}
	now := i.now()
	c := store.Contract{ID: id, Name: name, Created: now}
	err = i.act(ctx, by, deployment, func(tx *store.Tx) error {
		if err := tx.InsertContract(ctx, c); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "contract add", contract: id, outcome: outcomeOK}, now)
	})
	if errors.Is(err, store.ErrExists) {
		return api.Contract{}, &api.Error{Code: api.Exists, Field: "contract_id", Value: id}
	}
	return contractView(c), translate(err)
}

// Contracts implements api.Admin.
func (i *Issuer) Contracts(ctx context.Context, by api.Actor) ([]api.Contract, error) {
	var all []api.Contract
	err := i.look(ctx, by, deployment, func(tx *store.Tx) error {
		rows, err := tx.Contracts(ctx)
		for _, c := range rows {
			all = append(all, contractView(c))
		}
		return err
	})
	return all, translate(err)
}

// Contract implements api.Admin.
func (i *Issuer) Contract(ctx context.Context, by api.Actor, id string) (api.Contract, error) {
	id, err := i.ids.Contract(id)
	if err != nil {
		return api.Contract{}, err
	}
	var c store.Contract
	err = i.look(ctx, by, id, func(tx *store.Tx) (err error) {
		c, err = tx.Contract(ctx, id)
		return err
	})
	if store.IsNotFound(err) {
		return api.Contract{}, noContract(id)
	}
	return contractView(c), translate(err)
}

func noContract(id string) error {
	return &api.Error{Code: api.NotFound, Field: "contract_id", Value: id}
}

func contractView(c store.Contract) api.Contract {
	status := api.StatusActive
	if !c.Suspended.IsZero() {
		status = api.StatusSuspended
	}
	return api.Contract{ID: c.ID, Name: c.Name, Status: status, Created: c.Created, Users: c.Users}
}

// AddUser implements api.Admin.
func (i *Issuer) AddUser(ctx context.Context, by api.Actor, n api.NewUser) (api.User, error) {
	now := i.now()
	u, err := i.newUser(n, now)
	if err != nil {
		return api.User{}, err
	}
	ref := u.Ref
	if n.PIN != "" {
		if err := i.may(ctx, by, ref.ContractID); err != nil { // before the policy of a contract is told, and a PIN hashed
			return api.User{}, err
		}
		if u.SealedPIN, err = i.firstPIN(n, ref.ContractID, u.ID); err != nil {
			return api.User{}, err
		}
	}
	if n.Token != nil || n.PIN != "" {
		u.Slot = store.Slot{State: api.SlotIssued, Issued: now}
	}
	var token *store.Token
	err = i.act(ctx, by, ref.ContractID, func(tx *store.Tx) error {
		suspended, err := tx.ContractSuspended(ctx, ref.ContractID)
		if err != nil {
			return err
		}
		if !suspended.IsZero() { // the time to acquire would run on
			return &api.Error{Code: api.Suspended, Field: "contract_id", Value: ref.ContractID}
		}
		if n.Token != nil {
			t, err := i.bringToken(ctx, tx, ref.ContractID, *n.Token, now)
			if err != nil {
				return err
			}
			token, u.TokenID = &t, t.ID
		}
		if err := tx.InsertUser(ctx, u); err != nil {
			return err
		}
		e := userEvent(by, "user add", ref)
		e.token = tokenName(token)
		return i.audit(ctx, tx, e, now)
	})
	if added, before := i.addedBefore(ctx, by, n.Key, ref, err); before {
		return i.userView(added, now), nil
	}
	switch {
	case store.IsNotFound(err):
		return api.User{}, noContract(ref.ContractID)
	case errors.Is(err, store.ErrExists):
		return api.User{}, &api.Error{Code: api.Exists, Field: "user_id", Value: ref.UserID}
	}
	return i.userView(store.Holder{User: u, Token: token}, now), translate(err)
}

// addedBefore looks, after an error, for a user who was added with this key. No
// matter what the error was, an unknown outcome included, they have been added.
func (i *Issuer) addedBefore(ctx context.Context, by api.Actor, key string, ref api.UserRef, err error) (store.Holder, bool) {
	if err == nil || key == "" {
		return store.Holder{}, false
	}
	var h store.Holder
	err = i.look(ctx, by, ref.ContractID, func(tx *store.Tx) (err error) {
		h, err = tx.HolderByID(ctx, key)
		return err
	})
	return h, err == nil && h.User.Ref.Same(ref) && h.User.Removed.IsZero()
}

// newUser returns the record of a user who has no token yet.
func (i *Issuer) newUser(n api.NewUser, now time.Time) (store.User, error) {
	ref, err := i.ids.Ref(n.Ref.ContractID, n.Ref.UserID)
	if err != nil {
		return store.User{}, err
	}
	name, err := api.DisplayName("display_name", n.Name)
	if err != nil {
		return store.User{}, err
	}
	emails, err := api.Emails(n.Emails)
	if err != nil {
		return store.User{}, err
	}
	n.Role = cmp.Or(n.Role, api.RoleUser)
	if err := checkRole(n.Role); err != nil {
		return store.User{}, err
	}
	if n.Key != "" && !api.ValidKey(n.Key) {
		return store.User{}, &api.Error{Code: api.Usage, Field: "key"}
	}
	return store.User{
		ID:      cmp.Or(n.Key, newID()),
		Ref:     ref,
		Name:    name,
		Emails:  emails,
		Role:    n.Role,
		Created: now,
		Slot:    store.Slot{State: api.SlotNotIssued},
	}, nil
}

// User implements api.Admin.
func (i *Issuer) User(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	ref, err := i.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return api.User{}, err
	}
	var h store.Holder
	err = i.look(ctx, by, ref.ContractID, func(tx *store.Tx) (err error) {
		h, err = tx.Holder(ctx, ref)
		return err
	})
	if store.IsNotFound(err) {
		return api.User{}, noUser(ref)
	}
	if err != nil {
		return api.User{}, translate(err)
	}
	return i.userView(h, i.now()), nil
}

func noUser(ref api.UserRef) error {
	return &api.Error{Code: api.NotFound, Field: "user_id", Value: ref.UserID}
}

func userEvent(by api.Actor, action string, ref api.UserRef) event {
	return event{actor: by, action: action, contract: ref.ContractID, user: ref.UserID, outcome: outcomeOK}
}

func (i *Issuer) userView(h store.Holder, now time.Time) api.User {
	state, deadline := i.stateOf(h, now)
	u := api.User{
		Ref:      h.User.Ref,
		Name:     h.User.Name,
		Emails:   h.User.Emails,
		Role:     h.User.Role,
		Status:   statusOf(h.User),
		Slot:     state,
		Deadline: deadline,
		Created:  h.User.Created,
		Issued:   h.User.Slot.Issued,
	}
	if !h.ContractSuspended.IsZero() {
		u.Status, u.ContractSuspended = api.StatusSuspended, true
	}
	if f := i.factorOf(h); f != nil {
		u.Factor, _ = f.kind()
	}
	if h.Token != nil {
		t := i.tokenView(*h.Token)
		u.Token = &t
	}
	if c := h.Certificate; c != nil {
		u.Certificate = &api.CertificateInfo{Serial: c.Serial, State: c.State, NotBefore: c.NotBefore, NotAfter: c.NotAfter}
	}
	return u
}
