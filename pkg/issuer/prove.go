package issuer

import (
	"context"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

// freeSpentAnswers is how often a session is told that a code was spent
// before it counts like a wrong one.
const freeSpentAnswers = 3

// prove claims an attempt of the user and of the token, compares the code, and
// spends its step.
func (d *decision) prove(ctx context.Context, tx *store.Tx) error {
	user, token := d.holder.User, d.holder.Token
	count, err := tx.ClaimAttempt(ctx, user.ID, d.policy.UserAttempts)
	if store.IsNotFound(err) {
		d.refused = api.Refuse(api.Locked)
		return nil
	}
	if err != nil {
		return err
	}
	tokenCount, err := tx.ClaimTokenAttempt(ctx, token.ID, d.policy.TokenAttempts)
	if store.IsNotFound(err) {
		d.refused = api.Refuse(api.Locked)
		return tx.ReleaseAttempt(ctx, user.ID)
	}
	if err != nil {
		return err
	}
	d.judged = true
	result, err := d.match(*token, d.code, d.now)
	if err != nil {
		return err
	}
	outcome := result.Outcome
	if outcome == otp.Accepted {
		won, err := tx.SpendStep(ctx, token.ID, result.Step, result.Drift, d.now)
		if err != nil {
			return err
		}
		if won {
			return tx.ClearAttempts(ctx, user.ID)
		}
		outcome = otp.Spent // by another replica, since the token was read
	}
	if outcome == otp.Spent && d.spent < freeSpentAnswers {
		d.refused = api.Refuse(api.OTPSpent)
		return d.takeBack(ctx, tx)
	}
	d.refuseCode(outcome, min(d.policy.UserAttempts-count, d.policy.TokenAttempts-tokenCount))
	if count < d.policy.UserAttempts {
		return nil
	}
	return tx.SetLocked(ctx, user.ID, d.now)
}

// takeBack makes an attempt with a spent code free.
func (d *decision) takeBack(ctx context.Context, tx *store.Tx) error {
	if err := tx.ReleaseAttempt(ctx, d.holder.User.ID); err != nil {
		return err
	}
	if err := tx.ReleaseTokenAttempt(ctx, d.holder.Token.ID); err != nil {
		return err
	}
	return tx.CountSpent(ctx, d.session.Nonce)
}

// refuseCode refuses a code that counts, and says how many are left.
func (d *decision) refuseCode(outcome otp.Outcome, left int) {
	code := api.OTPWrong
	switch outcome {
	case otp.Spent:
		code = api.OTPSpent
	case otp.Drifted:
		code = api.OTPDrifted
	}
	d.refused = &api.Error{Code: code, TriesLeft: &left}
}
