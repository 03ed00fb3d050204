package issuer

import (
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

func params(p api.TokenParams) otp.Params {
	return otp.Params{Digits: p.Digits, Period: p.Period, Algorithm: otp.Algorithm(p.Algorithm)}
}

// match compares a code with what a token shows, without changing anything.
func (i *Issuer) match(t store.Token, code string, now time.Time) (otp.Result, error) {
	secret, err := i.rows.Open(t.SealedSecret, sealAAD("token", t.ID))
	if err != nil {
		return otp.Result{}, fmt.Errorf("unseal token: %w", err)
	}
	memory := otp.Memory{Next: t.NextStep, Drift: t.Drift}
	return params(t.Params).Match(secret, code, now, memory), nil
}

// newToken makes the record of a token to be registered. A code that was asked
// back must be of this moment, and is spent.
func (i *Issuer) newToken(contractID string, n api.NewToken, now time.Time) (store.Token, error) {
	p := params(n.Params)
	err := p.Validate()
	if err == nil && n.Params.Type != api.DefaultTokenParams().Type {
		err = fmt.Errorf("%w: type %q", otp.ErrParams, n.Params.Type)
	}
	if err != nil {
		return store.Token{}, &api.Error{Code: api.Usage, Field: "otp", Err: err}
	}
	secret, err := otp.DecodeSecret(string(n.Secret))
	if err != nil {
		return store.Token{}, &api.Error{Code: api.Usage, Field: "otp", Err: err}
	}
	id := newID()
	t := store.Token{
		ID:           id,
		ContractID:   contractID,
		Params:       n.Params,
		SealedSecret: i.rows.Seal(secret, sealAAD("token", id)),
		Created:      now,
	}
	if n.Code == "" {
		return t, nil
	}
	result := p.Match(secret, otp.Normalize(string(n.Code)), now, otp.Memory{})
	switch result.Outcome {
	case otp.Accepted:
		t.NextStep, t.Drift, t.Confirmed = result.Step+1, result.Drift, now
		return t, nil
	case otp.Drifted:
		return store.Token{}, api.Refuse(api.OTPDrifted)
	default:
		return store.Token{}, api.Refuse(api.OTPWrong)
	}
}
