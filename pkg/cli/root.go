package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"certctl/pkg/i18n"
)

// The groups of commands on the first help page.
const (
	groupHolder   = "holder"
	groupAdmin    = "admin"
	groupOperator = "operator"
	groupEveryone = "everyone"
)

// Command returns the command tree of a process, for whoever makes manual
// pages and completions of it. Nothing is opened.
func Command(p Process, text *i18n.Text) *cobra.Command {
	a := newApp(p, text)
	root := newRoot(a)
	for _, c := range root.Commands() {
		if !c.Runnable() {
			var whole page
			a.topicPage(&whole, c)
			c.Long = strings.TrimRight(whole.String(), "\n")
		}
	}
	return root
}

func newRoot(a *app) *cobra.Command {
	t := a.text
	root := a.group("certctl", t.Commands.Root)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.start(cmd) }
	root.SetIn(a.process.In)
	root.SetOut(a.process.Out)
	root.SetErr(a.process.Err)
	root.SetFlagErrorFunc(a.flagError)
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(newHelp(a))
	addGlobalFlags(root.PersistentFlags(), t.Flags)
	version := root.Flags().Bool("version", false, t.Flags.Version)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *version {
			return runVersion(a)
		}
		return cmd.Help()
	}
	completeWords(root, "lang", i18n.Languages())

	root.AddGroup(
		&cobra.Group{ID: groupHolder, Title: t.Help.Holder},
		&cobra.Group{ID: groupAdmin, Title: t.Help.Admin},
		&cobra.Group{ID: groupOperator, Title: t.Help.Operator},
		&cobra.Group{ID: groupEveryone, Title: t.Help.Everyone},
	)
	root.SetHelpCommandGroupID(groupEveryone)
	for _, e := range entries(t.Commands) {
		root.AddCommand(a.enter(e))
	}
	root.AddCommand(a.topics()...)
	return root
}

// addGlobalFlags adds the flags that every command has. Each is a setting:
// see the table in settings.go.
func addGlobalFlags(flags *pflag.FlagSet, usage i18n.Flags) {
	flags.SortFlags = false
	d := defaults()
	flags.StringP("output", "o", d["output"], usage.Output)
	flags.Bool("no-input", false, usage.NoInput)
	flags.String("home", d["home"], usage.Home)
	flags.String("wallet", d["wallet"], usage.Wallet)
	flags.String("wallet-password-file", d["wallet_password_file"], usage.WalletPasswordFile)
	flags.String("sealed-by", d["sealed_by"], usage.SealedBy)
	flags.String("timeout", d["timeout"], usage.Timeout)
	flags.String("lang", d["lang"], usage.Lang)
	flags.BoolP("verbose", "v", false, usage.Verbose)
	flags.Bool("no-color", false, usage.NoColor)
	flags.Bool("accessible", false, usage.Accessible)
	flags.BoolP("help", "h", false, usage.Help)
}

// group returns a command that is a noun with verbs under it. Alone it shows
// its help.
func (a *app) group(name string, text i18n.Group, verbs ...*cobra.Command) *cobra.Command {
	noun := &cobra.Command{
		Use:   name,
		Short: text.Short,
		Long:  text.Long,
		Args:  a.unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	noun.AddCommand(verbs...)
	return noun
}

// command returns a command with its help page. args are the names of its
// arguments, all of them needed.
func (a *app) command(name string, text i18n.Page, args ...string) *cobra.Command {
	return &cobra.Command{
		Use:                   strings.Join(append([]string{name}, args...), " ") + " " + a.text.Help.AnyFlags,
		Short:                 text.Short,
		Long:                  text.Long,
		Example:               text.Example,
		DisableFlagsInUseLine: true,
		Args:                  a.exactly(args),
		ValidArgsFunction:     cobra.NoFileCompletions,
	}
}

// exactly checks that a command has its arguments, no fewer and no more.
func (a *app) exactly(names []string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		e := a.text.Errors
		blank := func(s string) bool { return strings.TrimSpace(s) == "" }
		switch {
		case len(args) < len(names):
			return a.usage(i18n.Fill(e.MissingArgument, "argument", names[len(args)]), a.seeHelp(cmd))
		case slices.ContainsFunc(args[:len(names)], blank):
			return a.usage(i18n.Fill(e.MissingArgument, "argument", names[slices.IndexFunc(args, blank)]), a.seeHelp(cmd))
		case len(args) > len(names):
			return a.usage(i18n.Fill(e.ExtraArgument, "value", quote(args[len(names)])), a.seeHelp(cmd))
		}
		return nil
	}
}

