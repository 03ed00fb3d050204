// Package prompt asks the person at the terminal: the two forms of an
// acquisition, passwords, choices and confirmations; it shows a token as a QR
// code and progress while work is done.
//
// It decides neither whether to ask (that is the command line's, which knows
// the flags and the environment) nor whether an answer is right (that is the
// backend's): it refuses only what cannot be an answer, such as a code of five
// digits. It is the only package that knows the form library.
//
// A form is drawn on Out, usually standard error, in place: nothing of it is
// left on the screen, and the terminal is as it was before, however the form
// ended. Secrets are shown as asterisks while they are typed, one-time
// passwords included: a screen may be shared.
package prompt

import (
	"errors"
	"io"
	"slices"

	"github.com/charmbracelet/x/term"

	"certctl/pkg/i18n"
)

// ErrNoTerminal is returned by New where there is nobody to ask.
var ErrNoTerminal = errors.New("not a terminal")

// ErrCancelled is returned where the person left a form with Ctrl-C or Esc.
var ErrCancelled = errors.New("cancelled")

// Config is what an Asker needs.
type Config struct {
	In    io.Reader // where keys come from: a terminal
	Out   io.Writer // where forms are drawn: a terminal
	Env   []string  // TERM and what else tells of the terminal, as KEY=value
	Text  i18n.Prompt
	Color bool // false: bold and faint only
}

// Asker asks. Its methods are not safe for concurrent use: there is one
// terminal. Each returns ErrCancelled where the person cancelled, the
// context's cause where the context ended, and no answer with either.
type Asker struct {
	in, out term.File
	env     []string
	text    i18n.Prompt
	color   bool
}

// New returns an Asker; ErrNoTerminal where In and Out are not both terminals
// that understand cursor movements.
func New(c Config) (*Asker, error) {
	in, ok := terminal(c.In)
	if !ok {
		return nil, ErrNoTerminal
	}
	out, ok := terminal(c.Out)
	if !ok || slices.Contains(c.Env, "TERM=dumb") {
		return nil, ErrNoTerminal
	}
	return &Asker{in: in, out: out, env: c.Env, text: c.Text, color: c.Color}, nil
}

func terminal(stream any) (term.File, bool) {
	f, ok := stream.(term.File)
	return f, ok && term.IsTerminal(f.Fd())
}
