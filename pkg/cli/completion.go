package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

type completionOptions struct {
	app   *app
	root  *cobra.Command
	shell string
	plain bool
}

func newCompletion(a *app) *cobra.Command {
	o := &completionOptions{app: a}
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := a.command("completion", a.text.Commands.Completion, strings.Join(shells, "|"))
	cmd.ValidArgsFunction = cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp)
	cmd.Flags().BoolVar(&o.plain, "no-descriptions", false, a.text.Flags.NoDescriptions)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.root, o.shell = cmd.Root(), args[0]
		if !slices.Contains(shells, o.shell) {
			return a.badValue(cmd, "SHELL", o.shell, oneOf(a, shells))
		}
		return o.run()
	}
	return cmd
}

func (o *completionOptions) run() error {
	out := o.app.process.Out
	switch {
	case o.shell == "bash":
		return o.root.GenBashCompletionV2(out, !o.plain)
	case o.shell == "fish":
		return o.root.GenFishCompletion(out, !o.plain)
	case o.shell == "zsh" && o.plain:
		return o.root.GenZshCompletionNoDesc(out)
	case o.shell == "zsh":
		return o.root.GenZshCompletion(out)
	case o.plain:
		return o.root.GenPowerShellCompletion(out)
	}
	return o.root.GenPowerShellCompletionWithDesc(out)
}
