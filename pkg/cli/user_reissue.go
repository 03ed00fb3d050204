package cli

import (
	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// newUserReissue is an act like the others, but where the user has a living
// certificate it asks first on a terminal, and says that it is revoked.
func newUserReissue(a *app) *cobra.Command {
	say := a.text.Output
	o := &userActOptions{app: a, how: &actFlags{}, act: api.Admin.Reissue}
	o.weigh = func(before api.User) (string, question[api.UserRef]) {
		if !a.living(before.Certificate) {
			return say.UserReissued, nil
		}
		return i18n.Sentences(say.UserReissued, say.OldRevoked), (*prompt.Asker).ConfirmReissue
	}
	return o.command("reissue", a.text.Commands.UserReissue)
}

// living tells whether a certificate is good now.
func (a *app) living(c *api.CertificateInfo) bool {
	return c != nil && c.State == api.CertificateGood && !a.process.now().After(c.NotAfter)
}
