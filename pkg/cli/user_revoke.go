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
	o := &userActOptions{app: a, how: &actFlags{}, done: i18n.Sentences(say.UserRevoked, say.UserRevokedNext)}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		u, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		if u.Slot == api.SlotRevoked && reason != api.ReasonKeyCompromise {
			o.done = i18n.Sentences(say.UserRevokedAlready, say.UserRevokedNext)
		} else if !by.DryRun {
			err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRevokeUser(ctx, u.Ref) })
		}
		if err != nil {
			return api.User{}, err
		}
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
