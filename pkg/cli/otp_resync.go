package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

type otpResyncOptions struct {
	app     *app
	otpFile string
}

func newOTPResync(a *app) *cobra.Command {
	o := &otpResyncOptions{app: a}
	cmd := newUserAct(a, "resync", a.text.Commands.OTPResync, a.text.Output.Token.Resynced, o.act)
	cmd.Flags().StringVar(&o.otpFile, "otp-file", "", a.text.Flags.TwoCodes)
	return cmd
}

// act gets two codes, from wherever they come, and has the token found by them.
func (o *otpResyncOptions) act(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
	a := o.app
	u, err := admin.User(ctx, by, ref)
	if err != nil {
		return u, err
	}
	if u.Token == nil {
		return u, api.Refuse(api.OTPNotRegistered)
	}
	if o.otpFile == "" && a.interactive() {
		return o.ask(ctx, u, func(first, second api.Secret) (api.User, error) {
			return admin.ResyncToken(ctx, by, ref, first, second)
		})
	}
	e, t := a.text.Errors, a.text.Output.Token
	if o.otpFile == "" {
		return u, a.usage(i18n.Fill(e.NoInput, "what", a.thing("otp"), "why", a.whyUnasked()), t.TwoCodesHint)
	}
	text, err := a.readSecret(ctx, o.otpFile)
	if err != nil {
		return u, err
	}
	codes := strings.Fields(string(text))
	if len(codes) != 2 {
		return u, a.usage(t.NotTwoCodes, t.TwoCodesHint)
	}
	for _, code := range codes {
		if err := a.checkCode(api.Secret(code), u.Token.Params.Digits, "--otp-file"); err != nil {
			return u, err
		}
	}
	return admin.ResyncToken(ctx, by, ref, api.Secret(codes[0]), api.Secret(codes[1]))
}

// ask asks for two codes until the token is found by them.
func (o *otpResyncOptions) ask(ctx context.Context, u api.User, do func(first, second api.Secret) (api.User, error)) (api.User, error) {
	a := o.app
	asker, err := a.asker()
	if err != nil {
		return u, err
	}
	var again string
	for {
		first, second, err := asker.TwoCodes(ctx, u.Ref, u.Token.Params.Digits, again)
		if err != nil {
			return u, a.leaving(ctx, err, a.text.Errors.NothingChanged)
		}
		found, err := do(first, second)
		switch api.CodeOf(err) {
		case api.OTPWrong, api.OTPSpent:
			_, p := a.explain(err)
			again = i18n.Sentences(p.Message, p.Hint)
		default:
			return found, err
		}
	}
}
