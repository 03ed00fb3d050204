package cli

import (
	"context"

	"github.com/spf13/cobra"
)

type userListOptions struct {
	app      *app
	contract string
}

func newUserList(a *app) *cobra.Command {
	o := &userListOptions{app: a}
	cmd := a.command("list", a.text.Commands.UserList)
	cmd.Flags().StringVar(&o.contract, "contract-id", "", a.text.Flags.ContractFilter)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

func (o *userListOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	users, err := admin.Users(ctx, by, o.contract)
	if err != nil {
		return err
	}
	t := a.text.Output
	doc := usersDoc{Users: []userRowDoc{}}
	var rows [][]string
	for _, u := range users {
		row := newUserRowDoc(u)
		doc.Users = append(doc.Users, row)
		rows = append(rows, []string{
			row.ContractID, row.UserID, t.Roles[string(row.Role)], t.Statuses[string(row.Status)],
			t.States[string(row.State)], a.time(u.Deadline), t.Next[string(row.Next)], row.Name,
		})
	}
	return a.show(doc, func(p *page) {
		if len(rows) == 0 {
			a.say(t.NoUsers)
			return
		}
		c := t.Columns
		p.table([]string{c.Contract, c.User, c.Role, c.Status, c.State, c.Deadline, c.Next, c.Name}, rows)
	})
}
