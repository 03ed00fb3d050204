package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

// actFlags say how an administrator means an act.
type actFlags struct {
	why    string
	dryRun bool
	force  bool
}

// flags adds --why and --dry-run.
func (f *actFlags) flags(a *app, cmd *cobra.Command) {
	f.whyFlag(a, cmd)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, a.text.Flags.AsIf)
}

// whyFlag adds --why alone, to an act that hands over a secret, which is not tried.
func (f *actFlags) whyFlag(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.why, "why", "", a.text.Flags.Why)
}

// forceFlag adds --force, to an act that may leave no administrator.
func (f *actFlags) forceFlag(a *app, cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.force, "force", false, a.text.Flags.LastAdmin)
}

// actor is an actor who means it so.
func (f *actFlags) actor(by api.Actor) api.Actor {
	by.Why, by.DryRun, by.Force = f.why, f.dryRun, f.force
	return by
}

// said is what is said of an act that was done, or of one that was only tried.
func (f *actFlags) said(a *app, done string) string {
	if f.dryRun {
		return a.text.Output.Change.AsIf
	}
	return done
}

// question asks a person whether to go on with an act on what R names.
type question[R any] func(*prompt.Asker, context.Context, R) (bool, error)

// first asks the question, if there is one, before an act that is done in earnest.
// It returns nil where the act is to be done.
func (q question[R]) first(ctx context.Context, a *app, by api.Actor, on R) error {
	if q == nil || by.DryRun {
		return nil
	}
	return a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return q(asker, ctx, on) })
}
