package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// tokenRowDoc is one token in the list.
type tokenRowDoc struct {
	tokenDoc
	ContractID *string  `json:"contract_id"` // null: in the inventory, for any
	Users      []string `json:"users"`
}

type tokensDoc struct {
	Tokens []tokenRowDoc `json:"tokens"`
}

type otpListOptions struct {
	app      *app
	contract string
}

func newOTPList(a *app) *cobra.Command {
	o := &otpListOptions{app: a}
	cmd := a.command("list", a.text.Commands.OTPList)
	cmd.Flags().StringVar(&o.contract, "contract-id", "", a.text.Flags.TokenFilter)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

func (o *otpListOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	tokens, err := admin.Tokens(ctx, by, o.contract)
	if err != nil {
		return err
	}
	doc := tokensDoc{Tokens: []tokenRowDoc{}}
	for _, t := range tokens {
		row := tokenRowDoc{tokenDoc: newTokenDoc(t.Token), Users: t.Users}
		if row.Users == nil {
			row.Users = []string{}
		}
		if t.ContractID != "" {
			row.ContractID = &t.ContractID
		}
		doc.Tokens = append(doc.Tokens, row)
	}
	return a.show(doc, func(p *page) {
		if len(tokens) == 0 {
			a.say(a.text.Output.Token.NoTokens)
			return
		}
		a.tokenTables(p, tokens)
	})
}

// tokenTables puts tokens, which are in the order of their contracts, on a page:
// a table for each contract.
func (a *app) tokenTables(p *page, tokens []api.TokenInfo) {
	t := a.text.Output
	for len(tokens) > 0 {
		contract := tokens[0].ContractID
		var rows [][]string
		for len(tokens) > 0 && tokens[0].ContractID == contract {
			rows, tokens = append(rows, a.tokenRow(tokens[0])), tokens[1:]
		}
		p.fields(field{t.Labels.Contract, cmp.Or(contract, t.Token.Inventory)})
		p.table([]string{t.Token.ColumnSerial, t.Token.ColumnUsers, t.Token.ColumnLastUsed, t.Token.ColumnNote}, rows)
		if len(tokens) > 0 {
			p.lines("")
		}
	}
}

func (a *app) tokenRow(t api.TokenInfo) []string {
	o := a.text.Output.Token
	var notes []string
	if t.Locked {
		notes = append(notes, o.Locked)
	}
	if t.ResyncNeeded {
		notes = append(notes, a.text.Backup.NeedResync)
	}
	if !t.Confirmed && len(t.Users) > 0 {
		notes = append(notes, o.Unconfirmed)
	}
	if t.Drift != 0 {
		notes = append(notes, i18n.Fill(o.Drifts, "seconds", fmt.Sprintf("%+d", t.Drift/time.Second)))
	}
	if !t.Expires.IsZero() {
		notes = append(notes, i18n.Fill(o.Ends, "time", a.time(t.Expires)))
	}
	users := strings.Join(t.Users, ", ")
	return []string{cmp.Or(t.Serial, o.Software), cmp.Or(users, o.Free), cmp.Or(a.time(t.LastUsed), "-"),
		strings.Join(notes, a.text.Output.Comma)}
}
