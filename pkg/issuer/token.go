package issuer

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

func params(p api.TokenParams) otp.Params {
	return otp.Params{Digits: p.Digits, Period: p.Period, Algorithm: otp.Algorithm(p.Algorithm), Counter: p.Type == api.HOTP}
}

// checkParams refuses what is no token of ours.
func checkParams(p api.TokenParams) error {
	err := params(p).Validate()
	if err == nil && p.Type != api.TOTP && p.Type != api.HOTP {
		err = fmt.Errorf("%w: type %q", otp.ErrParams, p.Type)
	}
	if err != nil {
		return &api.Error{Code: api.Usage, Field: "otp", Err: err}
	}
	return nil
}

// tokenSecret returns the secret of a token, unsealed.
func (i *Issuer) tokenSecret(id string, sealed []byte) (otp.Secret, error) {
	secret, err := i.rows.Open(sealed, sealAAD("token", id))
	if err != nil {
		return nil, fmt.Errorf("unseal token: %w", err)
	}
	return secret, nil
}

// match compares a code with what a token shows, without changing anything.
func (i *Issuer) match(t store.Token, code string, now time.Time) (otp.Result, error) {
	secret, err := i.tokenSecret(t.ID, t.SealedSecret)
	if err != nil {
		return otp.Result{}, err
	}
	memory := otp.Memory{Next: t.NextStep, Drift: t.Drift}
	return params(t.Params).Match(secret, code, now, memory), nil
}

// newToken makes the record of a token that is new here.
func (i *Issuer) newToken(contractID string, p api.TokenParams, base32 api.Secret, now time.Time) (store.Token, error) {
	if err := checkParams(p); err != nil {
		return store.Token{}, err
	}
	secret, err := otp.DecodeSecret(string(base32))
	if err != nil {
		return store.Token{}, &api.Error{Code: api.Usage, Field: "otp", Err: err}
	}
	id := newID()
	return store.Token{
		ID:           id,
		ContractID:   contractID,
		Params:       p,
		SealedSecret: i.rows.Seal(secret, sealAAD("token", id)),
		Created:      now,
	}, nil
}

// bringToken records the software token that n is, or takes the hardware token
// that it names out of the inventory, for a user of a contract.
func (i *Issuer) bringToken(ctx context.Context, tx *store.Tx, contractID string, n api.NewToken, now time.Time) (store.Token, error) {
	if n.Serial != "" {
		return i.takeToken(ctx, tx, contractID, n, now)
	}
	if !n.Expires.IsZero() && !n.Expires.After(now) {
		return store.Token{}, &api.Error{Code: api.Usage, Field: "expires"}
	}
	t, err := i.newToken(contractID, n.Params, n.Secret, now)
	if err != nil {
		return t, err
	}
	t.Expires = n.Expires
	if err := i.confirm(&t, n.Code, now); err != nil {
		return t, err
	}
	return t, tx.InsertToken(ctx, t)
}

// takeToken takes a hardware token out of the inventory. One that another user
// has is taken only to be shared.
func (i *Issuer) takeToken(ctx context.Context, tx *store.Tx, contractID string, n api.NewToken, now time.Time) (store.Token, error) {
	serial, err := api.TokenSerial(n.Serial)
	if err != nil {
		return store.Token{}, err
	}
	if err := tx.LockToken(ctx, serial); err != nil {
		return store.Token{}, err
	}
	found, err := tx.TokenBySerial(ctx, serial)
	if store.IsNotFound(err) || err == nil && found.ContractID != "" && found.ContractID != contractID {
		return store.Token{}, &api.Error{Code: api.NotFound, Field: "serial", Value: serial}
	}
	if err != nil {
		return store.Token{}, err
	}
	if ended(found.Token, now) {
		return store.Token{}, &api.Error{Code: api.OTPExpired, Field: "serial", Value: serial}
	}
	held := len(found.Users) > 0
	if held && !n.Shared {
		return store.Token{}, &api.Error{Code: api.Exists, Field: "serial", Value: serial}
	}
	t := found.Token
	if !held {
		t.Confirmed = time.Time{} // that was another's
	}
	if err := i.confirm(&t, n.Code, now); err != nil {
		return t, err
	}
	if held { // a drift is learned of what one user has
		t.Drift = found.Drift
	}
	if t.NextStep != found.NextStep {
		won, err := tx.ResyncToken(ctx, t.ID, t.NextStep-1, t.Drift, now)
		if err != nil {
			return t, err
		}
		if !won {
			return t, api.Refuse(api.OTPSpent)
		}
	}
	if err := tx.AssignToken(ctx, t.ID, contractID); err != nil {
		return t, err
	}
	t.ContractID = contractID
	return t, tx.SetConfirmed(ctx, t.ID, t.Confirmed)
}

// ended tells whether a token is over. It is from the second on in which it ends:
// one that is lost opens nothing any more when that is answered.
func ended(t store.Token, now time.Time) bool { return !t.Expires.IsZero() && !t.Expires.After(now) }

// confirm compares a code that was asked back, if there is one. It must be of
// this moment, and is spent.
func (i *Issuer) confirm(t *store.Token, code api.Secret, now time.Time) error {
	if code == "" {
		return nil
	}
	if t.ResyncNeeded {
		return api.Refuse(api.OTPResyncNeeded)
	}
	result, err := i.match(*t, otp.Normalize(string(code)), now)
	if err != nil {
		return err
	}
	if result.Outcome != otp.Accepted {
		return api.Refuse(codeOf(result.Outcome))
	}
	t.NextStep, t.Drift, t.Confirmed = result.Step+1, result.Drift, now
	return nil
}

