package cli

import (
	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

// newUserRemove is an act like the others, but on a terminal it asks first:
// what it revokes stays revoked.
func newUserRemove(a *app) *cobra.Command {
	o := &userActOptions{app: a, how: &actFlags{}, act: api.Admin.RemoveUser}
	o.weigh = func(api.User) (string, question[api.UserRef]) {
		return a.text.Output.UserRemoved, (*prompt.Asker).ConfirmRemoveUser
	}
	cmd := o.command("remove", a.text.Commands.UserRemove)
	o.how.forceFlag(a, cmd)
	return cmd
}

// newUserSuspend is an act like the others, of which it is said whether the user
// was suspended. Of one whose contract is, nobody sees that.
func newUserSuspend(a *app) *cobra.Command {
	say := a.text.Output.Change
	o := &userActOptions{app: a, how: &actFlags{}, act: api.Admin.SuspendUser}
	o.weigh = func(before api.User) (string, question[api.UserRef]) {
		if before.Status == api.StatusSuspended && !before.ContractSuspended {
			return say.UserSuspendedAlready, nil
		}
		return say.UserSuspended, nil
	}
	cmd := o.command("suspend", a.text.Commands.UserSuspend)
	o.how.forceFlag(a, cmd)
	return cmd
}
