// Package prompt asks the person at the terminal: the two forms of an
// acquisition, passwords, choices and confirmations; it shows a token as a QR
// code and progress while work is done.
//
// It decides neither whether to ask (that is the command line's, which knows
// the flags and the environment) nor whether an answer is right (that is the
// backend's): it refuses only what cannot be an answer, such as a code of five
// digits. It is the only package that knows the form library.
//
// A question is described once and asked in one of two ways. As a form, it is
// drawn on Out, usually standard error, in place: nothing of it is left on the
// screen, and secrets are shown as asterisks while they are typed, one-time
// passwords included: a screen may be shared. In lines, for screen readers and
// terminals that only print, it is sentences, one after another: nothing is
// drawn over, coloured or moved, the terminal's own line editing is at work,
// and secrets are not shown at all. Either way the terminal is as it was
// before, however the question ended.
package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/charmbracelet/x/term"

	"certctl/pkg/i18n"
)

// ErrNoTerminal is returned by New where there is nobody to ask.
var ErrNoTerminal = errors.New("not a terminal")

// ErrCancelled is returned where the person left a question: a form with
// Ctrl-C or Esc, a line with the end of input (Ctrl-D). Ctrl-C at a line is a
// signal as everywhere, and so the end of the context.
var ErrCancelled = errors.New("cancelled")

// Config is what an Asker needs.
type Config struct {
	In    io.Reader // where keys come from: a terminal
	Out   io.Writer // where questions are shown: a terminal
	Env   []string  // TERM and what else tells of the terminal, as KEY=value
	Text  i18n.Prompt
	Color bool // of forms; false: bold and faint only
	// Lines asks line by line. It is for people with a screen reader, and the
	// only way on a terminal without cursor movements (TERM=dumb).
	Lines bool
}

// Asker asks. Its methods are not safe for concurrent use: there is one
// terminal. Each returns ErrCancelled where the person cancelled, the
// context's cause where the context ended, and no answer with either.
type Asker struct {
	in, out term.File
	env     []string
	text    i18n.Prompt
	color   bool
	lines   bool
}

// New returns an Asker; ErrNoTerminal where In and Out are not both terminals.
func New(c Config) (*Asker, error) {
	in, ok := terminal(c.In)
	if !ok {
		return nil, ErrNoTerminal
	}
	out, ok := terminal(c.Out)
	if !ok {
		return nil, ErrNoTerminal
	}
	return &Asker{in: in, out: out, env: c.Env, text: c.Text, color: c.Color, lines: c.Lines}, nil
}

func terminal(stream any) (term.File, bool) {
	f, ok := stream.(term.File)
	return f, ok && term.IsTerminal(f.Fd())
}

// question is what is asked at once: one form, or some lines.
type question struct {
	title  string
	notice string // why it is asked again; may be empty
	help   string // where to read more; may be empty
	fields []field
	// keep is how many lines above must stay on the screen while it is asked.
	keep int
}

// field is one answer of a question.
type field struct {
	name    string
	hint    string // may be empty; may have several lines
	short   string // both in a few words, where there is only one line for it; may be empty
	suggest string // stands there as if it had been typed; may be empty
	secret  bool
	repeats bool     // the field before, which may be the one that was mistyped
	choices []string // the answer is one of these; nil: it is typed
	answer  *string
	// check returns the sentence that refuses an answer, or nil.
	check func(string) error
}

// ask asks a question until it is answered. The answers are in the variables
// that its fields are bound to, and are worth something only where ask returns
// nil.
func (a *Asker) ask(ctx context.Context, q question) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	show := a.askForm
	if a.lines {
		show = a.askLines
	}
	if err := show(ctx, q); err != nil {
		return err
	}
	for _, f := range q.fields { // whatever a form library lets through
		if err := f.check(*f.answer); err != nil {
			return fmt.Errorf("ask on the terminal: %w", err)
		}
	}
	return nil
}
