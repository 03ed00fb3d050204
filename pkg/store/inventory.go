package store

import (
	"context"
	"time"
)

// TokenHolders is a token with the IDs of the users who have it.
type TokenHolders struct {
	Token
	Users []string
}

const tokenColumns = `SELECT t.id, t.serial, t.contract_id, t.type, t.digits, t.period, t.algorithm, t.sealed_secret,
	t.next_step, t.drift, t.attempts, t.confirmed_at, t.last_used_at, t.expires_at, t.created_at, t.resync_needed, u.user_id
	FROM `

// LockToken makes every other transaction that locks or changes a hardware token
// wait until this one ends. It says nothing about whether there is one.
func (t *Tx) LockToken(ctx context.Context, serial string) error {
	_, err := t.exec(ctx, "lock token", `UPDATE tokens SET attempts = attempts WHERE serial = $1`, serial)
	return err
}

// TokenBySerial returns a hardware token; ErrNotFound.
func (t *Tx) TokenBySerial(ctx context.Context, serial string) (TokenHolders, error) {
	all, err := t.tokens(ctx, tokenColumns+`tokens t LEFT JOIN users u ON u.token_id = t.id AND u.removed_at IS NULL
		WHERE t.serial = $1 ORDER BY u.user_key`, serial)
	if err != nil {
		return TokenHolders{}, err
	}
	if len(all) == 0 {
		return TokenHolders{}, ErrNotFound
	}
	return all[0], nil
}

// tokens returns one token for each run of rows about it: one row a holder.
func (t *Tx) tokens(ctx context.Context, query string, args ...any) ([]TokenHolders, error) {
	var all []TokenHolders
	err := t.rows(ctx, "read tokens", query, args, func(s scanner) error {
		k, user, err := scanToken(s)
		if err != nil {
			return err
		}
		if len(all) == 0 || all[len(all)-1].ID != k.ID {
			all = append(all, TokenHolders{Token: k})
		}
		if last := &all[len(all)-1]; user != "" {
			last.Users = append(last.Users, user)
		}
		return nil
	})
	return all, err
}

func scanToken(s scanner) (k Token, user string, err error) {
	var period int64
	err = s.Scan(&k.ID, maybe{&k.Serial}, maybe{&k.ContractID}, &k.Params.Type, &k.Params.Digits, &period, &k.Params.Algorithm,
		&k.SealedSecret, &k.NextStep, &k.Drift, &k.Attempts, instant{&k.Confirmed}, instant{&k.LastUsed}, instant{&k.Expires},
		instant{&k.Created}, &k.ResyncNeeded, maybe{&user})
	k.Params.Period = time.Duration(period) * time.Second
	return k, user, err
}

// AssignToken makes a hardware token a contract's, before it is given to a user.
func (t *Tx) AssignToken(ctx context.Context, id, contractID string) error {
	_, err := t.exec(ctx, "assign token", `UPDATE tokens SET contract_id = $2 WHERE id = $1`, id, contractID)
	return err
}

// SetConfirmed says when a code of a token proved that its holder has it; zero
// takes that back.
func (t *Tx) SetConfirmed(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "confirm token", `UPDATE tokens SET confirmed_at = $2 WHERE id = $1`, id, stamp(at))
	return err
}

// ResyncToken marks step and all before it as used and remembers the drift,
// whoever shares the token; false where the step was spent meanwhile.
func (t *Tx) ResyncToken(ctx context.Context, id string, step, drift int64, now time.Time) (bool, error) {
	n, err := t.exec(ctx, "resync token",
		`UPDATE tokens SET next_step = CAST($2 AS BIGINT) + 1, drift = $3, resync_needed = 0, confirmed_at = COALESCE(confirmed_at, $4)
		 WHERE id = $1 AND next_step <= $2`, id, step, drift, stamp(now))
	return n == 1, err
}

// Serials tells which tokens have a serial out of a list, by serial. It asks for
// each by itself: an inventory is imported now and then.
func (t *Tx) Serials(ctx context.Context, serials []string) (map[string]Token, error) {
	there := map[string]Token{}
	for _, serial := range serials {
		var k Token
		err := t.row(ctx, "look for token", `SELECT id, contract_id, sealed_secret FROM tokens WHERE serial = $1`,
			[]any{serial}, &k.ID, maybe{&k.ContractID}, &k.SealedSecret)
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		there[serial] = k
	}
	return there, nil
}

// SetPIN gives a user a PIN: its hash, sealed.
func (t *Tx) SetPIN(ctx context.Context, id string, sealed []byte) error {
	_, err := t.exec(ctx, "set PIN", `UPDATE users SET sealed_pin = $2 WHERE id = $1`, id, sealed)
	return err
}
