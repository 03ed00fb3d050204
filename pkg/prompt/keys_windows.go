package prompt

import (
	"io"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"
	"golang.org/x/sys/windows"
)

// keysOf returns the console's input. A Read of lines cannot be ended there;
// the library's way to do it would turn the console's line editing off.
func keysOf(in term.File) (cancelreader.CancelReader, error) {
	return cancelreader.NewReader(struct{ io.Reader }{in})
}

// hush stops the console from showing what is typed.
func hush(in term.File) error {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(in.Fd()), &mode); err != nil {
		return err
	}
	return windows.SetConsoleMode(windows.Handle(in.Fd()), mode&^windows.ENABLE_ECHO_INPUT)
}

// onContinue does nothing: no process is stopped and continued here.
func onContinue(func()) (end func()) { return func() {} }
