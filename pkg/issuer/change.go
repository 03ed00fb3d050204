package issuer

import (
	"context"
	"errors"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// SetUser implements api.Admin. It writes the columns that change and no other:
// of two administrators at once, neither undoes what the other did.
func (i *Issuer) SetUser(ctx context.Context, by api.Actor, ref api.UserRef, c api.UserChange) (api.User, error) {
	c, err := checked(c)
	if err != nil {
		return api.User{}, err
	}
	return i.change(ctx, by, "user set", ref, func(tx *store.Tx, h store.Holder, _ time.Time) error {
		id := h.User.ID
		if c.Name != nil {
			if err := tx.SetName(ctx, id, *c.Name); err != nil {
				return err
			}
		}
		if c.Emails != nil {
			if err := tx.SetEmails(ctx, id, *c.Emails); err != nil {
				return err
			}
		}
		if c.Role == nil {
			return nil
		}
		if *c.Role != api.RoleAdmin {
			if err := keepsAdmin(ctx, tx, by, h.User); err != nil {
				return err
			}
		}
		return tx.SetRole(ctx, id, *c.Role)
	})
}

// checked returns a change as its fields are kept.
func checked(c api.UserChange) (api.UserChange, error) {
	if c.Name != nil {
		name, err := api.DisplayName("display_name", *c.Name)
		if err != nil {
			return c, err
		}
		c.Name = &name
	}
	if c.Emails != nil {
		emails, err := api.Emails(*c.Emails)
		if err != nil {
			return c, err
		}
		c.Emails = &emails
	}
	if c.Role == nil {
		return c, nil
	}
	return c, checkRole(*c.Role)
}

// checkRole refuses what is no role of a user.
func checkRole(r api.Role) error {
	if r != api.RoleUser && r != api.RoleAdmin {
		return &api.Error{Code: api.Usage, Field: "role", Value: string(r)}
	}
	return nil
}

// keepsAdmin refuses to take from a contract the last administrator who can act.
// The contract is locked first: two who go at once would each count the other.
func keepsAdmin(ctx context.Context, tx *store.Tx, by api.Actor, u store.User) error {
	if by.Force && by.Role == api.RoleOperator || u.Role != api.RoleAdmin || statusOf(u) != api.StatusActive {
		return nil
	}
	if err := tx.LockContract(ctx, u.Ref.ContractID); err != nil {
		return err
	}
	others, err := tx.OtherAdmins(ctx, u.Ref.ContractID, u.ID)
	if err == nil && others == 0 {
		return api.Refuse(api.LastAdmin)
	}
	return err
}

// RevokeUser implements api.Admin.
func (i *Issuer) RevokeUser(ctx context.Context, by api.Actor, ref api.UserRef, reason api.Reason) (api.User, error) {
	reason, err := api.ParseReason(string(reason))
	if err != nil {
		return api.User{}, err
	}
	return i.change(ctx, because(by, string(reason)), "user revoke", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.User.Slot.State == api.SlotNotIssued {
			return api.Refuse(api.NotIssued)
		}
		if err := tx.RevokeUnexpired(ctx, h.User.ID, string(reason), now); err != nil {
			return err
		}
		if reason == api.ReasonKeyCompromise {
			if err := tx.SetCompromised(ctx, h.User.ID, now); err != nil {
				return err
			}
		}
		return tx.SetRevoked(ctx, h.User.ID)
	})
}

// because is an actor with a reason that has a name, before the one in their own
// words.
func because(by api.Actor, reason string) api.Actor {
	if by.Why != "" {
		reason += ": " + by.Why
	}
	by.Why = reason
	return by
}

// SuspendUser implements api.Admin.
func (i *Issuer) SuspendUser(ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	return i.change(ctx, by, "user suspend", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if err := keepsAdmin(ctx, tx, by, h.User); err != nil {
			return err
		}
		return tx.SetSuspended(ctx, h.User.ID, now)
	})
}

// SetContract implements api.Admin.
func (i *Issuer) SetContract(ctx context.Context, by api.Actor, id, name string) (api.Contract, error) {
	name, err := api.DisplayName("contract_name", name)
	if err != nil {
		return api.Contract{}, err
	}
	return i.changeContract(ctx, by, "contract set", id, func(tx *store.Tx, id string, _ time.Time) error {
		return tx.SetContractName(ctx, id, name)
	})
}

// SuspendContract implements api.Admin.
func (i *Issuer) SuspendContract(ctx context.Context, by api.Actor, id string) (api.Contract, error) {
	return i.changeContract(ctx, by, "contract suspend", id, func(tx *store.Tx, id string, now time.Time) error {
		return tx.SuspendContract(ctx, id, now)
	})
}

// ResumeContract implements api.Admin.
func (i *Issuer) ResumeContract(ctx context.Context, by api.Actor, id string) (api.Contract, error) {
	return i.changeContract(ctx, by, "contract resume", id, func(tx *store.Tx, id string, _ time.Time) error {
		return tx.ResumeContract(ctx, id)
	})
}

// changeContract is change for one contract, which is the operator's.
func (i *Issuer) changeContract(ctx context.Context, by api.Actor, action, id string,
	act func(*store.Tx, string, time.Time) error) (api.Contract, error) {
	id, err := i.ids.Contract(id)
	if err != nil {
		return api.Contract{}, err
	}
	if by.Why, err = api.Why(by.Why); err != nil {
		return api.Contract{}, err
	}
	now := i.now()
	var c store.Contract
	err = i.act(ctx, by, deployment, func(tx *store.Tx) error {
		if err := act(tx, id, now); err != nil {
			return err
		}
		if c, err = tx.Contract(ctx, id); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: action, contract: id, outcome: outcomeOK}, now)
	})
	switch {
	case store.IsNotFound(err):
		return api.Contract{}, noContract(id)
	case err != nil && !errors.Is(err, errRehearsed):
		return api.Contract{}, translate(err)
	}
	return contractView(c), nil
}
