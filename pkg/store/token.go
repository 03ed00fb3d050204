package store

import (
	"context"
	"time"

	"certctl/pkg/api"
)

// Token is a one-time password generator with its replay memory, which is the
// token's and not a user's: two users of one token share it.
type Token struct {
	ID           string
	Serial       string // of hardware; empty: software
	ContractID   string // empty: in the inventory, for any contract
	Params       api.TokenParams
	SealedSecret []byte
	NextStep     int64 // the first step that is not spent
	Drift        int64 // learned, in steps
	Attempts     int   // wrong codes in a row
	ResyncNeeded bool  // after a restore: where a counter is, nobody knows
	Confirmed    time.Time
	LastUsed     time.Time
	Expires      time.Time // zero: never
	Created      time.Time
}

// InsertToken records a token; ErrExists where its serial is taken.
func (t *Tx) InsertToken(ctx context.Context, k Token) error {
	resync := 0
	if k.ResyncNeeded {
		resync = 1
	}
	_, err := t.exec(ctx, "insert token",
		`INSERT INTO tokens (id, serial, contract_id, type, digits, period, algorithm, sealed_secret,
		     next_step, drift, attempts, confirmed_at, last_used_at, expires_at, created_at, resync_needed)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		k.ID, text(k.Serial), text(k.ContractID), k.Params.Type, k.Params.Digits, int64(k.Params.Period/time.Second), k.Params.Algorithm,
		k.SealedSecret, k.NextStep, k.Drift, k.Attempts, stamp(k.Confirmed), stamp(k.LastUsed), stamp(k.Expires), stamp(k.Created), resync)
	return err
}

// ClaimTokenAttempt counts an attempt on a token before its code is compared,
// and returns how many there were with it; ErrNotFound where limit was
// reached before.
func (t *Tx) ClaimTokenAttempt(ctx context.Context, id string, limit int) (int, error) {
	var n int
	err := t.row(ctx, "claim token attempt",
		`UPDATE tokens SET attempts = attempts + 1 WHERE id = $1 AND attempts < $2 RETURNING attempts`,
		[]any{id, limit}, &n)
	return n, err
}

// ReleaseTokenAttempt takes back one that ClaimTokenAttempt counted.
func (t *Tx) ReleaseTokenAttempt(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "release token attempt",
		`UPDATE tokens SET attempts = attempts - 1 WHERE id = $1 AND attempts > 0`, id)
	return err
}

// SpendStep marks step and all before it as used, remembers the drift unless
// several users share the token, sets the attempts to nought, and tells whether
// this call was the one to spend it: of any number of callers with one step, one
// is told true.
func (t *Tx) SpendStep(ctx context.Context, id string, step, drift int64, now time.Time) (bool, error) {
	n, err := t.exec(ctx, "spend step",
		`UPDATE tokens SET next_step = CAST($2 AS BIGINT) + 1, attempts = 0, confirmed_at = COALESCE(confirmed_at, $4), last_used_at = $4,
		     drift = CASE WHEN (SELECT COUNT(*) FROM users u WHERE u.token_id = tokens.id) > 1 THEN drift ELSE $3 END
		 WHERE id = $1 AND next_step <= $2`,
		id, step, drift, stamp(now))
	return n == 1, err
}

// ClearTokenAttempts sets the attempts to nought.
func (t *Tx) ClearTokenAttempts(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "clear token attempts", `UPDATE tokens SET attempts = 0 WHERE id = $1`, id)
	return err
}

// EndToken ends a token now, unless it has ended: nobody is given it any more, and
// no code of it is right.
func (t *Tx) EndToken(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "end token",
		`UPDATE tokens SET expires_at = $2 WHERE id = $1 AND (expires_at IS NULL OR expires_at > $2)`, id, stamp(now))
	return err
}
