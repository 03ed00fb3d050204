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
	Next   *string       `json:"next_page"` // for --after; null: there is none
}

type otpListOptions struct {
	app    *app
	wanted api.TokenQuery
	pages  pageFlags
}

func newOTPList(a *app) *cobra.Command {
	o := &otpListOptions{app: a}
	cmd := stream(a.command("list", a.text.Commands.OTPList))
	cmd.Flags().StringVar(&o.wanted.ContractID, "contract-id", "", a.text.Flags.TokenFilter)
	o.pages.flags(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := o.pages.check(a, cmd); err != nil {
			return err
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *otpListOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	doc, tokens := tokensDoc{Tokens: []tokenRowDoc{}}, []api.TokenInfo(nil)
	doc.Next, err = eachPage(o.pages, func(after string, most int) (int, string, error) {
		q := o.wanted
		q.After, q.Limit = after, most
		page, err := admin.Tokens(ctx, by, q)
		for _, t := range page.Tokens {
			if !a.jsonl {
				doc.Tokens, tokens = append(doc.Tokens, newTokenRowDoc(t)), append(tokens, t)
			} else if err := a.writeJSON(newTokenRowDoc(t)); err != nil {
				return 0, "", err
			}
		}
		return len(page.Tokens), page.Next, err
	})
	if err != nil {
		return err
	}
	return a.showPages(doc, doc.Next, func(p *page) {
		if len(tokens) == 0 && o.pages.after == "" {
			a.say(a.text.Output.Token.NoTokens)
			return
		}
		a.tokenTables(p, tokens)
	})
}

func newTokenRowDoc(t api.TokenInfo) tokenRowDoc {
	row := tokenRowDoc{tokenDoc: newTokenDoc(t.Token), Users: t.Users}
	if row.Users == nil {
		row.Users = []string{}
	}
	if t.ContractID != "" {
		row.ContractID = &t.ContractID
	}
	return row
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
		p.table([]string{t.Token.ColumnSerial, t.Token.ColumnUsers, t.Token.ColumnLastUsed, t.Token.ColumnNote}, rows, 3)
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
	free := o.Free
	switch {
	case t.Expires.IsZero():
	case t.Expires.After(a.process.now()):
		notes = append(notes, i18n.Fill(o.Ends, "time", a.time(t.Expires)))
	default:
		notes = append(notes, i18n.Fill(o.Ended, "time", a.time(t.Expires)))
		free = "-"
	}
	users := strings.Join(t.Users, ", ")
	return []string{cmp.Or(t.Serial, o.Software), cmp.Or(users, free), cmp.Or(a.time(t.LastUsed), "-"),
		strings.Join(notes, a.text.Output.Comma)}
}
