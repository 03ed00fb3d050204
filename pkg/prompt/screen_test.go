//go:build !windows

package prompt_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
	"certctl/pkg/prompt/prompttest"
)

// patience is how long a test waits for what should come at once.
const patience = 20 * time.Second

// screen is a person's terminal: a pseudo-terminal whose other end is drawn
// by an emulator, so that a test sees what the person would see.
type screen struct {
	t     *testing.T
	tty   *os.File    // what the program has
	ptmx  *os.File    // what the person types into
	state *term.State // before anything was asked

	hangUp func() // takes the terminal away, as a closed window does

	*prompttest.Screen
	raw bytes.Buffer // everything the program wrote; see written
}

func newScreen(t *testing.T, width, height int) *screen {
	t.Helper()
	t.Setenv("TERM", "xterm-256color") // huh looks there by itself
	t.Setenv("CI", "")
	os.Unsetenv("CI")
	blocking, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	// Close does not end a read of a blocking file, and must: see hangUp.
	fd, err := unix.Dup(int(blocking.Fd()))
	if err := errors.Join(err, unix.SetNonblock(fd, true), blocking.Close()); err != nil {
		t.Fatal(err)
	}
	ptmx := os.NewFile(uintptr(fd), "ptmx")
	s := &screen{t: t, tty: tty, ptmx: ptmx, Screen: prompttest.NewScreen(width, height)}
	s.setSize(width, height)
	if s.state, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	var ends sync.WaitGroup
	ends.Go(func() { s.Draw(ptmx, &s.raw) })
	ends.Go(func() { s.Answer(ptmx) })
	s.hangUp = sync.OnceFunc(func() {
		ptmx.Close()
		s.Close()
		ends.Wait()
	})
	t.Cleanup(func() {
		s.hangUp()
		tty.Close()
	})
	return s
}

// setSize does what pty.Setsize does, but leaves ptmx as it is.
func (s *screen) setSize(width, height int) {
	s.t.Helper()
	conn, err := s.ptmx.SyscallConn()
	if err != nil {
		s.t.Fatal(err)
	}
	size := unix.Winsize{Col: uint16(width), Row: uint16(height)}
	control := conn.Control(func(fd uintptr) { err = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &size) })
	if err := errors.Join(control, err); err != nil {
		s.t.Fatal(err)
	}
}

// resize changes the size while a form is shown.
func (s *screen) resize(width, height int) {
	s.t.Helper()
	s.Look(func(vt *vt.Emulator) { vt.Resize(width, height) })
	s.setSize(width, height)
	if err := unix.Kill(os.Getpid(), unix.SIGWINCH); err != nil {
		s.t.Fatal(err)
	}
}

// cursorLine returns the line that the cursor is in, from 0.
func (s *screen) cursorLine() (y int) {
	s.Look(func(vt *vt.Emulator) { y = vt.CursorPosition().Y })
	return y
}

// wait returns once the screen satisfies ok.
func (s *screen) wait(what string, ok func(text string) bool) {
	s.t.Helper()
	if !s.Wait(patience, ok) {
		s.t.Fatalf("waited for %s; the screen has:\n%s", what, s.Text())
	}
}

func (s *screen) see(text string) {
	s.t.Helper()
	s.wait("«"+text+"»", func(now string) bool { return strings.Contains(now, text) })
}

func (s *screen) empty() {
	s.t.Helper()
	s.wait("an empty screen", func(now string) bool { return now == "" })
}

func (s *screen) enter(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.ptmx, keys); err != nil {
		s.t.Fatal(err)
	}
}

// written returns every byte that the program wrote so far.
func (s *screen) written() (all string) {
	s.Look(func(*vt.Emulator) { all = s.raw.String() })
	return all
}

// asItWas fails the test where the form left anything behind: text, a hidden
// cursor, a terminal in another mode, or somebody who still reads the keys.
func (s *screen) asItWas() {
	s.t.Helper()
	s.empty()
	s.wait("the cursor", func(string) (shown bool) {
		s.Look(func(vt *vt.Emulator) { shown = !vt.CursorHidden() })
		return shown
	})
	s.free()
}

