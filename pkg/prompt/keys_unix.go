//go:build !windows

package prompt

import (
	"os"
	"os/signal"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/termios"
	"github.com/muesli/cancelreader"
	"golang.org/x/sys/unix"
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

// onContinue calls do whenever the process goes on after it was stopped
// (Ctrl-Z): the shell had the terminal meanwhile, and may have left it in
// another mode. It ends with the function that it returns.
func onContinue(do func()) (end func()) {
	signals := make(chan os.Signal, 1)
	var listener sync.WaitGroup
	listener.Go(func() {
		for range signals {
			do()
		}
	})
	signal.Notify(signals, unix.SIGCONT)
	return func() {
		signal.Stop(signals)
		close(signals)
		listener.Wait()
	}
}
