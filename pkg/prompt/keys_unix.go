//go:build !windows

package prompt

import (
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/termios"
	"github.com/muesli/cancelreader"
)

// keysOf returns the terminal's input as something whose Read can be ended.
func keysOf(in term.File) (cancelreader.CancelReader, error) { return cancelreader.NewReader(in) }

// hush stops the terminal from showing what is typed. Lines can be edited as
// before, and Ctrl-C stays a signal. What was typed already is kept.
func hush(in term.File) error {
	t, err := termios.GetTermios(int(in.Fd()))
	if err != nil {
		return err
	}
	silent := map[termios.L]bool{termios.ECHO: false}
	return termios.SetTermios(int(in.Fd()), uint32(t.Ispeed), uint32(t.Ospeed), nil, nil, nil, nil, silent)
}
