package main

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"certctl/pkg/i18n"
)

// manualDate is the month on the manual pages. It is set by hand when the
// manual has changed enough for a reader to care: a clock would make two runs
// differ.
const manualDate = "November 2026"

// manual writes a page for each command, certctl-user-add.1 and so on, and for
// each help topic.
func manual(dir string, text *i18n.Text) error {
	return manualOf(dir, text, tree(text))
}

func manualOf(dir string, text *i18n.Text, cmd *cobra.Command) error {
	if cmd.Hidden {
		return nil
	}
	name := filepath.Join(dir, pageName(cmd)+".1")
	err := writeFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, manualPage(text, cmd))
		return err
	})
	if err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if err := manualOf(dir, text, sub); err != nil {
			return err
		}
	}
	return nil
}

// pageName is what a reader gives to man: certctl-user-add.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manualPage returns the page of a command or a topic, as man(7) wants it.
func manualPage(text *i18n.Text, cmd *cobra.Command) string {
	var r roff
	r.title(pageName(cmd), manualDate)
	r.section("NAME")
	r.line(escape(pageName(cmd)) + ` \- ` + escape(strings.TrimRight(cmd.Short, ".")))
	if cmd.Runnable() {
		r.section("SYNOPSIS")
		r.line(synopsis(cmd))
	}
	r.section("DESCRIPTION")
	r.prose(cmd.Long)
	if cmd.Runnable() {
		commands(&r, cmd)
		flags(&r, text, cmd)
		if cmd.HasExample() {
			r.section("EXAMPLES")
			r.literal(cmd.Example)
		}
		r.section("EXIT STATUS")
		r.line("0: done, or nothing to do. The others are in " + reference("certctl-exit-codes") + ".")
	}
	if cmd.HasParent() {
		r.section("SEE ALSO")
		r.line(reference(pageName(cmd.Parent())))
	}
	return r.String()
}

func synopsis(cmd *cobra.Command) string {
	arguments := strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath())
	if cmd.HasAvailableSubCommands() {
		arguments = " COMMAND [flags]"
	}
	return bold(cmd.CommandPath()) + escape(arguments)
}

// commands lists the commands under a command, then the topics.
func commands(r *roff, cmd *cobra.Command) {
	list := func(heading string, wanted func(*cobra.Command) bool) {
		for _, sub := range cmd.Commands() {
			if sub.Hidden || !wanted(sub) {
				continue
			}
			if heading != "" {
				r.section(heading)
				heading = ""
			}
			r.item(reference(pageName(sub)), marked(sub.Short))
		}
	}
	list("COMMANDS", func(c *cobra.Command) bool { return c.Runnable() })
	list("TOPICS", func(c *cobra.Command) bool { return !c.Runnable() })
}

// flags describes the flags of a command; those that all commands have are on
// the first page only.
func flags(r *roff, text *i18n.Text, cmd *cobra.Command) {
	set := cmd.LocalNonPersistentFlags()
	if !cmd.HasParent() {
		set = cmd.PersistentFlags()
	}
	r.section("OPTIONS")
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := bold("--" + f.Name)
		if f.Shorthand != "" {
			name = bold("-"+f.Shorthand) + ", " + name
		}
		if value != "" {
			name += " " + italic(value)
		}
		if f.Value.Type() != "bool" && f.DefValue != "" && f.DefValue != "[]" {
			usage += " " + i18n.Fill(text.Help.Default, "value", f.DefValue)
		}
		r.item(name, marked(usage))
	})
	if cmd.HasParent() {
		r.paragraph()
		r.line("The flags of every command are in " + reference(cmd.Root().Name()) + ".")
	}
}
