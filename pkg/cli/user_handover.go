package cli

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

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
	o.user.flags(a, cmd)
	cmd.Flags().BoolVar(&o.html, "html", false, a.text.Flags.HTML)
	cmd.Flags().StringVar(&o.out, "out", "", a.text.Flags.Out)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := o.user.ref(a, cmd)
		if err != nil {
			return err
		}
		return o.run(cmd.Context(), ref)
	}
	return cmd
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
// from elsewhere.
func (h handover) html() (string, error) {
	sheet, err := template.New("handover").Parse(handoverSheet)
	if err != nil {
		return "", fmt.Errorf("read the sheet: %w", err)
	}
	type cell struct{ Label, Value string }
	var cells []cell
	for _, f := range h.IDs {
		cells = append(cells, cell{f.label, f.value})
	}
	var text strings.Builder
	err = sheet.Execute(&text, struct {
		handover
		Cells []cell
	}{h, cells})
	if err != nil {
		return "", fmt.Errorf("fill the sheet: %w", err)
	}
	return text.String(), nil
}

const handoverSheet = `<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<style>
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
</style>
</head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Greeting}}</p>
<p>{{.Intro}}</p>
<table>
{{- range .Cells}}
<tr><th scope="row">{{.Label}}</th><td>{{.Value}}</td></tr>
{{- end}}
</table>
<h2>{{.Steps}}</h2>
<ol>
{{- range .Step}}
<li>{{.Text}}{{if .Command}}<code>{{.Command}}</code>{{end}}</li>
{{- end}}
</ol>
<ul>
{{- range .Notes}}
<li>{{.}}</li>
{{- end}}
</ul>
</body>
</html>
`
