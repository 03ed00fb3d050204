package issuer

import (
	"context"
	"crypto/subtle"
	"errors"
	"strconv"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

func (i *Issuer) tokenView(t store.Token) api.Token {
	return api.Token{
		Serial:       t.Serial,
		Params:       t.Params,
		Confirmed:    !t.Confirmed.IsZero(),
		Locked:       t.Attempts >= i.policyOf(t.ContractID).TokenAttempts,
		ResyncNeeded: t.ResyncNeeded,
		Drift:        time.Duration(t.Drift) * t.Params.Period,
		LastUsed:     t.LastUsed,
		Expires:      t.Expires,
	}
}

func (i *Issuer) tokenInfo(t store.TokenHolders) api.TokenInfo {
	return api.TokenInfo{Token: i.tokenView(t.Token), ContractID: t.ContractID, Users: t.Users}
}

// HardwareToken implements api.Tokens. To an administrator, what another contract
// has is not there, as it is not where they would register it.
func (i *Issuer) HardwareToken(ctx context.Context, by api.Actor, serial string) (api.TokenInfo, error) {
	serial, err := api.TokenSerial(serial)
	if err != nil {
		return api.TokenInfo{}, err
	}
	var found store.TokenHolders
	err = i.look(ctx, by, by.User.ContractID, func(tx *store.Tx) (err error) {
		found, err = tx.TokenBySerial(ctx, serial)
		if by.Role == api.RoleAdmin && found.ContractID != "" && found.ContractID != by.User.ContractID {
			return store.ErrNotFound
		}
		return err
	})
	if store.IsNotFound(err) {
		return api.TokenInfo{}, &api.Error{Code: api.NotFound, Field: "serial", Value: serial}
	}
	return i.tokenInfo(found), translate(err)
}

// contractOrNone is IDs.Contract, for what may be of no contract.
func (i *Issuer) contractOrNone(id string) (string, error) {
	if id == "" {
		return "", nil
	}
	return i.ids.Contract(id)
}

// known refuses the ID of a contract that there is not. What a list of it would
// show, and that nothing was done in it, look the same else.
func known(ctx context.Context, tx *store.Tx, contractID string) error {
	if contractID == "" {
		return nil
	}
	_, err := tx.ContractSuspended(ctx, contractID)
	if store.IsNotFound(err) {
		return noContract(contractID)
	}
	return err
}

// ImportTokens implements api.Tokens.
func (i *Issuer) ImportTokens(ctx context.Context, by api.Actor, contractID string, tokens []api.InventoryToken) (added int, err error) {
	contractID, err = i.contractOrNone(contractID)
	if err != nil {
		return 0, err
	}
	now := i.now()
	records, err := i.inventory(contractID, tokens, now)
	if err != nil {
		return 0, err
	}
	serials := make([]string, len(records))
	for n, t := range records {
		serials[n] = t.Serial
	}
	err = i.act(ctx, by, contractID, func(tx *store.Tx) error {
		added = 0
		if err := known(ctx, tx, contractID); err != nil {
			return err
		}
		there, err := tx.Serials(ctx, serials)
		if err != nil {
			return err
		}
		for n, t := range records {
			if old, found := there[t.Serial]; found {
				if err := i.sameToken(old, t, tokens[n].Secret); err != nil {
					return err
				}
				continue
			}
			if err := tx.InsertToken(ctx, t); err != nil {
				return err
			}
			added++
		}
		e := event{actor: by, action: "otp import", contract: contractID, user: strconv.Itoa(added), outcome: outcomeOK}
		return i.audit(ctx, tx, e, now)
	})
	if errors.Is(err, store.ErrExists) { // since it was looked for
		return 0, &api.Error{Code: api.Exists, Field: "serial", Err: err}
	}
	return added, translate(err)
}

// inventory makes the records of tokens that are to be imported, each once.
func (i *Issuer) inventory(contractID string, tokens []api.InventoryToken, now time.Time) ([]store.Token, error) {
	seen := map[string]bool{}
	records := make([]store.Token, len(tokens))
	for n, t := range tokens {
		serial, err := api.TokenSerial(t.Serial)
		if err != nil {
			return nil, err
		}
		if seen[serial] || t.Counter < 0 || t.Counter > otp.MaxCounter {
			return nil, &api.Error{Code: api.Usage, Field: "serial", Value: serial}
		}
		seen[serial] = true
		if records[n], err = i.newToken(contractID, t.Params, t.Secret, now); err != nil {
			return nil, err
		}
		records[n].Serial, records[n].NextStep, records[n].Expires = serial, t.Counter, t.Expires
		i.outdateToken(&records[n])
	}
	return records, nil
}

// outdateToken makes void of a token what may have been used before the backend
// was restored: it may have been here since the backup was taken.
func (i *Issuer) outdateToken(t *store.Token) {
	switch {
	case i.restored.IsZero():
	case t.Params.Type == api.HOTP:
		t.ResyncNeeded = true
	default:
		t.NextStep = params(t.Params).Step(i.restored) + otp.Reach + 1
	}
}

// sameToken refuses a serial that is there with another secret, or of another
// contract. A token that a contract has may be in a file for all.
func (i *Issuer) sameToken(old, t store.Token, base32 api.Secret) error {
	there, err := i.tokenSecret(old.ID, old.SealedSecret)
	if err != nil {
		return err
	}
	secret, err := otp.DecodeSecret(string(base32))
	if err != nil {
		return err // newToken has read it before
	}
	if t.ContractID != "" && old.ContractID != t.ContractID || subtle.ConstantTimeCompare(there, secret) != 1 {
		return &api.Error{Code: api.Exists, Field: "serial", Value: t.Serial}
	}
	return nil
}
