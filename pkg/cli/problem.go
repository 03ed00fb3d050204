package cli

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"syscall"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// refusal is an error of the command line itself, with its own sentences.
type refusal struct {
	code    api.Code
	problem i18n.Problem
	err     error // the cause; may be nil
}

// Error describes the refusal for a log.
func (r *refusal) Error() string {
	if r.err == nil {
		return r.problem.Message
	}
	return r.problem.Message + " " + r.err.Error()
}

// Unwrap returns the cause.
func (r *refusal) Unwrap() error { return r.err }

// reported is the end of a run whose result, already written, is bad news.
type reported struct{ code api.Code }

// Error describes the end for a log.
func (r *reported) Error() string { return string(r.code) }

// usage refuses how a command was written.
func (a *app) usage(message, hint string) error {
	return &refusal{code: api.Usage, problem: i18n.Problem{Message: message, Hint: hint}}
}

// badFile refuses a file that a person named.
func (a *app) badFile(name string, err error) error {
	cause := err
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		cause = path.Err // the name is in the sentence already
	}
	e := a.text.Errors
	return &refusal{
		code:    codeOf(err, api.Usage),
		problem: i18n.Problem{Message: i18n.Fill(e.BadFile, "file", quote(name), "cause", printable(cause.Error())), Hint: e.BadFileHint},
		err:     err,
	}
}

// explain returns the code of an error and what is said about it.
func (a *app) explain(err error) (api.Code, i18n.Problem) {
	if own := (*refusal)(nil); errors.As(err, &own) {
		return own.code, own.problem
	}
	code := codeOf(err, api.Internal)
	p := a.text.Errors.Codes[string(code)]
	refused := (*api.Error)(nil)
	if errors.As(err, &refused) {
		p.Message = a.message(p.Message, refused)
	}
	return code, p
}

// message returns the sentence for a refusal, with what it names.
func (a *app) message(general string, e *api.Error) string {
	text := a.text.Errors
	m := general
	if named := text.Named[string(e.Code)]; named != "" && e.Value != "" {
		m = i18n.Fill(named, "thing", a.thing(e.Field), "value", quote(e.Value))
	}
	if timed := text.Timed[string(e.Code)]; timed != "" && !e.Time.IsZero() {
		m = i18n.Fill(timed, "time", a.time(e.Time))
	}
	switch {
	case e.TriesLeft == nil:
		return m
	case *e.TriesLeft == 1:
		return m + " " + text.LastTry
	default:
		return m + " " + i18n.Fill(text.TriesLeft, "count", strconv.Itoa(*e.TriesLeft))
	}
}

// thing returns the word for an input of the backend.
func (a *app) thing(field string) string {
	if word, ok := a.text.Errors.Things[field]; ok {
		return word
	}
	return field
}

// codeOf returns the stable code of an error of any package; otherwise where
// nothing is known of it.
func codeOf(err error, otherwise api.Code) api.Code {
	refused := (*api.Error)(nil)
	switch {
	case errors.As(err, &refused):
		return refused.Code
	case errors.Is(err, context.Canceled):
		return api.Cancelled
	case errors.Is(err, context.DeadlineExceeded):
		return api.Timeout
	case errors.Is(err, syscall.ENOSPC):
		return api.DiskFull
	}
	return otherwise
}

// causeOf returns what an error says beyond its code; it may be empty.
func causeOf(err error) string {
	if own := (*refusal)(nil); errors.As(err, &own) {
		if own.err == nil {
			return ""
		}
		return own.err.Error()
	}
	if refused, ok := err.(*api.Error); ok && refused.Err == nil {
		return ""
	}
	return err.Error()
}
