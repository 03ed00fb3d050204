package cli

import (
	"context"

	"github.com/spf13/cobra"
)

type showOptions struct {
	app  *app
	name string
}

func newShow(a *app) *cobra.Command {
	o := &showOptions{app: a}
	cmd := a.command("show", a.text.Commands.Show, "NAME")
	cmd.ValidArgsFunction = a.completeName
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *showOptions) run(ctx context.Context) error {
	a := o.app
	w, where, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	if e.Damaged != nil {
		return e.Damaged
	}
	chain, err := w.Chain(ctx, e.Name)
	if err != nil {
		return err
	}
	doc, usages, extended := shownCertificate(a.certificateDoc(e, where), chain[0])
	return a.show(doc, func(p *page) {
		p.fields(append(a.certificateFields(doc.certificateDoc), a.x509Fields(doc, usages, extended)...)...)
	})
}
