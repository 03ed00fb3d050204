//go:build !windows

package prompt_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

func TestCancelledByKey(t *testing.T) {
	for name, key := range map[string]string{"Ctrl-C": "\x03", "Esc": "\x1b"} {
		for shows := range everyForm(nil) {
			t.Run(name+" at "+shows, func(t *testing.T) {
				s := newScreen(t, 80, 24)
				question := everyForm(s.asker())[shows]
				q := ask(s, func() (any, error) { return question(t.Context()) })
				s.see(shows)
				s.enter("1" + key)
				q.wantErr(prompt.ErrCancelled)
				s.asItWas()
			})
		}
	}
}

func TestEndedByContext(t *testing.T) {
	terminated := errors.New("terminated")
	for shows := range everyForm(nil) {
		t.Run(shows, func(t *testing.T) {
			s := newScreen(t, 80, 24)
			question := everyForm(s.asker())[shows]
			ctx, end := context.WithCancelCause(t.Context())
			q := ask(s, func() (any, error) { return question(ctx) })
			s.see(shows)
			s.enter("1")
			end(terminated)
			q.wantErr(terminated)
			s.asItWas()
		})
	}
}

func TestNothingIsDrawnAfterTheEnd(t *testing.T) {
	terminated := errors.New("terminated")
	ctx, end := context.WithCancelCause(t.Context())
	end(terminated)
	s := newScreen(t, 80, 24)
	for _, lines := range []bool{false, true} {
		for _, question := range everyForm(s.askerWith(prompt.Config{Lines: lines})) {
			ask(s, func() (any, error) { return question(ctx) }).wantErr(terminated)
		}
	}
	if w := s.written(); w != "" {
		t.Errorf("draws %q", w)
	}
}

func TestKeysAfterTheEndAreDropped(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6})
	})
	s.see("step 2 of 2")
	s.enter("123456\r" + strings.Repeat("7", 3000) + "\r")
	q.want("123456")
	s.asItWas()
}

// A terminal that goes away ends the form; nothing waits for ever.
func TestTerminalGone(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6})
	})
	s.see("step 2 of 2")
	s.hangUp()
	code, err := q.result()
	if err == nil || errors.Is(err, prompt.ErrCancelled) || code != "" {
		t.Errorf("the answer is %#v, %v; want an error", code, err)
	}
}
