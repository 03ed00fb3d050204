package cli

import (
	"context"
	"encoding/pem"
	"fmt"

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
	if o.pem {
		for _, der := range [][]byte{both.issuing.Raw, both.root.Raw} {
			if err := pem.Encode(a.process.Out, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
				return fmt.Errorf("write the certificates: %w", err)
			}
		}
		return nil
	}
	doc := both.doc(i.DeploymentID())
	return a.show(doc, func(p *page) { a.showCA(p, doc) })
}
