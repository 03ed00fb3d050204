package cli

import (
	"slices"
	"strconv"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/roster"
)

// userImportDoc is what `certctl user import` did. It holds no secret.
type userImportDoc struct {
	File    string            `json:"file"` // the result file
	Added   int               `json:"added"`
	Earlier int               `json:"added_earlier"` // of Added, by earlier runs
	Exists  int               `json:"exists"`
	Failed  int               `json:"failed"`
	Users   []userImportedDoc `json:"users"`
}

type userImportedDoc struct {
	ContractID string         `json:"contract_id"`
	UserID     string         `json:"user_id"`
	Outcome    roster.Outcome `json:"outcome"`
	AcquireBy  timeDoc        `json:"acquire_by"`
	OTP        string         `json:"otp"` // as the list says it; empty: the user was there before
}

// foresee shows what would be done.
func (i *userImport) foresee() error {
	for n, e := range i.entries {
		if !e.Outcome.Done() && i.there[importKey(e.Ref)] {
			i.entries[n].Outcome = roster.Exists
		}
	}
	doc := i.doc()
	return i.app.show(doc, func(p *page) {
		i.app.say(i.app.text.Roster.DryRun)
		i.table(p, doc.Users)
	})
}

func (i *userImport) doc() userImportDoc {
	doc := userImportDoc{File: i.result, Users: []userImportedDoc{}}
	for _, e := range i.entries {
		switch e.Outcome {
		case roster.Planned:
		case roster.Added:
			doc.Added++
			if i.earlier[importKey(e.Ref)] {
				doc.Earlier++
			}
		case roster.Exists:
			doc.Exists++
		default:
			doc.Failed++
		}
		doc.Users = append(doc.Users, userImportedDoc{e.Ref.ContractID, e.Ref.UserID, e.Outcome, timeDoc(e.AcquireBy), factorWord(e)})
	}
	return doc
}

// factorWord says in the words of a list what an entry gives the user.
func factorWord(e roster.Entry) string {
	switch {
	case e.Outcome == roster.Exists:
		return ""
	case e.Serial != "":
		return e.Serial
	case e.Secret != "":
		return roster.Software
	case e.PIN != "":
		return roster.PIN
	}
	return roster.NoToken
}

// fill shows the result to a person: in numbers, and each user who was not
// added.
func (i *userImport) fill(p *page, doc userImportDoc) {
	t := i.app.text.Roster
	p.lines(i18n.Fill(t.Done, "added", strconv.Itoa(doc.Added-doc.Earlier), "exists", strconv.Itoa(doc.Exists), "failed", strconv.Itoa(doc.Failed)))
	if doc.Earlier > 0 {
		p.lines(i18n.Fill(t.Earlier, "count", strconv.Itoa(doc.Earlier)))
	}
	var others []userImportedDoc
	for _, u := range doc.Users {
		if u.Outcome != roster.Added {
			others = append(others, u)
		}
	}
	if len(others) > 0 {
		p.lines("")
		i.table(p, others)
	}
	if slices.ContainsFunc(i.entries, handsOver) {
		p.lines("")
		p.lines(i18n.Fill(t.Next, "file", quote(i.result)))
	}
}

// handsOver tells whether an entry has a secret that a user is waiting for.
func handsOver(e roster.Entry) bool {
	return e.Outcome == roster.Added && (e.Secret != "" || e.PIN != "")
}

func (i *userImport) table(p *page, users []userImportedDoc) {
	a := i.app
	var rows [][]string
	for _, u := range users {
		outcome, own := a.text.Roster.Outcomes[string(u.Outcome)]
		if !own {
			outcome = a.text.Errors.Codes[string(u.Outcome)].Message
		}
		if u.Outcome == roster.Added && i.earlier[importKey(api.UserRef{ContractID: u.ContractID, UserID: u.UserID})] {
			outcome = a.text.Roster.AddedEarlier
		}
		factor, word := a.text.Roster.Factors[u.OTP]
		if !word {
			factor = u.OTP
		}
		rows = append(rows, []string{u.ContractID, u.UserID, factor, outcome})
	}
	c := a.text.Output.Columns
	p.table([]string{c.Contract, c.User, a.text.Roster.Factor, a.text.Roster.Outcome}, rows, 3)
}
