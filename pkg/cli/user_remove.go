package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
)

// newUserRemove is an act like the others, but on a terminal it asks first:
// what it revokes stays revoked.
func newUserRemove(a *app) *cobra.Command {
	remove := func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		u, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		if err := a.confirmRemoveUser(ctx, u.Ref); err != nil {
			return api.User{}, err
		}
		return admin.RemoveUser(ctx, by, ref)
	}
	return newUserAct(a, "remove", a.text.Commands.UserRemove, a.text.Output.UserRemoved, remove)
}

func (a *app) confirmRemoveUser(ctx context.Context, ref api.UserRef) error {
	if !a.interactive() {
		return nil
	}
	asker, err := a.asker()
	if err != nil {
		return err
	}
	yes, err := asker.ConfirmRemoveUser(ctx, ref)
	if err == nil && !yes {
		err = api.Refuse(api.Cancelled)
	}
	return err
}
