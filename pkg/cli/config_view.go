package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/store"
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
	Valid  bool   `json:"valid"`
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
	if where, err := c.database(); err == nil {
		doc.Database = store.Redact(where)
	}
	if where, err := c.place("wallet", ""); err == nil && !where.keyring() {
		doc.Wallet = where.path
	}
	var rows [][]string
	var bad []string
	for _, key := range c.keys() {
		err := c.check(key)
		if err != nil {
			bad = append(bad, a.sentence(err).Error())
		}
		doc.Settings = append(doc.Settings, settingDoc{key, c.shown(key), c.source[key], err == nil})
		rows = append(rows, []string{key, c.shown(key), a.text.Output.Sources[string(c.source[key])]})
	}
	return a.show(doc, func(p *page) {
		t := a.text.Output
		p.fields(field{t.Labels.ConfigFile, doc.File}, field{t.Labels.Database, doc.Database}, field{t.Labels.WalletDir, doc.Wallet})
		p.WriteString("\n")
		p.table([]string{t.Columns.Key, t.Columns.Value, t.Columns.Source}, rows, 1)
		if len(bad) > 0 {
			p.lines("\n" + strings.Join(bad, "\n"))
		}
	})
}

// check returns what is wrong with the value of a setting. Those that every
// command reads have been looked at before there is a config.
func (c *config) check(key string) (err error) {
	if rest, ours := strings.CutPrefix(key, contractsKey); ours {
		id, key, _ := strings.Cut(rest, ".")
		return c.of(id).check(key)
	}
	e := c.app.text.Errors
	switch key {
	case "store":
		_, err = c.database()
	case "sealed_by":
		_, err = c.place(key, e.WantSealedBy)
	case "wallet":
		_, err = c.place(key, e.WantWallet)
	case "policy.acquire_within", "policy.validity", "policy.renew_from", "policy.reacquire_within", "policy.session":
		_, err = c.span(key)
	case "policy.overlap":
		_, err = c.duration(key)
	case "policy.user_attempts", "policy.token_attempts":
		_, err = c.count(key)
	case "policy.replace":
		_, err = c.replace(key)
	case "policy.reveal":
		_, err = c.reveal(key)
	case "policy.key_types":
		_, err = c.keyTypes(key)
	case "acquire_auth":
		_, err = c.acquireAuth()
	}
	if err != nil {
		return err
	}
	return c.checkTogether(key)
}

// checkTogether returns what is wrong with the value of a setting beside others.
func (c *config) checkTogether(key string) error {
	p, err := c.policyValues()
	wrong := (*api.PolicyError)(nil)
	if err != nil || !errors.As(p.Check(), &wrong) {
		return nil // where a value cannot be read, that is said of it alone
	}
	to := "policy." + wrong.Field
	if c.within != "" && c.source[to] != fromContract {
		to = "policy." + wrong.Limit // the contract's part of the contradiction
	}
	if key != to {
		return nil
	}
	return c.contradiction(wrong)
}

// keys are the keys of all settings in the order in which they are shown.
func (c *config) keys() []string {
	var all []string
	for _, s := range settings() {
		all = append(all, s.key)
	}
	return append(all, c.contractRows()...)
}
