package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// removedDoc is what `certctl remove` shows.
type removedDoc struct {
	Name    string `json:"name"`
	Removed bool   `json:"removed"`
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
	w, _, err := a.openWallet()
	if err != nil {
		return err
	}
	e, err := a.findEntry(ctx, w, o.name)
	if err != nil {
		return err
	}
	// The key is nowhere else.
	err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRemoveEntry(ctx, e.Name) })
	if err != nil {
		return err
	}
	if err := w.Remove(ctx, e.Name); err != nil {
		return err
	}
	return a.show(removedDoc{e.Name, true}, func(p *page) {
		p.lines(i18n.Fill(a.text.Output.Removed, "name", e.Name))
	})
}
