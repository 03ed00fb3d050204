package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// exitCode is what a command ends with where its error is of a kind.
func exitCode(k api.Kind) int {
	switch k {
	case api.KindUsage:
		return 2
	case api.KindNotFound:
		return 3
	case api.KindDenied:
		return 4
	case api.KindConflict:
		return 5
	case api.KindUnavailable:
		return 6
	case api.KindFollowUp:
		return 7
	case api.KindDue:
		return 10
	case api.KindCancelled:
		return 130
	case api.KindTerminated:
		return 143
	}
	return 1
}

// exitRow is one row of the table that `help exit-codes` shows.
type exitRow struct {
	Exit  int
	Codes []api.Code // empty for success
}

// exitTable is the table of exit codes with the codes of errors that lead to
// each: the table of api, by exit code.
func exitTable() []exitRow {
	rows := []exitRow{{Exit: 0}}
	for _, c := range api.Codes() {
		exit := exitCode(c.Kind)
		i := slices.IndexFunc(rows, func(r exitRow) bool { return r.Exit == exit })
		if i < 0 {
			rows = append(rows, exitRow{Exit: exit})
			i = len(rows) - 1
		}
		rows[i].Codes = append(rows[i].Codes, c.Code)
	}
	slices.SortFunc(rows, func(a, b exitRow) int { return cmp.Compare(a.Exit, b.Exit) })
	return rows
}

// shown is an error of a command whose result is out and tells all of it: the
// exit code alone is still to say.
type shown struct{ err error }

// Error describes the error for a log.
func (s *shown) Error() string { return s.err.Error() }

// Unwrap returns the error itself.
func (s *shown) Unwrap() error { return s.err }

// worst returns the gravest of several errors, all of which the result tells
// already; nil where there is none.
func (a *app) worst(errs []error) error {
	order := []api.Kind{api.KindInternal, api.KindUnavailable, api.KindDenied, api.KindConflict, api.KindNotFound, api.KindUsage, api.KindFollowUp, api.KindDue}
	for _, kind := range order {
		for _, err := range errs {
			if code, _ := a.explain(err); code.Kind() == kind {
				return &shown{err}
			}
		}
	}
	return nil
}

// errorDoc is an error as JSON.
type errorDoc struct {
	Error problemDoc `json:"error"`
}

type problemDoc struct {
	Code    api.Code `json:"code"`
	Message string   `json:"message"`
	Hint    string   `json:"hint"`
}

// problemDoc is an error in the row of what it befell.
func (a *app) problemDoc(err error) *problemDoc {
	code, p := a.explain(err)
	return &problemDoc{code, p.Message, p.Hint}
}

// exit reports the error of a run, if there is one, and returns its exit
// code. cause is why the run was ended from outside, nil where it was not: then
// that is what is said, whatever the run tripped over on its way out. A run that
// was done before is done.
func (a *app) exit(cause, err error) int {
	if err == nil {
		return 0
	}
	if child := (*exited)(nil); errors.As(err, &child) {
		return child.code
	}
	code, p := a.explain(err)
	if told := (*shown)(nil); cause == nil && errors.As(err, &told) {
		return exitCode(code.Kind())
	}
	if cause != nil && api.CodeOf(cause) != code { // else the command may know more of what it leaves
		code, p = a.explain(cause)
	}
	if !a.json {
		a.json, a.jsonl = a.jsonAsked()
	}
	if a.json {
		// An error of this write would have nowhere to go, and the sentence
		// follows anyway.
		_ = a.writeJSON(errorDoc{problemDoc{code, p.Message, p.Hint}})
	}
	a.say("certctl: " + p.Message)
	a.say(p.Hint)
	if a.verbose || code.Kind() == api.KindInternal || code.Kind() == api.KindUnavailable {
		if text := causeOf(err); text != "" {
			a.say(i18n.Fill(a.text.Errors.Cause, "cause", printable(text)))
		}
	}
	return exitCode(code.Kind())
}

// leaving words the end of a run from outside, or by the person, where there is
// something to say of what it leaves. Other errors pass.
func (a *app) leaving(ctx context.Context, err error, left string) error {
	if err == nil {
		return nil
	}
	ended := err
	if cause := context.Cause(ctx); cause != nil {
		ended = cause
	}
	code, p := a.explain(ended)
	if kind := code.Kind(); kind != api.KindCancelled && kind != api.KindTerminated {
		return err
	}
	return &refusal{code: code, problem: i18n.Problem{Message: p.Message, Hint: left}, err: err}
}

// confirm asks whether to do what cannot be undone, where there is somebody to
// ask. It returns nil where it is to be done.
func (a *app) confirm(ctx context.Context, question func(*prompt.Asker) (bool, error)) error {
	if !a.interactive() {
		return nil
	}
	asker, err := a.asker()
	if err != nil {
		return err
	}
	yes, err := question(asker)
	if err == nil && !yes {
		err = api.Refuse(api.Cancelled)
	}
	return a.leaving(ctx, err, a.text.Errors.NothingChanged)
}

// jsonAsked tells whether -o json or jsonl is among the arguments or in the
// environment, for an error that came before the flags were understood.
func (a *app) jsonAsked() (asked, lines bool) {
	output := a.process.getenv("CERTCTL_OUTPUT")
	for i, arg := range a.process.Args {
		if arg == "--" {
			break
		}
		if (arg == "-o" || arg == "--output") && i+1 < len(a.process.Args) {
			output = a.process.Args[i+1]
		}
		for _, flag := range []string{"--output=", "-o=", "-o"} {
			if value, found := strings.CutPrefix(arg, flag); found && value != "" {
				output = value
				break
			}
		}
	}
	return output == "json" || output == "jsonl", output == "jsonl"
}
