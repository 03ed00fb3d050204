package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/install"
)

func newUninstall(a *app) *cobra.Command {
	o := &installOptions{app: a}
	cmd := o.command("uninstall", a.text.Commands.Uninstall, a.text.Flags.UninstallFrom)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		if err := o.checkTo(cmd); err != nil {
			return err
		}
		return o.remove(cmd.Context())
	}
	return cmd
}

// remove takes out what the ledger says was installed, though the wallet may
// have it no more.
func (o *installOptions) remove(ctx context.Context) error {
	a := o.app
	w, where, err := a.openWallet()
	if err != nil {
		return err
	}
	in, err := a.installer(where, o.passwordFile)
	if err != nil {
		return err
	}
	records, err := in.ledger.Of(o.name)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		e, err := a.findEntry(ctx, w, o.name)
		if err != nil {
			return err
		}
		o.name = e.Name
		if records, err = in.ledger.Of(e.Name); err != nil {
			return err
		}
	}
	records = slices.DeleteFunc(records, func(r install.Record) bool {
		return o.to != "" && (o.to == toNSS) != (r.Place.Kind == install.KindNSS)
	})
	if len(records) == 0 {
		p := a.text.Errors.Place.NotInstalled
		p.Message = i18n.Fill(p.Message, "name", o.name)
		return &refusal{code: api.NotFound, problem: p}
	}
	doc := installDoc{Name: o.name}
	failed, err := eachStore(ctx, &doc, records, func(r install.Record) (storeDoc, error) {
		return in.take(ctx, r)
	})
	if err != nil {
		return err
	}
	return a.showStores(doc, failed, func(p *page) {
		heading := a.text.Output.Place.Uninstalled
		if len(failed) > 0 {
			heading = a.text.Output.Place.UninstalledInSome
		}
		p.lines(i18n.Fill(heading, "name", o.name))
		a.storeTable(p, doc.Stores)
	})
}
