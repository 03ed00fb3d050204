package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"certctl/pkg/i18n"
)

// write writes a page for each command, certctl-user-add.1 and so on, and for
// each help topic.
func (e edition) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", dir, err)
	}
	return e.pages(dir, tree(e.text))
}

// pages writes the page of a command, and those of the commands under it.
func (e edition) pages(dir string, cmd *cobra.Command) error {
	if cmd.Hidden {
		return nil
	}
	name := filepath.Join(dir, pageName(cmd)+".1")
	err := writeFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, e.page(cmd))
		return err
	})
	if err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if err := e.pages(dir, sub); err != nil {
			return err
		}
	}
	return nil
}

// pageName is what a reader gives to man: certctl-user-add.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// page returns the page of a command or a topic, as man(7) wants it.
func (e edition) page(cmd *cobra.Command) string {
	m := e.text.Manual
	r := roff{width: e.width}
	r.title(pageName(cmd), m.Date, m.Title)
	r.section(m.Name)
	r.line(escape(pageName(cmd)) + ` \- ` + escape(strings.TrimRight(cmd.Short, ".。")))
	if cmd.Runnable() {
		r.section(m.Synopsis)
		r.line(synopsis(m, cmd))
	}
	r.section(m.Description)
	r.prose(cmd.Long)
	if cmd.Runnable() {
		commands(&r, m, cmd)
		flags(&r, e.text, cmd)
		if cmd.HasExample() {
			r.section(m.Examples)
			r.literal(cmd.Example)
		}
		r.section(m.ExitStatus)
		r.sentence(m.ExitCodes, "certctl-exit-codes")
	}
	if cmd.HasParent() {
		r.section(m.SeeAlso)
		r.line(reference(pageName(cmd.Parent())))
	}
	return r.String()
}

func synopsis(m i18n.Manual, cmd *cobra.Command) string {
	arguments := strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath())
	if cmd.HasAvailableSubCommands() {
		arguments = " " + m.Arguments
	}
	return bold(cmd.CommandPath()) + escape(arguments)
}

// commands lists the commands under a command, then the topics.
func commands(r *roff, m i18n.Manual, cmd *cobra.Command) {
	list := func(heading string, wanted func(*cobra.Command) bool) {
		for _, sub := range cmd.Commands() {
			if sub.Hidden || !wanted(sub) {
				continue
			}
			if heading != "" {
				r.section(heading)
				heading = ""
			}
			r.item(reference(pageName(sub)), sub.Short)
		}
	}
	list(m.Commands, func(c *cobra.Command) bool { return c.Runnable() })
	list(m.Topics, func(c *cobra.Command) bool { return !c.Runnable() })
}

// flags describes the flags of a command; those that all commands have are on
// the first page only.
func flags(r *roff, text *i18n.Text, cmd *cobra.Command) {
	set := cmd.LocalNonPersistentFlags()
	if !cmd.HasParent() {
		set = cmd.PersistentFlags()
	}
	r.section(text.Manual.Options)
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
		r.item(name, usage)
	})
	if cmd.HasParent() {
		r.paragraph()
		r.sentence(text.Manual.GlobalFlags, cmd.Root().Name())
	}
}
