package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

func newOTP(a *app) *cobra.Command {
	return a.group("otp", a.text.Commands.OTP,
		newOTPRegister(a),
		newOTPReplace(a),
		newOTPResync(a),
		newOTPRemove(a),
		newOTPList(a),
		newOTPImport(a),
	)
}

// giveToken is the act of a backend that gives a user a token.
type giveToken func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef, t api.NewToken) (api.User, error)

type otpGiveOptions struct {
	app   *app
	user  userRef
	token newToken
	// has is whether the user must have a token already.
	has  bool
	lost bool // what the user has is
	give giveToken
	done string
	how  actFlags
}

func newOTPRegister(a *app) *cobra.Command {
	o := &otpGiveOptions{app: a, token: newToken{app: a}, give: api.Admin.RegisterToken, done: a.text.Output.OTPRegistered}
	return o.command("register", a.text.Commands.OTPRegister)
}

func newOTPReplace(a *app) *cobra.Command {
	o := &otpGiveOptions{app: a, token: newToken{app: a}, has: true, give: api.Admin.ReplaceToken, done: a.text.Output.Token.Replaced}
	cmd := o.command("replace", a.text.Commands.OTPReplace)
	cmd.Flags().BoolVar(&o.lost, "lost", false, a.text.Flags.TokenLost)
	return cmd
}

func (o *otpGiveOptions) command(name string, text i18n.Page) *cobra.Command {
	a := o.app
	cmd := a.command(name, text)
	o.user.flags(a, cmd)
	cmd.Flags().StringVar(&o.token.serial, "serial", "", a.text.Flags.TokenSerial)
	o.token.flags(cmd)
	o.how.whyFlag(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := o.user.ref(a, cmd)
		if err != nil {
			return err
		}
		if err := o.token.check(cmd, "--serial"); err != nil {
			return err
		}
		return o.run(cmd.Context(), ref)
	}
	return cmd
}

func (o *otpGiveOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	by = o.how.actor(by)
	u, err := admin.User(ctx, by, ref)
	if err != nil {
		return err
	}
	switch { // before anybody scans a QR code
	case u.Token != nil && !o.has:
		return &api.Error{Code: api.Exists, Field: "token", Value: ref.UserID}
	case u.Token == nil && o.has:
		return a.toAdmin(ref, api.Refuse(api.OTPNotRegistered))
	}
	if err := o.token.find(ctx, admin, by, u.Ref.ContractID); err != nil {
		return err
	}
	u, err = o.token.register(ctx, u.Ref, func(t api.NewToken) (api.User, error) {
		t.OldLost = o.lost
		return o.give(admin, ctx, by, ref, t)
	})
	if err != nil {
		return err
	}
	return o.token.show(u, a.withLost(o.done, o.lost))
}

// withLost is what is said of an act, with what became of a token that is lost.
func (a *app) withLost(done string, lost bool) string {
	if lost {
		return i18n.Sentences(done, a.text.Output.Token.LostEnded)
	}
	return done
}

// newOTPRemove is an act like the others, but on a terminal it asks first.
func newOTPRemove(a *app) *cobra.Command {
	lost := false
	o := &userActOptions{app: a, how: &actFlags{}}
	o.weigh = func(before api.User) (done string, ask question[api.UserRef]) {
		if before.Token != nil {
			ask = (*prompt.Asker).ConfirmRemoveToken
		}
		return a.withLost(a.text.Output.Token.Removed, lost), ask
	}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		return admin.RemoveToken(ctx, by, ref, lost)
	}
	cmd := o.command("remove", a.text.Commands.OTPRemove)
	cmd.Flags().BoolVar(&lost, "lost", false, a.text.Flags.TokenLost)
	return cmd
}
