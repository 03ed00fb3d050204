package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

// newUserRemove is an act like the others, but on a terminal it asks first:
// what it revokes stays revoked.
func newUserRemove(a *app) *cobra.Command {
	remove := func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		u, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		if by.DryRun {
			return admin.RemoveUser(ctx, by, ref)
		}
		err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRemoveUser(ctx, u.Ref) })
		if err != nil {
			return api.User{}, err
		}
		return admin.RemoveUser(ctx, by, ref)
	}
	o := &userActOptions{app: a, how: &actFlags{}, act: remove, done: a.text.Output.UserRemoved}
	cmd := o.command("remove", a.text.Commands.UserRemove)
	o.how.forceFlag(a, cmd)
	return cmd
}

// newUserSuspend is an act like the others, of which it is said whether the user
// was suspended. Of one whose contract is, nobody sees that.
func newUserSuspend(a *app) *cobra.Command {
	say := a.text.Output.Change
	o := &userActOptions{app: a, how: &actFlags{}, done: say.UserSuspended}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		before, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		if before.Status == api.StatusSuspended && !before.ContractSuspended {
			o.done = say.UserSuspendedAlready
		}
		return admin.SuspendUser(ctx, by, ref)
	}
	cmd := o.command("suspend", a.text.Commands.UserSuspend)
	o.how.forceFlag(a, cmd)
	return cmd
}
