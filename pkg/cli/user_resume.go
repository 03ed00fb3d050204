package cli

import (
	"github.com/spf13/cobra"

	"certctl/pkg/api"
)

// newUserResume is an act like the others, of which it is said whether there was
// anything to lift.
func newUserResume(a *app) *cobra.Command {
	say := a.text.Output
	o := &userActOptions{app: a, how: &actFlags{}, act: api.Admin.Resume}
	o.weigh = func(before api.User) (string, question[api.UserRef]) {
		switch {
		case before.ContractSuspended:
			return say.UserResumedNot, nil
		case before.Status == api.StatusActive && (before.Token == nil || !before.Token.Locked):
			return say.UserNotLocked, nil
		}
		return say.UserResumed, nil
	}
	return o.command("resume", a.text.Commands.UserResume)
}