// free fails the test where the terminal is in another mode than before, or
// somebody still reads the keys.
func (s *screen) free() {
	s.t.Helper()
	state, err := term.GetState(s.tty.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	if !reflect.DeepEqual(state, s.state) {
		s.t.Errorf("the terminal's mode is %+v, and was %+v", state, s.state)
	}
	s.noReader()
	s.enter("ls\n")
	line := make([]byte, 16)
	n, err := s.tty.Read(line)
	if got := string(line[:n]); err != nil || got != "ls\n" {
		s.t.Errorf("the next program reads %q, %v; want the line that was typed", got, err)
	}
}

// noReader waits for the last goroutine of the form's reader to be gone.
func (s *screen) noReader() {
	s.t.Helper()
	for deadline := time.Now().Add(patience); ; runtime.Gosched() {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		if !bytes.Contains(stacks, []byte("StreamEvents")) && !bytes.Contains(stacks, []byte("CancelReader).Read")) {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the form's reader is still there:\n%s", stacks)
		}
	}
}

func (s *screen) asker() *prompt.Asker { return s.askerWith(prompt.Config{}) }

func (s *screen) askerWith(c prompt.Config) *prompt.Asker {
	s.t.Helper()
	c.In, c.Out, c.Text = s.tty, s.tty, i18n.English().Prompt
	if c.Env == nil {
		c.Env = []string{"TERM=xterm-256color"}
	}
	a, err := prompt.New(c)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// asked is a question under way.
type asked[T any] struct {
	s    *screen
	done chan struct{}
	got  T
	err  error
}

func ask[T any](s *screen, question func() (T, error)) *asked[T] {
	q := &asked[T]{s: s, done: make(chan struct{})}
	go func() {
		defer close(q.done)
		q.got, q.err = question()
	}()
	return q
}

// result waits for the end of the question.
func (q *asked[T]) result() (T, error) {
	q.s.t.Helper()
	select {
	case <-q.done:
	case <-time.After(patience):
		q.s.t.Fatalf("the question does not end; the screen has:\n%s", q.s.Text())
	}
	return q.got, q.err
}

func (q *asked[T]) want(want T) {
	q.s.t.Helper()
	got, err := q.result()
	if err != nil || !reflect.DeepEqual(got, want) {
		q.s.t.Errorf("the answer is %#v, %v; want %#v", got, err, want)
	}
}

func (q *asked[T]) wantErr(want error) {
	q.s.t.Helper()
	got, err := q.result()
	var none T
	if !errors.Is(err, want) || !reflect.DeepEqual(got, none) {
		q.s.t.Errorf("the answer is %#v, %v; want nothing and %v", got, err, want)
	}
}

// everyForm is one question of each kind, with what its form shows.
func everyForm(a *prompt.Asker) map[string]func(context.Context) (any, error) {
	return map[string]func(context.Context) (any, error){
		"Contract ID": func(ctx context.Context) (any, error) {
			ids, err := a.IDs(ctx, prompt.IDRequest{Contract: anyID, User: anyID})
			return none(ids), err
		},
		"step 2 of 2": func(ctx context.Context) (any, error) {
			code, err := a.Code(ctx, prompt.CodeRequest{User: tanaka, Digits: 6})
			return none(code), err
		},
		"Enter alone skips": func(ctx context.Context) (any, error) {
			code, ok, err := a.AskBack(ctx, prompt.AskBackRequest{Digits: 6})
			return none(string(code) + map[bool]string{true: "ok"}[ok]), err
		},
		"prove who they are": func(ctx context.Context) (any, error) {
			factor, err := a.NewFactor(ctx, tanaka)
			return none(factor), err
		},
		"your confirmation PIN": func(ctx context.Context) (any, error) {
			pin, err := a.PIN(ctx, prompt.CodeRequest{User: tanaka})
			return none(pin), err
		},
		"two codes": func(ctx context.Context) (any, error) {
			first, second, err := a.TwoCodes(ctx, tanaka, 6, "")
			return none(first + second), err
		},
		"Remove laptop": func(ctx context.Context) (any, error) {
			yes, err := a.ConfirmRemoveEntry(ctx, "laptop")
			return none(yes), err
		},
		"Remove user tanaka": func(ctx context.Context) (any, error) {
			yes, err := a.ConfirmRemoveUser(ctx, tanaka)
			return none(yes), err
		},
		"exported file": func(ctx context.Context) (any, error) {
			password, err := a.NewPassword(ctx, prompt.ForExport)
			return none(password), err
		},
		"New password": func(ctx context.Context) (any, error) {
			password, err := a.NewPassword(ctx, prompt.ForWallet)
			return none(password), err
		},
		"Password of": func(ctx context.Context) (any, error) {
			password, err := a.WalletPassword(ctx, "")
			return none(password), err
		},
	}
}

// none returns nil for a zero value.
func none[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
