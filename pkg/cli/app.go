package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// app is one run: what the commands share. Everything that costs anything is
// opened by the method that is asked for it, and closed by close.
type app struct {
	process Process
	text    *i18n.Text

	// Set by start, from flags and environment.
	flags   *pflag.FlagSet
	json    bool
	jsonl   bool // a document a line; json is set too
	verbose bool
	noInput bool
	color   bool
	lines   bool // questions are asked line by line, and nothing moves

	settings *config // by config, once
	warned   bool    // of what the database may forget
	closers  []func() error
}

func newApp(p Process, text *i18n.Text) *app {
	return &app{process: p, text: text}
}

// momentary marks, among its annotations, a command that opens nothing and is
// over before anybody could interrupt it. Waiting for signals takes threads: a
// tenth of the time of such a run.
const momentary = "momentary"

func isMomentary(cmd *cobra.Command) bool {
	_, marked := cmd.Annotations[momentary]
	return marked
}

// start reads the settings that every command has, and has signals end the run in
// good order from here on. It opens nothing.
func (a *app) start(cmd *cobra.Command) error {
	a.flags = cmd.Flags()
	if !isMomentary(cmd) {
		ctx, stop := untilSignal(cmd.Context())
		a.onClose(func() error { stop(); return nil })
		cmd.SetContext(ctx)
	}
	c := a.globals(a.flags)
	output, err := c.oneOf("output", "table", "json", "jsonl")
	if err != nil {
		return err
	}
	a.json, a.jsonl = output != "table", output == "jsonl"
	if a.jsonl && !isStream(cmd) {
		return a.noStream(cmd)
	}
	if err := c.checkLanguage(); err != nil {
		return err
	}
	if err := a.refuseBlank(cmd); err != nil {
		return err
	}
	if a.verbose, err = c.truth("verbose"); err != nil {
		return err
	}
	if a.noInput, err = c.truth("no_input"); err != nil {
		return err
	}
	noColor, err := c.truth("no_color")
	if err != nil {
		return err
	}
	a.color = !noColor && a.process.getenv("NO_COLOR") == ""
	accessible, err := c.truth("accessible")
	if err != nil {
		return err
	}
	a.lines = accessible || a.process.getenv("TERM") == "dumb"
	timeout, err := c.duration("timeout")
	if err != nil || timeout == 0 {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(cmd.Context(), timeout, api.Refuse(api.Timeout))
	a.onClose(func() error { cancel(); return nil })
	cmd.SetContext(ctx)
	return nil
}

// refuseBlank refuses a flag whose value is blank, which nobody means: a
// variable of the script that ran us is empty.
func (a *app) refuseBlank(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && strings.TrimSpace(f.Value.String()) == "" {
			err = a.usage(i18n.Fill(a.text.Errors.FlagNeedsValue, "flag", "--"+f.Name), a.seeHelp(cmd))
		}
	})
	return err
}

// onClose has something closed at the end of the run, last opened first.
func (a *app) onClose(do func() error) { a.closers = append(a.closers, do) }

// close closes what the run has opened.
func (a *app) close() error {
	var errs []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(errs...)
}

// interactive tells whether there is somebody to ask: standard input and
// error are terminals, and neither --no-input nor CI is set.
func (a *app) interactive() bool {
	return !a.noInput && a.process.getenv("CI") == "" && isTerminal(a.process.In) && isTerminal(a.process.Err)
}

// whyUnasked says why nobody is asked, where interactive is false.
func (a *app) whyUnasked() string {
	e := a.text.Errors
	switch {
	case a.noInput:
		return i18n.Fill(e.WhySet, "setting", a.globals(a.flags).origin("no_input"))
	case a.process.getenv("CI") != "":
		return i18n.Fill(e.WhySet, "setting", "CI")
	}
	return e.WhyNoTerminal
}

// isTerminal tells whether a stream of the process is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// say writes a text of one line or several for the person, beside the result.
func (a *app) say(text string) {
	p := page{width: terminalWidth(a.process.Err), rerun: a.rerun}
	p.lines(text)
	io.WriteString(a.process.Err, p.String())
}
