package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"certctl/pkg/api"
)

// Around is called around every effect of a run that a crash may cut: each
// file write, sync and rename, each keyring call, each SQL statement, each
// call of the backend. It calls do, once, and returns its error. op names the
// effect for the report of a test.
type Around func(op string, do func() error) error

// Process is everything that a run of certctl sees of the outside.
type Process struct {
	Path string   // of the program's file; empty where nobody knows
	Args []string // after the program's name
	Env  []string // KEY=value, as os.Environ gives it
	In   io.Reader
	Out  io.Writer // the result, and nothing else
	Err  io.Writer // everything else
	// Locale returns the language in which the operating system speaks, as a
	// BCP 47 tag; nil or empty where that is told by variables alone.
	Locale func() string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Wrap is the fault seam of the kill tests. The release leaves it nil.
	Wrap Around
}

// Main runs one command and returns the exit code of the process.
func Main(p Process) int {
	a := newApp(p, p.language().Text())
	sayToExplorer(a.text.Help.DoubleClick)
	root := newRoot(a)
	root.SetArgs(p.Args)
	cmd, err := root.ExecuteContextC(context.Background())
	cause := context.Cause(cmd.Context()) // before close, which ends the context
	if closing := a.close(); err == nil {
		err = closing
	}
	return a.exit(cause, err)
}

// untilSignal returns a context that ends with the first SIGINT or SIGTERM,
// the cause being an *api.Error with Cancelled or Terminated. The second
// signal ends the process at once, as it would without us.
func untilSignal(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			if s == syscall.SIGTERM {
				cancel(api.Refuse(api.Terminated))
				return
			}
			cancel(api.Refuse(api.Cancelled))
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// lookup returns the value of an environment variable; the last one counts
// where it is given twice, as in os/exec.
func (p Process) lookup(name string) (string, bool) {
	for i := len(p.Env) - 1; i >= 0; i-- {
		if value, found := strings.CutPrefix(p.Env[i], name+"="); found {
			return value, true
		}
	}
	return "", false
}

// getenv is lookup for those who need not know whether the variable is set.
func (p Process) getenv(name string) string {
	value, _ := p.lookup(name)
	return value
}

func (p Process) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

// around does one effect through the seam.
func (p Process) around(op string, do func() error) error {
	if p.Wrap == nil {
		return do()
	}
	return p.Wrap(op, do)
}