// unknownCommand refuses the argument of a noun that is none of its verbs.
func (a *app) unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := a.text.Errors
	hint := i18n.Fill(e.UnknownCommandHint, "command", cmd.CommandPath())
	cmd.SuggestionsMinimumDistance = 2
	if similar := cmd.SuggestionsFor(args[0]); len(similar) > 0 {
		hint = i18n.Fill(e.DidYouMean, "command", cmd.CommandPath()+" "+similar[0])
	}
	return a.usage(i18n.Fill(e.UnknownCommand, "command", quote(args[0])), hint)
}

// flagError words what is wrong with a flag.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	e := a.text.Errors
	message := err.Error()
	unknown, needs := (*pflag.NotExistError)(nil), (*pflag.ValueRequiredError)(nil)
	bad, syntax := (*pflag.InvalidValueError)(nil), (*pflag.InvalidSyntaxError)(nil)
	switch {
	case errors.As(err, &unknown):
		message = i18n.Fill(e.UnknownFlag, "flag", quote(dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())))
		return a.usage(message, cmp.Or(a.similarFlag(cmd, unknown.GetSpecifiedName()), a.seeHelp(cmd)))
	case errors.As(err, &needs):
		message = i18n.Fill(e.FlagNeedsValue, "flag", "--"+needs.GetFlag().Name)
	case errors.As(err, &bad):
		message = i18n.Fill(e.BadFlag, "flag", "--"+bad.GetFlag().Name, "value", quote(bad.GetValue()))
	case errors.As(err, &syntax):
		message = i18n.Fill(e.BadFlagSyntax, "flag", quote(syntax.GetSpecifiedFlag()))
	}
	return a.usage(message, a.seeHelp(cmd))
}

// similarFlag suggests a flag in the place of one that does not exist. Where
// that would have been a secret among the arguments, it says why there is none.
func (a *app) similarFlag(cmd *cobra.Command, name string) string {
	flags := cobra.Command{SuggestionsMinimumDistance: 2} // what cobra does for commands
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		flags.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	similar := flags.SuggestionsFor(name)
	if len(similar) == 0 || len(name) < 2 {
		return ""
	}
	e := a.text.Errors
	hint := i18n.Fill(e.DidYouMean, "command", "--"+similar[0])
	if similar[0] == name+"-file" {
		hint = i18n.Sentences(hint, e.NoSecretArguments)
	}
	return hint
}

// dashed writes a flag as it was given: its name, or one of several letters.
func dashed(name, letters string) string {
	if letters != "" {
		return "-" + name
	}
	return "--" + name
}

// badValue refuses the value of a flag or an argument that is one of a few
// words.
func (a *app) badValue(cmd *cobra.Command, name, value, want string) error {
	e := a.text.Errors
	return a.usage(i18n.Fill(e.BadSetting, "name", name, "value", quote(value)),
		i18n.Sentences(i18n.Fill(e.Want, "want", want), a.seeHelp(cmd)))
}

// seeHelp points to the help of a command.
func (a *app) seeHelp(cmd *cobra.Command) string {
	return i18n.Fill(a.text.Errors.SeeHelp, "command", cmd.CommandPath())
}
