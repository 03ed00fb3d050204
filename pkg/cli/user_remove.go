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
		err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRemoveUser(ctx, u.Ref) })
		if err != nil {
			return api.User{}, err
		}
		return admin.RemoveUser(ctx, by, ref)
	}
	return newUserAct(a, "remove", a.text.Commands.UserRemove, a.text.Output.UserRemoved, remove)
}
