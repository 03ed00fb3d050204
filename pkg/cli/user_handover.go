package cli

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/html"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// handoverDoc is what `certctl user handover` shows.
type handoverDoc struct {
	ContractID string  `json:"contract_id"`
	UserID     string  `json:"user_id"`
	Name       string  `json:"name"`
	AcquireBy  timeDoc `json:"acquire_by"`
	File       string  `json:"file"` // empty where the page is in the answer
	Page       string  `json:"page"` // empty where it is in the file
}

type userHandoverOptions struct {
	app  *app
	user userRef
	html bool
	out  string
}

func newUserHandover(a *app) *cobra.Command {
	o := &userHandoverOptions{app: a}
	cmd := a.command("handover", a.text.Commands.UserHandover)
	cmd.Flags().BoolVar(&o.html, "html", false, a.text.Flags.HTML)
	cmd.Flags().StringVar(&o.out, "out", "", a.text.Flags.Out)
	return o.user.command(a, cmd, o.run)
}

func (o *userHandoverOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	u, err := admin.User(ctx, by, ref)
	if err != nil {
		return err
	}
	if err := acquires(u); err != nil {
		return err
	}
	text, err := o.page(u)
	if err != nil {
		return err
	}
	doc := handoverDoc{ContractID: u.Ref.ContractID, UserID: u.Ref.UserID, Name: u.Name, AcquireBy: timeDoc(u.Deadline), Page: text}
	if o.out == "" {
		return a.show(doc, func(p *page) { p.WriteString(text) })
	}
	if err := a.writeNewFile(o.out, []byte(text)); err != nil {
		return err
	}
	doc.File, doc.Page = o.out, ""
	return a.show(doc, func(p *page) {
		p.lines(i18n.Fill(a.text.Handover.Written, "user", u.Ref.UserID, "contract", u.Ref.ContractID, "file", o.out))
	})
}

// acquires refuses a user for whom there is nothing to acquire now.
func acquires(u api.User) error {
	switch u.Slot {
	case api.SlotAcquirable, api.SlotExpiredReacquirable:
		return nil
	case api.SlotNotIssued:
		return api.Refuse(api.NotIssued)
	case api.SlotActive, api.SlotRenewable:
		return &api.Error{Code: api.AlreadyAcquired, Time: u.Deadline}
	}
	return &api.Error{Code: api.ReissueNeeded, Time: u.Deadline}
}

// handoverStep is one thing to do, with the command that does it.
type handoverStep struct{ Text, Command string }

// handover is a page in its words.
type handover struct {
	Lang, Title, Greeting, Intro, Steps string
	IDs                                 []field
	Step                                []handoverStep
	Notes                               []string
}

func (o *userHandoverOptions) page(u api.User) (string, error) {
	t, ids := o.app.text.Handover, o.app.text.Prompt
	deadline := o.app.time(u.Deadline)
	ready, code := t.Ready, t.Code
	if u.Factor == api.FactorPIN {
		ready, code = t.ReadyPIN, t.CodePIN
	}
	h := handover{
		Lang:     o.app.globals(o.app.flags).text("lang"),
		Title:    t.Title,
		Greeting: i18n.Fill(t.Greeting, "name", cmp.Or(u.Name, u.Ref.UserID)),
		Intro:    i18n.Fill(t.Intro, "deadline", deadline),
		IDs:      []field{{ids.ContractID, u.Ref.ContractID}, {ids.UserID, u.Ref.UserID}, {t.AcquireBy, deadline}},
		Steps:    t.Steps,
		Step: []handoverStep{
			{ready, ""},
			{t.Acquire, "certctl acquire"},
			{code, ""},
			{t.Check, "certctl list"},
			{t.Renew, "certctl renew"},
		},
		Notes: t.Notes,
	}
	if o.html {
		return h.html()
	}
	return h.text(), nil
}

// text is the page for a terminal, or for an e-mail.
func (h handover) text() string {
	p := page{width: readable}
	p.lines(h.Title + "\n\n" + h.Greeting + "\n\n" + h.Intro + "\n")
	var ids [][]string
	for _, f := range h.IDs {
		ids = append(ids, []string{"  " + f.label + ":", f.value})
	}
	p.columns(ids)
	p.lines("\n" + h.Steps + "\n")
	for i, s := range h.Step {
		p.entries([][]string{{strconv.Itoa(i+1) + ".", s.Text}})
		if s.Command != "" {
			p.lines("\n     " + s.Command + "\n")
		}
	}
	p.lines("")
	for _, n := range h.Notes {
		p.entries([][]string{{"-", n}})
	}
	return p.String()
}

// html is the page for a browser: one A4 sheet in print, and nothing in it comes
// from elsewhere. Its nodes are written by package html, which escapes what is in
// them. (A template would do so too, but could call any method of anything: with
// one, the linker drops none, and the program is twice as big.)
func (h handover) html() (string, error) {
	ids, steps, notes := element("table"), element("ol"), element("ul")
	for _, f := range h.IDs {
		ids.AppendChild(element("tr", phrase("th", f.label), phrase("td", f.value)))
	}
	for _, s := range h.Step {
		step := phrase("li", s.Text)
		if s.Command != "" {
			step.AppendChild(phrase("code", s.Command))
		}
		steps.AppendChild(step)
	}
	for _, n := range h.Notes {
		notes.AppendChild(phrase("li", n))
	}
	charset, page := element("meta"), element("html",
		element("head", phrase("title", h.Title), phrase("style", handoverStyle)),
		element("body", phrase("h1", h.Title), phrase("p", h.Greeting), phrase("p", h.Intro), ids, phrase("h2", h.Steps), steps, notes),
	)
	charset.Attr = []html.Attribute{{Key: "charset", Val: "utf-8"}}
	page.FirstChild.InsertBefore(charset, page.FirstChild.FirstChild)
	page.Attr = []html.Attribute{{Key: "lang", Val: h.Lang}}
	var text strings.Builder
	text.WriteString("<!DOCTYPE html>\n")
	if err := html.Render(&text, page); err != nil {
		return "", fmt.Errorf("write the sheet: %w", err)
	}
	return text.String() + "\n", nil
}

// element returns an HTML element with others in it.
func element(tag string, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

// phrase returns an HTML element with a text in it.
func phrase(tag, text string) *html.Node {
	return element(tag, &html.Node{Type: html.TextNode, Data: text})
}

const handoverStyle = `
@page { size: A4; margin: 20mm }
body { font: 11pt/1.6 system-ui, "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; color: #000; max-width: 40em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 16pt; border-bottom: 2pt solid; padding-bottom: .3em }
h2 { font-size: 12pt }
table { border-collapse: collapse; margin: 1em 0 }
th, td { border: 1pt solid #888; padding: .4em .8em; text-align: left }
td, code { font-family: ui-monospace, monospace; font-size: 110% }
code { display: block; background: #eee; padding: .3em .6em; margin: .3em 0 }
li { margin: .4em 0; break-inside: avoid }
@media print { body { margin: 0; max-width: none } }
`
