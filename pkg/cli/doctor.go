package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// doctorDoc is what `certctl doctor` shows.
type doctorDoc struct {
	AsOf     timeDoc   `json:"as_of"`
	Findings []finding `json:"findings"`
}

// finding is one thing that the doctor looked at.
type finding struct {
	Check   string `json:"check"` // what was looked at
	Code    string `json:"code"`  // what was found; stable
	Level   level  `json:"level"`
	Subject string `json:"subject"` // a NAME, a file; may be empty
	Message string `json:"message"`
	Mend    string `json:"mend"`    // the command, or what to do; may be empty
	Fixable bool   `json:"fixable"` // by --fix
	Fixed   bool   `json:"fixed"`

	fix func(context.Context) error
}

// level says how grave a finding is.
type level string

const (
	levelOK      level = "ok"
	levelNote    level = "note"    // nothing is broken; worth knowing
	levelProblem level = "problem" // to be mended
)

type doctorOptions struct {
	app      *app
	fix      bool
	findings []finding
}

func newDoctor(a *app) *cobra.Command {
	o := &doctorOptions{app: a}
	cmd := a.command("doctor", a.text.Commands.Doctor)
	cmd.Flags().BoolVar(&o.fix, "fix", false, a.text.Flags.Fix)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

// run looks at everything, whatever is wrong with the rest.
func (o *doctorOptions) run(ctx context.Context) error {
	a := o.app
	if o.checkConfig() {
		for _, check := range []func(context.Context){
			o.checkModes, o.checkLeftovers, o.checkKeyring, o.checkWallet, o.checkCertificates, o.checkBackend, o.checkSchedule,
			o.checkNSS, o.checkInstalled,
		} {
			if check(ctx); ctx.Err() != nil {
				return context.Cause(ctx)
			}
		}
	}
	doc := doctorDoc{AsOf: timeDoc(a.process.now()), Findings: o.findings}
	if err := a.show(doc, func(p *page) { o.fill(p) }); err != nil {
		return err
	}
	if o.open() > 0 {
		return &shown{api.Refuse(api.Due)}
	}
	return nil
}

// open counts what is still to be mended.
func (o *doctorOptions) open() int {
	n := 0
	for _, f := range o.findings {
		if f.Level == levelProblem && !f.Fixed {
			n++
		}
	}
	return n
}

// fill puts the findings on a page.
func (o *doctorOptions) fill(p *page) {
	t := o.app.text.Output.Doctor
	var labels [][]string
	fixable := 0
	for _, f := range o.findings {
		word := t.Levels[string(f.Level)]
		if f.Fixed {
			word = t.Fixed
		}
		labels = append(labels, []string{word, t.Checks[f.Check]})
		if f.Fixable && !f.Fixed {
			fixable++
		}
	}
	for i, label := range aligned(labels) {
		f := o.findings[i]
		p.hang(label, printable(f.Message), p.width)
		if f.Mend == "" || f.Fixed {
			continue
		}
		for line := range strings.SplitSeq(f.Mend, "\n") {
			width := p.width
			if strings.TrimRight(line, ".:。") == line {
				width = 0 // a command, to be copied whole
			}
			p.hang("    ", printable(line), width)
		}
	}
	switch {
	case o.open() == 0:
		p.lines("\n" + t.Well)
	case fixable > 0:
		p.lines("\n" + i18n.Fill(t.FixSome, "count", count(o.open()), "fixable", count(fixable)))
	default:
		p.lines("\n" + i18n.Fill(t.Mend, "count", count(o.open())))
	}
}

// found adds a finding: its sentence is that of its code.
func (o *doctorOptions) found(f finding, pairs ...string) {
	t := o.app.text.Output.Doctor
	pairs = append(pairs, "subject", f.Subject)
	if f.Message == "" {
		f.Message = i18n.Fill(t.Findings[f.Code], pairs...)
	}
	if f.Mend == "" {
		f.Mend = i18n.Fill(t.Mends[f.Code], pairs...)
	}
	f.Mend, f.Fixable = o.app.rerun(f.Mend), f.fix != nil
	o.findings = append(o.findings, f)
}

// mended adds a finding that --fix mends.
func (o *doctorOptions) mended(ctx context.Context, f finding, fix func(context.Context) error, pairs ...string) {
	f.fix = fix
	if o.fix {
		if err := fix(ctx); err != nil {
			o.failed(f.Check, f.Code, f.Subject, err)
			return
		}
		f.Fixed = true
	}
	o.found(f, pairs...)
}

// failed adds what an error says.
func (o *doctorOptions) failed(check, code, subject string, err error) {
	_, p := o.app.explain(err)
	f := finding{Check: check, Code: code, Level: levelProblem, Subject: subject, Message: p.Message, Mend: p.Hint}
	if cause := causeOf(err); cause != "" && o.app.verbose {
		f.Message = i18n.Sentences(f.Message, i18n.Fill(o.app.text.Errors.Cause, "cause", printable(cause)))
	}
	o.found(f)
}
