//go:build !windows

package prompt_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"certctl/pkg/prompt"
)

func TestProgressShowsAndGoes(t *testing.T) {
	s := newScreen(t, 80, 24)
	wrong := errors.New("wrong")
	release := make(chan struct{})
	q := ask(s, func() (bool, error) {
		return false, prompt.Progress{Out: s.tty}.Run(t.Context(), "Making the key", func(context.Context) error {
			<-release
			return wrong
		})
	})
	s.see("| Making the key")
	s.see("/ Making the key")
	close(release)
	q.wantErr(wrong)
	s.asItWas()
}

func TestProgressCounts(t *testing.T) {
	s := newScreen(t, 80, 24)
	more, release := make(chan struct{}), make(chan struct{})
	q := ask(s, func() (bool, error) {
		return true, prompt.Progress{Out: s.tty}.Count(t.Context(), "Adding", 4, func(_ context.Context, step func()) error {
			step()
			<-more
			step()
			step()
			step()
			<-release
			return nil
		})
	})
	s.see("Adding [#####---------------] 1/4")
	close(more)
	s.see("Adding [####################] 4/4")
	close(release)
	q.want(true)
	s.asItWas()
}

// The line that moves goes as soon as the person gives up, though the work may still have
// to come to its end.
func TestProgressGoesWithItsContext(t *testing.T) {
	s := newScreen(t, 80, 24)
	terminated := errors.New("terminated")
	ctx, end := context.WithCancelCause(t.Context())
	release := make(chan struct{})
	q := ask(s, func() (bool, error) {
		return false, prompt.Progress{Out: s.tty}.Run(ctx, "Making the key", func(ctx context.Context) error {
			<-release
			return context.Cause(ctx)
		})
	})
	s.see("Making the key")
	end(terminated)
	s.empty()
	close(release)
	q.wantErr(terminated)
}

func TestProgressStaysOnOneLine(t *testing.T) {
	s := newScreen(t, 20, 5)
	release := make(chan struct{})
	q := ask(s, func() (bool, error) {
		return true, prompt.Progress{Out: s.tty}.Run(t.Context(), strings.Repeat("鍵を作成中 ", 9), func(context.Context) error {
			<-release
			return nil
		})
	})
	s.see("- 鍵")
	if text := s.Text(); strings.Contains(text, "\n") {
		t.Errorf("the spinner takes several lines:\n%s", text)
	}
	close(release)
	q.want(true)
	s.asItWas()
}

func TestProgressIsSilentElsewhere(t *testing.T) {
	var out bytes.Buffer
	worked := false
	err := prompt.Progress{Out: &out}.Run(t.Context(), "Making the key", func(context.Context) error {
		worked = true
		return nil
	})
	if err != nil || !worked || out.Len() != 0 {
		t.Errorf("err = %v, worked = %v, and %q is written", err, worked, out.String())
	}
}

func TestProgressInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (bool, error) {
		return true, prompt.Progress{Out: s.tty, Lines: true}.Run(t.Context(), "Making the key", func(context.Context) error {
			s.see("Making the key…") // before the work is done
			return nil
		})
	})
	q.want(true)
	s.wait("nothing but the line", func(string) bool { return s.written() == "Making the key…\r\n" })
}
