package issuer

import (
	"context"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// freeSpentAnswers is how often a session is told that a code was spent
// before it counts like a wrong one.
const freeSpentAnswers = 3

// prove claims an attempt of the user and of their factor, and has the factor
// compare the code and spend it.
func (d *decision) prove(ctx context.Context, tx *store.Tx) error {
	user := d.holder.User
	count, err := tx.ClaimAttempt(ctx, user.ID, d.policy().UserAttempts)
	if store.IsNotFound(err) {
		d.refused = api.Refuse(api.Locked)
		return nil
	}
	if err != nil {
		return err
	}
	left, err := d.factor.claim(ctx, tx)
	if store.IsNotFound(err) {
		d.refused = api.Refuse(api.Locked)
		return tx.ReleaseAttempt(ctx, user.ID)
	}
	if err != nil {
		return err
	}
	d.judged = true
	code, err := d.factor.accept(ctx, tx, d.typed, d.now)
	if err != nil {
		return err
	}
	if code == "" {
		return tx.ClearAttempts(ctx, user.ID)
	}
	if code == api.OTPSpent && d.spent < freeSpentAnswers {
		d.refused = api.Refuse(code)
		return d.takeBack(ctx, tx)
	}
	left = min(d.policy().UserAttempts-count, left)
	d.refused = &api.Error{Code: code, TriesLeft: &left}
	if count < d.policy().UserAttempts {
		return nil
	}
	return tx.SetLocked(ctx, user.ID, d.now)
}

// takeBack makes an attempt with a spent code free.
func (d *decision) takeBack(ctx context.Context, tx *store.Tx) error {
	if err := tx.ReleaseAttempt(ctx, d.holder.User.ID); err != nil {
		return err
	}
	if err := d.factor.release(ctx, tx); err != nil {
		return err
	}
	return tx.CountSpent(ctx, d.session.Nonce)
}
