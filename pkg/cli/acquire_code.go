package cli

import (
	"context"
	"errors"
	"strconv"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
	"certctl/pkg/wallet"
)

// prove is the second stage: the code, from wherever it comes.
func (o *acquireOptions) prove(ctx context.Context, pending *enroll.Pending) (wallet.Entry, error) {
	if !o.hasCode() {
		return o.askCode(ctx, pending)
	}
	code, err := o.code(ctx, pending.Digits())
	if err != nil {
		return wallet.Entry{}, err
	}
	return o.app.complete(ctx, pending, code)
}

// hasCode tells whether the code comes from elsewhere than the person.
func (o *acquireOptions) hasCode() bool {
	if o.demo != nil {
		return !o.app.interactive()
	}
	return o.otpFile != "" || o.app.process.getenv("CERTCTL_OTP") != ""
}

// code returns the code that comes from elsewhere. One that cannot be right is
// refused here, where it costs no try.
func (o *acquireOptions) code(ctx context.Context, digits int) (api.Secret, error) {
	a := o.app
	if o.demo != nil {
		code, _ := o.demo.code(a.process.now())
		return code, nil
	}
	if o.otpFile != "" {
		return a.codeFile(ctx, o.otpFile, digits)
	}
	code := api.Secret(a.process.getenv("CERTCTL_OTP"))
	return code, a.checkCode(code, digits, "CERTCTL_OTP")
}

// codeFile reads a code from the file of --otp-file.
func (a *app) codeFile(ctx context.Context, file string, digits int) (api.Secret, error) {
	code, err := a.readSecret(ctx, file)
	if err != nil {
		return "", err
	}
	return code, a.checkCode(code, digits, "--otp-file")
}

// checkCode refuses what has not as many digits as a code; without any, what is
// no PIN.
func (a *app) checkCode(code api.Secret, digits int, from string) error {
	if digits == 0 {
		if otp.ValidPIN(otp.Normalize(string(code))) {
			return nil
		}
		return &api.Error{Code: api.Usage, Field: "pin"}
	}
	if otp.Valid(otp.Normalize(string(code)), digits) {
		return nil
	}
	e := a.text.Errors
	return a.usage(i18n.Fill(e.NoCode, "from", from, "digits", strconv.Itoa(digits)), e.NoCodeHint)
}

// askCode asks for a code until one is right, or none will be: the key stays
// the same.
func (o *acquireOptions) askCode(ctx context.Context, pending *enroll.Pending) (wallet.Entry, error) {
	a := o.app
	asker, err := a.asker()
	if err != nil {
		return wallet.Entry{}, err
	}
	request := prompt.CodeRequest{User: pending.User(), Name: pending.DisplayName(), Digits: pending.Digits()}
	ask := asker.Code
	if pending.Factor() == api.FactorPIN {
		ask = asker.PIN
	}
	for {
		if o.demo != nil {
			a.sayCode(o.demo)
		}
		code, err := ask(ctx, request)
		if err != nil {
			return wallet.Entry{}, err
		}
		e, err := a.complete(ctx, pending, code)
		switch api.CodeOf(err) {
		case api.OTPWrong, api.OTPSpent, api.OTPDrifted, api.PINWrong, api.AuthFailed:
			if lockedBy(err) {
				return e, err
			}
			_, p := a.explain(err)
			request.Again = i18n.Sentences(p.Message, p.Hint)
		default:
			return e, err
		}
	}
}

// lockedBy tells whether a refused code was the one that locked the user.
func lockedBy(err error) bool {
	refused := (*api.Error)(nil)
	return errors.As(err, &refused) && refused.TriesLeft != nil && *refused.TriesLeft == 0
}

func (a *app) complete(ctx context.Context, pending *enroll.Pending, code api.Secret) (e wallet.Entry, err error) {
	err = a.busy(ctx, a.text.Output.Sending, func(ctx context.Context) (err error) {
		e, err = pending.Complete(ctx, code)
		return err
	})
	return e, err
}
