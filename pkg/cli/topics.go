package cli

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
)

// topics returns the help pages about things that are no command. Their Long
// is the prose alone: the tables under it are made when a page is wanted, since
// every run makes the tree.
func (a *app) topics() []*cobra.Command {
	t := a.text.Topics
	topic := func(name string, text i18n.Topic) *cobra.Command {
		return &cobra.Command{Use: name, Short: text.Short, Long: text.Long}
	}
	return []*cobra.Command{
		topic("acquiring", t.Acquiring),
		topic("environment", t.Environment),
		topic("exit-codes", t.ExitCodes),
		topic("scripting", t.Scripting),
		topic("security", t.Security),
	}
}

// topicPage puts a topic on the page, with its tables.
func (a *app) topicPage(p *page, topic *cobra.Command) {
	p.prose(topic.Long)
	switch topic.Name() {
	case "environment":
		a.settingsPart(p)
		a.variablesPart(p)
	case "exit-codes":
		a.exitsPart(p)
		a.codesPart(p)
	}
}

// settingsPart lists every setting with its flag and variable.
func (a *app) settingsPart(p *page) {
	p.WriteString("\n" + a.text.Topics.SettingsHeading + "\n")
	for _, s := range settings() {
		names := []string{s.variable()}
		if s.flag != "" {
			names = append([]string{"--" + s.flag}, names...)
		}
		if s.inFile {
			names = append([]string{s.key}, names...)
		}
		does := a.text.Topics.Settings[s.key]
		if d := defaults()[s.key]; d != "" {
			does += " " + i18n.Fill(a.text.Help.Default, "value", d)
		}
		p.WriteString("  " + strings.Join(names, ", ") + "\n")
		p.hang("      ", does, p.width)
	}
}

// variablesPart lists the variables that are no settings.
func (a *app) variablesPart(p *page) {
	p.WriteString("\n" + a.text.Topics.VariablesHeading + "\n")
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(a.text.Topics.Variables)) {
		rows = append(rows, []string{"  " + name, a.text.Topics.Variables[name]})
	}
	p.entries(rows)
}

// exitsPart lists the exit codes.
func (a *app) exitsPart(p *page) {
	p.WriteString("\n" + a.text.Topics.ExitsHeading + "\n")
	var rows [][]string
	for _, row := range exitTable() {
		rows = append(rows, []string{"  " + strconv.Itoa(row.Exit), a.text.Errors.Exits[row.Exit]})
	}
	p.entries(rows)
}

// codesPart lists the codes of errors with what they mean.
func (a *app) codesPart(p *page) {
	p.WriteString("\n" + a.text.Topics.CodesHeading + "\n")
	var rows [][]string
	for _, row := range exitTable() {
		for _, code := range row.Codes {
			rows = append(rows, []string{"  " + strconv.Itoa(row.Exit), string(code), a.text.Errors.Codes[string(code)].Message})
		}
	}
	p.entries(rows)
}
