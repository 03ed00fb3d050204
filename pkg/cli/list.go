package cli

import (
	"context"

	"github.com/spf13/cobra"
)

type certificatesDoc struct {
	Certificates []certificateDoc `json:"certificates"`
}

func newList(a *app) *cobra.Command {
	cmd := a.command("list", a.text.Commands.List)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return runList(cmd.Context(), a) }
	return cmd
}

func runList(ctx context.Context, a *app) error {
	w, where, err := a.openWallet()
	if err != nil {
		return err
	}
	entries, err := w.Entries(ctx)
	if err != nil {
		return err
	}
	t := a.text.Output
	doc := certificatesDoc{Certificates: []certificateDoc{}}
	var rows [][]string
	for _, e := range entries {
		c := a.certificateDoc(e, where)
		doc.Certificates = append(doc.Certificates, c)
		rows = append(rows, []string{c.Name, c.ContractID, c.UserID, a.briefState(c.State), a.time(e.NotAfter)})
	}
	return a.show(doc, func(p *page) {
		if len(rows) == 0 {
			a.say(a.empty(t.NoEntries, where))
			return
		}
		p.table([]string{t.Columns.Name, t.Columns.Contract, t.Columns.User, t.Columns.State, t.Columns.NotAfter}, rows)
	})
}