// RegisterToken implements api.Tokens.
func (i *Issuer) RegisterToken(ctx context.Context, by api.Actor, ref api.UserRef, n api.NewToken) (api.User, error) {
	return i.change(ctx, by, "otp register", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.Token != nil {
			return &api.Error{Code: api.Exists, Field: "token", Value: h.User.Ref.UserID}
		}
		return i.giveToken(ctx, tx, h, n, now)
	})
}

// ReplaceToken implements api.Tokens.
func (i *Issuer) ReplaceToken(ctx context.Context, by api.Actor, ref api.UserRef, n api.NewToken) (api.User, error) {
	if n.OldLost {
		by = because(by, tokenLost)
	}
	return i.change(ctx, by, "otp replace", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.Token == nil {
			return api.Refuse(api.OTPNotRegistered)
		}
		if n.OldLost { // before another is taken, which cannot be the same then
			if err := tx.EndToken(ctx, h.Token.ID, now); err != nil {
				return err
			}
		}
		return i.giveToken(ctx, tx, h, n, now)
	})
}

// giveToken gives a user a token, in the place of any that they have.
func (i *Issuer) giveToken(ctx context.Context, tx *store.Tx, h store.Holder, n api.NewToken, now time.Time) error {
	token, err := i.bringToken(ctx, tx, h.User.Ref.ContractID, n, now)
	if err != nil {
		return err
	}
	if err := tx.SetToken(ctx, h.User.ID, token.ID); err != nil {
		return err
	}
	return firstIssue(ctx, tx, h.User, now)
}

// firstIssue issues a slot that never was.
func firstIssue(ctx context.Context, tx *store.Tx, u store.User, now time.Time) error {
	if u.Slot.State != api.SlotNotIssued {
		return nil
	}
	return tx.SetIssued(ctx, u.ID, now)
}

// tokenLost is why a token ends in the audit log. It does for good: whoever has a
// counter can write down codes that stay right.
const tokenLost = "lost"

// RemoveToken implements api.Tokens.
func (i *Issuer) RemoveToken(ctx context.Context, by api.Actor, ref api.UserRef, lost bool) (api.User, error) {
	if lost {
		by = because(by, tokenLost)
	}
	return i.change(ctx, by, "otp remove", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.Token == nil {
			return api.Refuse(api.OTPNotRegistered)
		}
		if lost {
			if err := tx.EndToken(ctx, h.Token.ID, now); err != nil {
				return err
			}
		}
		return tx.SetToken(ctx, h.User.ID, "")
	})
}

// ResyncToken implements api.Tokens.
func (i *Issuer) ResyncToken(ctx context.Context, by api.Actor, ref api.UserRef, first, second api.Secret) (api.User, error) {
	return i.change(ctx, by, "otp resync", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.Token == nil {
			return api.Refuse(api.OTPNotRegistered)
		}
		t := *h.Token
		secret, err := i.tokenSecret(t.ID, t.SealedSecret)
		if err != nil {
			return err
		}
		result := params(t.Params).Resync(secret, otp.Normalize(string(first)), otp.Normalize(string(second)), now,
			otp.Memory{Next: t.NextStep, Drift: t.Drift})
		if result.Outcome != otp.Accepted {
			return api.Refuse(codeOf(result.Outcome))
		}
		won, err := tx.ResyncToken(ctx, t.ID, result.Step, result.Drift, now)
		if err == nil && !won {
			return api.Refuse(api.OTPSpent)
		}
		return err
	})
}

// firstPIN returns what is kept of the PIN of a new user, who has no token.
func (i *Issuer) firstPIN(n api.NewUser, contractID, userID string) ([]byte, error) {
	if n.Token != nil {
		return nil, &api.Error{Code: api.PINRefused, Field: "token"}
	}
	if !i.policyOf(contractID).PINs() {
		return nil, &api.Error{Code: api.PINRefused, Field: "policy"}
	}
	hash, err := hashPIN(n.PIN)
	if err != nil {
		return nil, err
	}
	return i.sealPIN(userID, hash), nil
}

// ResetPIN implements api.Tokens.
func (i *Issuer) ResetPIN(ctx context.Context, by api.Actor, ref api.UserRef, pin api.Secret) (api.User, error) {
	ref, err := i.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return api.User{}, err
	}
	if err := i.may(ctx, by, ref.ContractID); err != nil { // before a PIN is hashed
		return api.User{}, err
	}
	hash, err := hashPIN(pin)
	if err != nil {
		return api.User{}, err
	}
	return i.change(ctx, by, "pin reset", ref, func(tx *store.Tx, h store.Holder, now time.Time) error {
		if h.Token != nil {
			return &api.Error{Code: api.PINRefused, Field: "token"}
		}
		if !i.policyOf(h.User.Ref.ContractID).PINs() {
			return &api.Error{Code: api.PINRefused, Field: "policy"}
		}
		if err := tx.SetPIN(ctx, h.User.ID, i.sealPIN(h.User.ID, hash)); err != nil {
			return err
		}
		return firstIssue(ctx, tx, h.User, now)
	})
}

// tokenEvent is what the audit row of an act on a user says of their token: which
// it is where the act is about it, or which took the place of which.
func tokenEvent(action string, before, after *store.Token) string {
	switch {
	case before == nil:
		return tokenName(after)
	case after == nil:
		return tokenName(before)
	case before.ID != after.ID:
		return tokenName(before) + " -> " + tokenName(after)
	case action == "otp resync":
		return tokenName(after)
	}
	return ""
}

// tokenName is a token in the audit log. A serial is in upper case.
func tokenName(t *store.Token) string {
	if t == nil {
		return ""
	}
	return cmp.Or(t.Serial, "software")
}
