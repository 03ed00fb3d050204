package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// newUserReissue is an act like the others, but where the user has a living
// certificate it asks first on a terminal, and says that it is revoked.
func newUserReissue(a *app) *cobra.Command {
	say := a.text.Output
	o := &userActOptions{app: a, how: &actFlags{}, done: say.UserReissued}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		u, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		if by.DryRun || !a.living(u.Certificate) {
			return admin.Reissue(ctx, by, ref)
		}
		err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmReissue(ctx, u.Ref) })
		if err != nil {
			return api.User{}, err
		}
		o.done = i18n.Sentences(say.UserReissued, say.OldRevoked)
		return admin.Reissue(ctx, by, ref)
	}
	return o.command("reissue", a.text.Commands.UserReissue)
}

// living tells whether a certificate is good now.
func (a *app) living(c *api.CertificateInfo) bool {
	return c != nil && c.State == api.CertificateGood && !a.process.now().After(c.NotAfter)
}
