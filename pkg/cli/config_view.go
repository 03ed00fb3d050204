package cli

import (
	"github.com/spf13/cobra"
)

// configDoc is what `certctl config view` shows.
type configDoc struct {
	File     string       `json:"file"`
	Database string       `json:"database"`
	Wallet   string       `json:"wallet_dir"`
	Settings []settingDoc `json:"settings"`
}

type settingDoc struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Source source `json:"source"`
}

func newConfig(a *app) *cobra.Command {
	view := a.command("view", a.text.Commands.ConfigView)
	view.RunE = func(*cobra.Command, []string) error { return runConfigView(a) }
	return a.group("config", a.text.Commands.Config, view)
}

func runConfigView(a *app) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	doc := configDoc{File: c.dirs.configFile(), Database: c.dirs.database(), Wallet: c.dirs.wallet()}
	var rows [][]string
	for _, s := range settings() {
		doc.Settings = append(doc.Settings, settingDoc{s.key, c.text(s.key), c.source[s.key]})
		rows = append(rows, []string{s.key, c.text(s.key), a.text.Output.Sources[string(c.source[s.key])]})
	}
	return a.show(doc, func(p *page) {
		t := a.text.Output
		p.fields(field{t.Labels.ConfigFile, doc.File}, field{t.Labels.Database, doc.Database}, field{t.Labels.WalletDir, doc.Wallet})
		p.WriteString("\n")
		p.columns(append([][]string{{t.Columns.Key, t.Columns.Value, t.Columns.Source}}, rows...))
	})
}
