package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
)

type userListOptions struct {
	app      *app
	wanted   api.UserQuery
	state    string
	expiring string
	pages    pageFlags
}

func newUserList(a *app) *cobra.Command {
	o := &userListOptions{app: a}
	cmd := stream(a.command("list", a.text.Commands.UserList))
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.wanted.ContractID, "contract-id", "", usage.ContractFilter)
	cmd.Flags().StringVar(&o.state, "state", "", usage.UserState)
	cmd.Flags().StringVar(&o.expiring, "expiring", "", usage.Expiring)
	cmd.Flags().BoolVar(&o.wanted.NoToken, "no-otp", false, usage.NoTokenFilter)
	o.pages.flags(a, cmd)
	completeWords(cmd, "state", userStates())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := o.understand(cmd); err != nil {
			return err
		}
		return o.run(cmd.Context())
	}
	return cmd
}

// userStates are what --state takes: what users show as their state, be it the
// slot's or their own.
func userStates() []string {
	var all []string
	for _, s := range api.ListedStates() {
		all = append(all, string(s))
	}
	return append(all, string(api.StatusLocked), string(api.StatusSuspended))
}

// understand puts the flags into the query.
func (o *userListOptions) understand(cmd *cobra.Command) error {
	a := o.app
	if cmd.Flags().Changed("state") && !slices.Contains(userStates(), o.state) {
		return a.badValue(cmd, "--state", o.state, oneOf(a, userStates()))
	}
	if status := api.UserStatus(o.state); status == api.StatusLocked || status == api.StatusSuspended {
		o.wanted.Status = status
	} else {
		o.wanted.State = api.SlotState(o.state)
	}
	if cmd.Flags().Changed("expiring") {
		d, err := parseDuration(o.expiring)
		if err != nil || d <= 0 {
			return a.badValue(cmd, "--expiring", o.expiring, a.text.Errors.WantDuration)
		}
		o.wanted.Expiring = d
	}
	return o.pages.check(a, cmd)
}

func (o *userListOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	doc := usersDoc{Users: []userRowDoc{}}
	doc.Next, err = eachUser(ctx, admin, by, o.wanted, o.pages, func(u api.User) error {
		if a.jsonl {
			return a.writeJSON(newUserRowDoc(u))
		}
		doc.Users = append(doc.Users, newUserRowDoc(u))
		return nil
	})
	if err != nil {
		return err
	}
	return a.showPages(doc, doc.Next, func(p *page) { o.fill(p, doc) })
}

// eachUser calls found with the users that are wanted, and returns where there
// are more; nil where there are not.
func eachUser(ctx context.Context, admin api.Admin, by api.Actor, q api.UserQuery, pages pageFlags, found func(api.User) error) (*string, error) {
	return eachPage(pages, func(after string, most int) (int, string, error) {
		q.After, q.Limit = after, most
		page, err := admin.Users(ctx, by, q)
		for _, u := range page.Users {
			if err := found(u); err != nil {
				return 0, "", err
			}
		}
		return len(page.Users), page.Next, err
	})
}

func (o *userListOptions) fill(p *page, doc usersDoc) {
	a := o.app
	w := o.wanted
	inTime := w.State != "" || w.Expiring > 0
	switch {
	case len(doc.Users) > 0 && inTime && w.ContractID == "":
		a.usersInTime(p, doc.Users)
	case len(doc.Users) > 0:
		a.usersTables(p, doc.Users)
	case w == api.UserQuery{ContractID: w.ContractID} && o.pages.after == "":
		a.say(a.text.Output.NoUsers)
	default:
		a.say(a.text.Output.List.NoMatch)
	}
}

// usersInTime puts users of several contracts, who are in the order of time, on a
// page. What they were asked for and the next step tell the state of each.
func (a *app) usersInTime(p *page, users []userRowDoc) {
	c := a.text.Output.Columns
	var rows [][]string
	for _, u := range users {
		row := a.userRow(u)
		rows = append(rows, append([]string{u.ContractID, u.UserID}, row[2:]...))
	}
	p.table([]string{c.Contract, c.User, c.Deadline, c.Next, c.Name}, rows, 4)
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
		p.table([]string{c.User, c.Slot, c.Deadline, c.Next, c.Name}, rows, 4)
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
