package cli

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
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
	doc := usersDoc{Users: []userRowDoc{}}
	for _, u := range users {
		doc.Users = append(doc.Users, newUserRowDoc(u))
	}
	return a.show(doc, func(p *page) {
		if len(users) == 0 {
			a.say(a.text.Output.NoUsers)
			return
		}
		a.usersTables(p, doc.Users)
	})
}

// usersTables puts users, who are in the order of their contracts, on a page:
// a table for each contract. Together with the contract's ID a row would be too
// long for a terminal.
func (a *app) usersTables(p *page, users []userRowDoc) {
	t := a.text.Output
	c := t.Columns
	for len(users) > 0 {
		contract := users[0].ContractID
		var rows [][]string
		for len(users) > 0 && users[0].ContractID == contract {
			rows, users = append(rows, a.userRow(users[0])), users[1:]
		}
		p.fields(field{t.Labels.Contract, contract})
		p.table([]string{c.User, c.Slot, c.Deadline, c.Next, c.Name}, rows)
		if len(users) > 0 {
			p.lines("")
		}
	}
}

// userRow is a user in a table. A status that is not the ordinary one stands in
// the place of the slot's state, and the role where it is not the ordinary one
// beside the name.
func (a *app) userRow(u userRowDoc) []string {
	t := a.text.Output
	state := a.briefState(u.State)
	if u.Status != api.StatusActive {
		state = t.Statuses[string(u.Status)]
	}
	name := u.Name
	if u.Role != api.RoleUser {
		name = strings.TrimSpace(name + " (" + t.Roles[string(u.Role)] + ")")
	}
	next := cmp.Or(t.Brief["next_"+string(u.Next)], t.Next[string(u.Next)])
	return []string{u.UserID, state, a.time(time.Time(u.Deadline)), next, name}
}

// briefState is the word for a state where there is little room.
func (a *app) briefState(s api.SlotState) string {
	t := a.text.Output
	return cmp.Or(t.Brief[string(s)], t.States[string(s)])
}
