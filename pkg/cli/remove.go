package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// removedDoc is what `certctl remove` shows.
type removedDoc struct {
	Name    string `json:"name"`
	Removed bool   `json:"removed"`
	// Live: the certificate is good, and who has a copy of the key may use it.
	Live bool `json:"live"`
}

type removeOptions struct {
	app  *app
	name string
}

func newRemove(a *app) *cobra.Command {
	o := &removeOptions{app: a}
	cmd := a.command("remove", a.text.Commands.Remove, "NAME")
	cmd.ValidArgsFunction = a.completeName
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *removeOptions) run(ctx context.Context) error {
	a := o.app
	w, where, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	live := e.Damaged == nil && !e.Imported() && (entryState(e, a.process.now()) == api.SlotActive || entryState(e, a.process.now()) == api.SlotRenewable)
	if live {
		a.say(i18n.Fill(a.text.Output.Renewal.RemoveLive, "name", e.Name, "time", a.time(e.NotAfter)))
	}
	// The key is nowhere else.
	err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRemoveEntry(ctx, e.Name) })
	if err != nil {
		return err
	}
	if err := w.Remove(ctx, e.Name); err != nil {
		return err
	}
	return a.show(removedDoc{Name: e.Name, Removed: true, Live: live}, func(p *page) {
		p.lines(i18n.Fill(a.text.Output.Removed, "name", e.Name))
		if ledger, err := a.ledger(where); err == nil {
			if records, err := ledger.Of(e.Name); err == nil && len(records) > 0 {
				a.say(i18n.Fill(a.text.Output.Place.StillThere, "name", e.Name))
			}
		}
	})
}
