package store

import (
	"context"
	"time"
)

// What a restore does to the records of a backup, to each as a whole: what has
// happened since the backup was taken, nobody knows.

// SetRestored says when the deployment was restored. ErrNotFound where there is
// none.
func (t *Tx) SetRestored(ctx context.Context, now time.Time) error {
	var id string
	return t.row(ctx, "mark restored",
		`UPDATE deployment SET restored_at = $1 RETURNING id`, []any{stamp(now)}, &id)
}

// SpendSteps marks every step as used that a clock-driven token may have shown
// by now, and reach steps beyond. It returns how many tokens that were, and the
// longest of their periods.
func (t *Tx) SpendSteps(ctx context.Context, now time.Time, reach int64) (tokens int64, period time.Duration, err error) {
	tokens, err = t.exec(ctx, "spend all steps",
		`UPDATE tokens SET next_step = CASE WHEN next_step > $1 / period + $2 THEN next_step ELSE $1 / period + $2 + 1 END
		 WHERE type = 'totp'`, stamp(now), reach)
	if err != nil {
		return 0, 0, err
	}
	var seconds int64
	err = t.row(ctx, "read longest period", `SELECT COALESCE(MAX(period), 0) FROM tokens WHERE type = 'totp'`, nil, &seconds)
	return tokens, time.Duration(seconds) * time.Second, err
}

// NeedResync has every counter refuse all codes until it is found again.
func (t *Tx) NeedResync(ctx context.Context) (tokens int64, err error) {
	return t.exec(ctx, "have counters resynced", `UPDATE tokens SET resync_needed = 1 WHERE type = 'hotp'`)
}

// LooseSlots counts the slots whose certificates, current or predecessor, are in no
// record of their user's.
func (t *Tx) LooseSlots(ctx context.Context) (n int, err error) {
	err = t.row(ctx, "look for slots without their certificates",
		`SELECT COUNT(*) FROM users u WHERE slot_state = 'active' AND current_serial IS NULL
		 OR current_serial IS NOT NULL AND NOT EXISTS
		   (SELECT 1 FROM certificates k WHERE k.serial = u.current_serial AND k.user_id = u.id)
		 OR predecessor_serial IS NOT NULL AND NOT EXISTS
		   (SELECT 1 FROM certificates k WHERE k.serial = u.predecessor_serial AND k.user_id = u.id)`, nil, &n)
	return n, err
}

// RevokeOpen revokes every slot that is issued and not acquired, with what is in
// signing for it.
func (t *Tx) RevokeOpen(ctx context.Context, reason string, now time.Time) (slots int64, err error) {
	_, err = t.exec(ctx, "revoke what open slots are signing",
		`UPDATE certificates SET state = 'revoked', revoked_at = $1, reason = $2
		 WHERE state = 'signing' AND user_id IN (SELECT id FROM users WHERE slot_state = 'issued')`, stamp(now), reason)
	if err != nil {
		return 0, err
	}
	return t.exec(ctx, "revoke open slots", `UPDATE users SET slot_state = 'revoked', slot_at = 0 WHERE slot_state = 'issued'`)
}

// SkipCRLs leaves so many numbers of revocation lists out.
func (t *Tx) SkipCRLs(ctx context.Context, numbers int64) error {
	_, err := t.exec(ctx, "skip numbers of revocation lists",
		`UPDATE authorities SET crl_number = crl_number + $1 WHERE kind = 'issuing'`, numbers)
	return err
}
