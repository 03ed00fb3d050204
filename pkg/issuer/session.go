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
}

func (s session) begun() time.Time { return time.Unix(s.Begun, 0).UTC() }

// Begin implements api.Service.
func (i *Issuer) Begin(ctx context.Context, req api.BeginRequest) (api.Session, error) {
	ref, err := i.ids.Ref(req.ContractID, req.UserID)
	if err != nil {
		return api.Session{}, err
	}
	now := i.now()
	answer := api.Session{
		User:     ref,
		Factor:   api.FactorOTP,
		Digits:   api.DefaultTokenParams().Digits,
		Expires:  now.Add(i.policy.Session),
		KeyTypes: i.policy.KeyTypes,
	}
	if i.policy.Reveal == api.RevealFrank {
		h, err := i.beginFrank(ctx, ref, now)
		if err != nil {
			return api.Session{}, err
		}
		answer.User, answer.Name, answer.Digits = h.User.Ref, h.User.Name, h.Token.Params.Digits
	}
	answer.Token, err = i.sealSession(session{Ref: answer.User, Begun: now.Unix(), Nonce: newID()})
	return answer, err
}

// beginFrank reads the user and refuses whoever could not acquire now, so that
// no code is spent on it.
func (i *Issuer) beginFrank(ctx context.Context, ref api.UserRef, now time.Time) (store.Holder, error) {
	var h store.Holder
	err := i.st.View(ctx, func(tx *store.Tx) (err error) {
		h, err = tx.Holder(ctx, ref)
		if store.IsNotFound(err) {
			return &api.Error{Code: api.NotFound, Field: "user_id", Value: ref.UserID}
		}
		if err != nil {
			return err
		}
		if refused := standing(h); refused != nil {
			return refused
		}
		if refused := mayAcquire(StateOf(h.User.Slot, h.Certificate, i.policy, now)); refused != nil {
			return refused
		}
		issuing, err := tx.CurrentAuthority(ctx, store.Issuing)
		if err != nil {
			return err
		}
		refused, err := i.ending(issuing, now)
		if refused != nil {
			return refused
		}
		return err
	})
	return h, translate(err)
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
	return s, nil
}
