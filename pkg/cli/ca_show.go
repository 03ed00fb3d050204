package cli

import (
	"context"
	"crypto/x509"
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
	both, err := readAuthorities(ctx, i)
	if err != nil {
		return err
	}
	doc := both.doc(i.DeploymentID())
	if !o.pem {
		return a.show(doc, func(p *page) { a.showCA(p, doc) })
	}
	doc.Issuing.PEM, doc.Root.PEM = pemText(both.issuing), pemText(both.root)
	return a.show(doc, func(p *page) { p.WriteString(doc.Issuing.PEM + doc.Root.PEM) })
}

func pemText(c *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
}
