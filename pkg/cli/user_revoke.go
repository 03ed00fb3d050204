package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// newUserRevoke revokes for a reason that relying parties are told; on a terminal
// it asks first.
func newUserRevoke(a *app) *cobra.Command {
	var (
		given  string
		reason api.Reason
	)
	say := a.text.Output.Change
	o := &userActOptions{app: a, how: &actFlags{}}
	o.weigh = func(before api.User) (string, question[api.UserRef]) {
		if before.Slot == api.SlotRevoked && reason != api.ReasonKeyCompromise {
			return i18n.Sentences(say.UserRevokedAlready, say.UserRevokedNext), nil
		}
		return i18n.Sentences(say.UserRevoked, say.UserRevokedNext), (*prompt.Asker).ConfirmRevokeUser
	}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		return admin.RevokeUser(ctx, by, ref, reason)
	}
	cmd := o.command("revoke", a.text.Commands.UserRevoke)
	cmd.Flags().StringVar(&given, "reason", string(api.ReasonUnspecified), a.text.Flags.RevokeReason)
	completeWords(cmd, "reason", api.Reasons())
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var err error
		if reason, err = api.ParseReason(given); err != nil {
			return a.badValue(cmd, "--reason", given, oneOf(a, api.Reasons()))
		}
		return run(cmd, args)
	}
	return cmd
}
