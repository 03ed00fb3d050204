package prompt

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// frameTime is how long a picture of the line that moves stands. Work that is
// done within the first one shows nothing.
const frameTime = 120 * time.Millisecond

// Progress shows that work is going on, to whoever looks at Out.
type Progress struct {
	Out   io.Writer // nothing is shown where it is no terminal
	Lines bool      // as in Config: one line at the start, and nothing that moves
}

// Run runs do. title is in the present, "Making the key". A line that moves is
// gone when Run returns or ctx ends, whichever is first; do must not write to
// Out. The terminal's mode is not changed: Ctrl-C is a signal as always.
func (p Progress) Run(ctx context.Context, title string, do func(context.Context) error) error {
	return p.run(ctx, title, func() string { return title }, do)
}

// run is Run with a title that changes while the work goes on.
func (p Progress) run(ctx context.Context, title string, moving func() string, do func(context.Context) error) error {
	f, ok := terminal(p.Out)
	if !ok {
		return do(ctx)
	}
	if p.Lines {
		sayLine(f, title+"…")
		return do(ctx)
	}
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		spin(ctx, f, moving, done)
	}()
	defer func() {
		close(done)
		<-gone
	}()
	return do(ctx)
}

// spin draws until done is closed or ctx ends, then wipes its line.
func spin(ctx context.Context, out term.File, title func() string, done <-chan struct{}) {
	tick := time.NewTicker(frameTime)
	defer tick.Stop()
	frames := `|/-\`
	for i := 0; ; i++ {
		select {
		case <-tick.C:
			fmt.Fprintf(out, "\r\x1b[K%c %s ", frames[i%len(frames)], fit(out, title()))
			continue
		case <-done:
		case <-ctx.Done():
		}
		if i > 0 {
			fmt.Fprint(out, "\r\x1b[K")
		}
		return
	}
}

// fit cuts a title so that the line does not wrap: only the last line of
// several could be wiped.
func fit(out term.File, title string) string {
	width, _ := size(out)
	if width == 0 {
		return title
	}
	return ansi.Truncate(title, width-len("| "+"  "), "")
}
