package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// completeName completes the NAMEs of the wallet, from its directory alone:
// whoever presses Tab is asked for no password and no keyring.
func (a *app) completeName(cmd *cobra.Command, args []string, prefix string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 || a.start(cmd) != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	w, _, err := a.openWallet()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	entries, err := w.Entries(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, e := range entries {
		if strings.HasPrefix(e.Name, prefix) {
			names = append(names, e.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeNames completes several of them, each once.
func (a *app) completeNames(cmd *cobra.Command, args []string, prefix string) ([]cobra.Completion, cobra.ShellCompDirective) {
	names, directive := a.completeName(cmd, nil, prefix)
	return slices.DeleteFunc(names, func(name cobra.Completion) bool { return slices.Contains(args, name) }), directive
}

// completeWords completes one of a few words.
func completeWords[T ~string](cmd *cobra.Command, flag string, words []T) {
	var all []cobra.Completion
	for _, w := range words {
		all = append(all, string(w))
	}
	complete := cobra.FixedCompletions(all, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err) // the flag is not there: a slip of the pen above the call
	}
}
