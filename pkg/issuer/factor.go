package issuer

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

// factor is what a user proves themselves with. Which one that is, the records and
// the policy say, never the client.
type factor interface {
	// kind is what stage two asks for, and digits how long a code of it is.
	kind() (asked api.Factor, digits int)
	// refused returns why it opens nothing now, whatever is typed; nil where it
	// may.
	refused(now time.Time) *api.Error
	// claim counts an attempt on the factor itself, before anything is compared,
	// and returns how many are left with it gone; store.ErrNotFound where none was.
	claim(ctx context.Context, tx *store.Tx) (left int, err error)
	// accept compares what was typed and spends it, in one: it returns the code of
	// the refusal, empty for none.
	accept(ctx context.Context, tx *store.Tx, typed typed, now time.Time) (api.Code, error)
	// release takes back what claim counted.
	release(ctx context.Context, tx *store.Tx) error
}

// typed is what the holder typed.
type typed struct {
	code string
	pin  pinVerdict
}

// factorOf returns a user's factor, or nil where they have none: the token, if
// there is one, else the PIN. A user whose token was taken away has no PIN: the
// first token ended it, and only an administrator gives them another.
func (i *Issuer) factorOf(h store.Holder) factor {
	switch {
	case h.Token != nil:
		return &tokenFactor{i, *h.Token}
	case h.User.SealedPIN != nil && i.policyOf(h.User.Ref.ContractID).PINs():
		return &pinFactor{i, h.User}
	}
	return nil
}

// mayProve returns a user's factor, or why they may not prove themselves now.
func (i *Issuer) mayProve(h store.Holder, now time.Time) (factor, *api.Error) {
	if refused := standing(h, i.policyOf(h.User.Ref.ContractID)); refused != nil {
		return nil, refused
	}
	f := i.factorOf(h)
	if f == nil {
		return nil, api.Refuse(api.OTPNotRegistered)
	}
	return f, f.refused(now)
}

// tokenFactor is a token, which shows one-time passwords.
type tokenFactor struct {
	*Issuer
	token store.Token
}

func (f *tokenFactor) kind() (api.Factor, int) { return api.FactorOTP, f.token.Params.Digits }

func (f *tokenFactor) refused(now time.Time) *api.Error {
	if f.token.Attempts >= f.limit() {
		return api.Refuse(api.Locked)
	}
	if ended(f.token, now) {
		return &api.Error{Code: api.OTPExpired, Time: f.token.Expires}
	}
	if f.token.ResyncNeeded {
		return api.Refuse(api.OTPResyncNeeded)
	}
	return nil
}

func (f *tokenFactor) claim(ctx context.Context, tx *store.Tx) (int, error) {
	count, err := tx.ClaimTokenAttempt(ctx, f.token.ID, f.limit())
	return f.limit() - count, err
}

// limit is how many wrong codes in a row lock the token.
func (f *tokenFactor) limit() int { return f.policyOf(f.token.ContractID).TokenAttempts }

// accept spends the step that the code matched: of all who send it, one wins.
func (f *tokenFactor) accept(ctx context.Context, tx *store.Tx, typed typed, now time.Time) (api.Code, error) {
	result, err := f.match(f.token, typed.code, now)
	if err != nil {
		return "", err
	}
	outcome := result.Outcome
	if outcome == otp.Accepted {
		won, err := tx.SpendStep(ctx, f.token.ID, result.Step, result.Drift, now)
		if won || err != nil {
			return "", err
		}
		outcome = otp.Spent // by another replica, since the token was read
	}
	return codeOf(outcome), nil
}

func (f *tokenFactor) release(ctx context.Context, tx *store.Tx) error {
	return tx.ReleaseTokenAttempt(ctx, f.token.ID)
}

// codeOf is the code of a refused one-time password.
func codeOf(outcome otp.Outcome) api.Code {
	switch outcome {
	case otp.Spent:
		return api.OTPSpent
	case otp.Drifted:
		return api.OTPDrifted
	}
	return api.OTPWrong
}

// pinFactor is the confirmation PIN of a user who never had a token. It has no
// counter but the user's, and nothing of it is ever spent.
type pinFactor struct {
	*Issuer
	user store.User
}

func (f *pinFactor) kind() (api.Factor, int) { return api.FactorPIN, 0 }

func (f *pinFactor) refused(time.Time) *api.Error { return nil }

func (f *pinFactor) claim(context.Context, *store.Tx) (int, error) { return math.MaxInt, nil }

// accept goes by the verdict on this PIN, and asks for it where there is none yet.
func (f *pinFactor) accept(_ context.Context, _ *store.Tx, typed typed, _ time.Time) (api.Code, error) {
	switch {
	case !bytes.Equal(typed.pin.of, f.user.SealedPIN):
		return "", &unjudgedPIN{f.user}
	case typed.pin.right:
		return "", nil
	}
	return api.PINWrong, nil
}

// pinVerdict is what comparing the code with a PIN came to. That takes 25 ms, in
// which nobody else could write if it were done within the transaction.
type pinVerdict struct {
	of    []byte // what is kept of the PIN
	right bool
}

// unjudgedPIN ends a transaction that comes to a PIN with no verdict on it.
type unjudgedPIN struct{ user store.User }

func (u *unjudgedPIN) Error() string { return "the PIN has not been compared yet" }

// judge compares a code with a user's PIN.
func (i *Issuer) judge(u store.User, code string) (pinVerdict, error) {
	hash, err := i.rows.Open(u.SealedPIN, sealAAD("pin", u.ID))
	if err != nil {
		return pinVerdict{}, fmt.Errorf("unseal PIN: %w", err)
	}
	right, err := otp.MatchPIN(string(hash), code)
	return pinVerdict{u.SealedPIN, right}, err
}

func (f *pinFactor) release(context.Context, *store.Tx) error { return nil }

// hashPIN hashes a new PIN, outside of any transaction: see pinVerdict.
func hashPIN(pin api.Secret) (string, error) {
	hash, err := otp.HashPIN(otp.Normalize(string(pin)))
	if err != nil {
		return "", &api.Error{Code: api.Usage, Field: "pin", Err: err}
	}
	return hash, nil
}

// sealPIN returns what is kept of a PIN.
func (i *Issuer) sealPIN(userID, hash string) []byte {
	return i.rows.Seal([]byte(hash), sealAAD("pin", userID))
}
