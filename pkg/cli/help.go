package cli

import (
	"cmp"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"certctl/pkg/i18n"
)

func newHelp(a *app) *cobra.Command {
	page := a.text.Commands.Help
	return &cobra.Command{
		Use:                   "help [COMMAND | TOPIC]",
		Short:                 page.Short,
		Long:                  page.Long,
		Example:               page.Example,
		DisableFlagsInUseLine: true,
		PersistentPreRunE:     func(*cobra.Command, []string) error { return nil },
		ValidArgsFunction:     completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return a.unknownCommand(about, rest)
			}
			return about.Help()
		},
	}
}

// completeHelp completes the names of commands and topics.
func completeHelp(cmd *cobra.Command, args []string, prefix string) ([]cobra.Completion, cobra.ShellCompDirective) {
	about, _, err := cmd.Root().Find(args)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, sub := range about.Commands() {
		if strings.HasPrefix(sub.Name(), prefix) && !sub.Hidden {
			names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// help writes the help page of a command or a topic. It stands in for cobra's
// templates: the headings are ours, in our languages.
func (a *app) help(cmd *cobra.Command, _ []string) {
	p := page{width: cmp.Or(terminalWidth(a.process.Out), readable)}
	if !cmd.Runnable() {
		a.topicPage(&p, cmd)
	} else {
		p.prose(cmd.Long)
		a.usagePart(&p, cmd)
		a.commandsPart(&p, cmd)
		a.flagsPart(&p, cmd)
	}
	io.WriteString(cmd.OutOrStdout(), p.String())
}

func (a *app) usagePart(p *page, cmd *cobra.Command) {
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " COMMAND " + a.text.Help.AnyFlags
	}
	p.WriteString("\n" + a.text.Help.Usage + "\n  " + line + "\n")
	if cmd.HasExample() {
		p.WriteString("\n" + a.text.Help.Examples + "\n" + cmd.Example + "\n")
	}
}

// commandsPart lists the commands under a command: by group where there are
// groups, and the topics last.
func (a *app) commandsPart(p *page, cmd *cobra.Command) {
	for _, g := range cmd.Groups() {
		list(p, g.Title, cmd.Commands(), func(c *cobra.Command) bool { return c.Runnable() && c.GroupID == g.ID })
	}
	list(p, a.text.Help.Commands, cmd.Commands(), func(c *cobra.Command) bool { return c.Runnable() && c.GroupID == "" })
	list(p, a.text.Help.Topics, cmd.Commands(), func(c *cobra.Command) bool { return !c.Runnable() })
}

func list(p *page, title string, commands []*cobra.Command, in func(*cobra.Command) bool) {
	var rows [][]string
	for _, c := range commands {
		if in(c) && !c.Hidden {
			rows = append(rows, []string{"  " + c.Name(), c.Short})
		}
	}
	if len(rows) > 0 {
		p.WriteString("\n" + title + "\n")
		p.entries(rows)
	}
}

func (a *app) flagsPart(p *page, cmd *cobra.Command) {
	text := a.text.Help
	local := cmd.LocalNonPersistentFlags()
	if local.HasAvailableFlags() {
		p.WriteString("\n" + text.Flags + "\n")
		p.entries(a.flagRows(local))
	}
	if cmd.HasParent() {
		p.WriteString("\n")
		p.prose(text.More)
		return
	}
	p.WriteString("\n" + text.GlobalFlags + "\n")
	p.entries(a.flagRows(cmd.PersistentFlags()))
	p.WriteString("\n")
	p.prose(text.MoreRoot)
}

// flagRows returns the flags of a set, as they are written and what they do.
func (a *app) flagRows(flags *pflag.FlagSet) [][]string {
	var rows [][]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		switch {
		case f.NoOptDefVal != "" && f.Value.Type() != "bool":
			name += "[=" + value + "]"
		case value != "":
			name += " " + value
		}
		if f.Value.Type() != "bool" && f.DefValue != "" && f.DefValue != "[]" {
			usage += " " + i18n.Fill(a.text.Help.Default, "value", f.DefValue)
		}
		rows = append(rows, []string{name, usage})
	})
	return rows
}
