package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

func newCARotate(a *app) *cobra.Command {
	cmd := a.command("rotate", a.text.Commands.CARotate)
	root := a.rootFile(cmd, "root-in", a.text.Flags.RootIn)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := root.check(cmd); err != nil {
			return err
		}
		return a.rotateCA(cmd.Context(), root)
	}
	return cmd
}

func (a *app) rotateCA(ctx context.Context, root *rootFile) error {
	i, err := a.backend(ctx)
	if err != nil {
		return err
	}
	key, err := root.read(ctx)
	if err != nil {
		return err
	}
	err = i.Rotate(ctx, operator(), key)
	if e := (*api.Error)(nil); errors.As(err, &e) && e.Code == api.CAEnding {
		p := a.text.Operate.RootEnding
		p.Message = i18n.Fill(p.Message, "time", a.time(e.Time))
		return &refusal{code: e.Code, problem: p, err: err}
	}
	if err != nil {
		return err
	}
	doc, err := readCA(ctx, i)
	if err != nil {
		return err
	}
	return a.show(doc, func(p *page) {
		p.lines(a.text.Operate.Rotated)
		p.lines("")
		a.showCA(p, doc)
		p.lines("")
		p.lines(a.text.Operate.RotatedNext)
	})
}
