package issuer

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// session is what a session token says. The backend keeps no copy of it.
type session struct {
	Ref   api.UserRef `json:"ref"`
	Begun int64       `json:"begun"` // Unix seconds
	Nonce string      `json:"nonce"`
	// Replace: a living certificate is to be replaced, and the policy allows it.
	Replace bool `json:"replace,omitempty"`
}

func (s session) begun() time.Time { return time.Unix(s.Begun, 0).UTC() }

// Begin implements api.Service.
func (i *Issuer) Begin(ctx context.Context, req api.BeginRequest) (api.Session, error) {
	ref, err := i.ids.Ref(req.ContractID, req.UserID)
	if err != nil {
		return api.Session{}, err
	}
	policy := i.policyOf(ref.ContractID)
	if req.Replace && policy.Replace != api.ReplaceAllow {
		return api.Session{}, api.Refuse(api.ReplaceDenied)
	}
	now := i.now()
	answer := api.Session{
		User:     ref,
		Factor:   api.FactorOTP,
		Digits:   api.DefaultTokenParams().Digits,
		Expires:  now.Add(policy.Session),
		KeyTypes: policy.KeyTypes,
	}
	h, err := i.admit(ctx, ref, req.Replace, now)
	if err != nil {
		return api.Session{}, err
	}
	if h != nil {
		answer.User, answer.Name = h.User.Ref, h.User.Name
		answer.Factor, answer.Digits = i.factorOf(*h).kind()
	}
	answer.Token, err = i.sealSession(session{Ref: answer.User, Begun: now.Unix(), Nonce: newID(), Replace: req.Replace})
	return answer, err
}

// admit refuses what could not succeed now, so that no code is spent on it.
// Where the policy is frank it looks at the user too and returns them; where it
// is uniform it returns nil, having read nothing about them.
func (i *Issuer) admit(ctx context.Context, ref api.UserRef, replace bool, now time.Time) (*store.Holder, error) {
	policy := i.policyOf(ref.ContractID)
	var holder *store.Holder
	err := i.st.View(ctx, func(tx *store.Tx) error {
		if _, refused, err := i.ending(ctx, tx, policy, now); refused != nil || err != nil {
			return refusedOr(refused, err)
		}
		if policy.Reveal != api.RevealFrank {
			return nil
		}
		h, err := tx.Holder(ctx, ref)
		if store.IsNotFound(err) {
			return noUser(ref)
		}
		if err != nil {
			return err
		}
		holder = &h
		if _, refused := i.mayProve(h, now); refused != nil {
			return refused
		}
		state, deadline := StateOf(h.User.Slot, h.Certificate, policy, now)
		if replace && living(state) {
			return nil
		}
		return refusedOr(mayAcquire(state, deadline), nil)
	})
	return holder, translate(err)
}

// refusedOr returns a refusal as an error, or else err.
func refusedOr(refused *api.Error, err error) error {
	if refused != nil {
		return refused
	}
	return err
}

const sessionAAD = "session"

func (i *Issuer) sealSession(s session) (string, error) {
	plain, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(i.sessions.Seal(plain, sessionAAD)), nil
}

// openSession reads a session token; SessionExpired for one that is not ours,
// since a person can do the same about both.
func (i *Issuer) openSession(token string) (session, error) {
	var s session
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return s, api.Fail(api.SessionExpired, err)
	}
	plain, err := i.sessions.Open(sealed, sessionAAD)
	if err != nil {
		return s, api.Fail(api.SessionExpired, err)
	}
	if err := json.Unmarshal(plain, &s); err != nil {
		return s, api.Fail(api.SessionExpired, err)
	}
	if i.void(s.begun()) {
		return s, api.Refuse(api.SessionExpired)
	}
	return s, nil
}
