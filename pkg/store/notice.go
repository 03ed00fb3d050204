package store

import (
	"context"
	"time"
)

// HoldersEnding returns the users, neither removed nor suspended, whose current
// certificate ends between now and horizon, and those who have one to acquire,
// by contract and user ID.
func (t *Tx) HoldersEnding(ctx context.Context, now, horizon time.Time) ([]Holder, error) {
	return t.holders(ctx, `WHERE u.removed_at IS NULL AND u.suspended_at IS NULL AND c.suspended_at IS NULL
		AND (u.slot_state = 'issued' OR u.slot_state = 'active' AND u.slot_at BETWEEN $1 AND $2)
		ORDER BY u.contract_id, u.user_key`, stamp(now), stamp(horizon))
}

// Administrators returns the administrators of all contracts, neither removed
// nor suspended.
func (t *Tx) Administrators(ctx context.Context) ([]Holder, error) {
	return t.holders(ctx, `WHERE u.role = 'admin' AND u.removed_at IS NULL AND u.suspended_at IS NULL
		ORDER BY u.contract_id, u.user_key`)
}

// SentNotice tells whether a notice was sent.
func (t *Tx) SentNotice(ctx context.Context, id string) (bool, error) {
	var n int
	err := t.row(ctx, "read notice", `SELECT COUNT(*) FROM notices WHERE id = $1 AND sent_at IS NOT NULL`, []any{id}, &n)
	return n > 0, err
}

// ClaimNotice tells whether the caller is to send a notice: nobody has sent it
// or claimed it since stale.
func (t *Tx) ClaimNotice(ctx context.Context, id, userID string, now, stale time.Time) (bool, error) {
	n, err := t.exec(ctx, "claim notice",
		`INSERT INTO notices (id, user_id, claimed_at) VALUES ($1, $2, $3)
		 ON CONFLICT (id) DO UPDATE SET claimed_at = excluded.claimed_at
		 WHERE notices.sent_at IS NULL AND notices.claimed_at < $4`,
		id, userID, stamp(now), stamp(stale))
	return n == 1, err
}

// SetNoticeSent records that a claimed notice was sent.
func (t *Tx) SetNoticeSent(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "record notice", `UPDATE notices SET sent_at = $2 WHERE id = $1`, id, stamp(now))
	return err
}

// ReleaseNotice gives a claimed notice back.
func (t *Tx) ReleaseNotice(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "release notice", `DELETE FROM notices WHERE id = $1 AND sent_at IS NULL`, id)
	return err
}
