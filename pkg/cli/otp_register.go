package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
)

type otpRegisterOptions struct {
	app   *app
	user  userRef
	token newToken
}

func newOTP(a *app) *cobra.Command {
	return a.group("otp", a.text.Commands.OTP, newOTPRegister(a))
}

func newOTPRegister(a *app) *cobra.Command {
	o := &otpRegisterOptions{app: a, token: newToken{app: a}}
	cmd := a.command("register", a.text.Commands.OTPRegister)
	o.user.flags(a, cmd)
	o.token.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := o.user.ref(a, cmd)
		if err != nil {
			return err
		}
		return o.run(cmd.Context(), ref)
	}
	return cmd
}

func (o *otpRegisterOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	u, err := admin.User(ctx, by, ref)
	if err != nil {
		return err
	}
	if u.Token != nil { // before anybody scans a QR code
		return &api.Error{Code: api.Exists, Field: "token", Value: ref.UserID}
	}
	u, err = o.token.register(ctx, u.Ref, func(t api.NewToken) (api.User, error) {
		return admin.RegisterToken(ctx, by, ref, t)
	})
	if err != nil {
		return err
	}
	return o.token.show(u, a.text.Output.OTPRegistered)
}
