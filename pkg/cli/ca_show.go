package cli

import (
	"context"
	"encoding/pem"

	"github.com/spf13/cobra"
)

type caShowOptions struct {
	app *app
	pem bool
}

func newCAShow(a *app) *cobra.Command {
	o := &caShowOptions{app: a}
	cmd := a.command("show", a.text.Commands.CAShow)
	cmd.Flags().BoolVar(&o.pem, "pem", false, a.text.Flags.PEM)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

func (o *caShowOptions) run(ctx context.Context) error {
	a := o.app
	i, err := a.backend(ctx)
	if err != nil {
		return err
	}
	doc, err := readCA(ctx, i)
	if err != nil {
		return err
	}
	if !o.pem {
		return a.show(doc, func(p *page) { a.showCA(p, doc) })
	}
	doc.Issuing.PEM, doc.Root.PEM = pemText(doc.Issuing.der), pemText(doc.Root.der)
	return a.show(doc, func(p *page) { p.WriteString(doc.Issuing.PEM + doc.Root.PEM) })
}

func pemText(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
