package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/otp"
)

func newPIN(a *app) *cobra.Command {
	return a.group("pin", a.text.Commands.PIN, newPINReset(a))
}

// pinDoc is the file of --secret-out that has a PIN.
type pinDoc struct {
	PIN string `json:"pin"`
}

type pinResetOptions struct {
	app   *app
	user  userRef
	how   actFlags
	token newToken // which there is none of: it hands over the PIN
}

func newPINReset(a *app) *cobra.Command {
	o := &pinResetOptions{app: a, token: newToken{app: a}}
	cmd := a.command("reset", a.text.Commands.PINReset)
	o.how.whyFlag(a, cmd)
	cmd.Flags().StringVar(&o.token.secretOut, "secret-out", "", a.text.Flags.SecretOut)
	return o.user.command(a, cmd, o.run)
}

func (o *pinResetOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	by = o.how.actor(by)
	u, err := o.token.handOverPIN(func(pin api.Secret) (api.User, error) { return admin.ResetPIN(ctx, by, ref, pin) })
	if err != nil {
		return err
	}
	return o.token.show(u, a.text.Output.Token.PINSet)
}

// handOverPIN makes a PIN and hands it to a backend.
func (n *newToken) handOverPIN(to func(api.Secret) (api.User, error)) (api.User, error) {
	n.pin = otp.NewPIN()
	return n.handOver(pinDoc{n.pin}, func() (api.User, error) {
		u, err := to(api.Secret(n.pin))
		n.maybe = err == nil || !refused(err)
		return u, err
	})
}
