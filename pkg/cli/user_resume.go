package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
)

// newUserResume is an act like the others, of which it is said whether there was
// anything to lift.
func newUserResume(a *app) *cobra.Command {
	t := a.text.Output
	o := &userActOptions{app: a, done: t.UserResumed, how: &actFlags{}}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		before, err := admin.User(ctx, by, ref)
		if err != nil {
			return api.User{}, err
		}
		u, err := admin.Resume(ctx, by, ref)
		switch {
		case u.ContractSuspended:
			o.done = t.UserResumedNot
		case before.Status == api.StatusActive && (before.Token == nil || !before.Token.Locked):
			o.done = t.UserNotLocked
		}
		return u, err
	}
	return o.command("resume", a.text.Commands.UserResume)
}
