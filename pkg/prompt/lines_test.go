//go:build !windows

package prompt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

func (s *screen) liner() *prompt.Asker {
	s.t.Helper()
	return s.askerWith(prompt.Config{Lines: true, Color: true})
}

// plain fails the test where anything but text was written.
func (s *screen) plain() {
	s.t.Helper()
	if w := s.written(); strings.ContainsAny(strings.ReplaceAll(w, "\r\n", ""), "\x1b\r\b\x07") {
		s.t.Errorf("the terminal is given more than text: %q", w)
	}
}

// endsWith waits for the last line of the screen.
func (s *screen) endsWith(line string) {
	s.t.Helper()
	s.wait("«"+line+"» at the end", func(now string) bool { return strings.HasSuffix("\n"+now, "\n"+line) })
}

func TestIDsInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (prompt.IDs, error) {
		return s.liner().IDs(t.Context(), prompt.IDRequest{Contract: oneOf("12345678901"), User: oneOf("tanaka")})
	})
	s.endsWith("Contract ID:")
	s.enter("\n")
	s.see("Please type the contract ID.\nContract ID:")
	s.enter("123\n")
	s.see("\"123\" is not an ID of anybody.\nContract ID:")
	s.enter("12345678902\x7f1\n") // the terminal's own backspace
	s.endsWith("User ID:")
	s.enter("tanaka\n")
	q.want(prompt.IDs{ContractID: "12345678901", UserID: "tanaka"})
	want := `Acquire a certificate, step 1 of 2: who you are
What is asked here, and why: certctl help acquiring
Ctrl-C cancels.
The user number of your company's contract.
Contract ID:
Please type the contract ID.
Contract ID: 123
"123" is not an ID of anybody.
Contract ID: 12345678901
Yours within that contract. Capitals make no difference.
User ID: tanaka`
	s.wait("all of it", func(now string) bool { return now == want })
	s.free()
}

// What is typed ahead answers the next question, and what is left belongs to
// the next program.
func TestLinesTypedAhead(t *testing.T) {
	s := newScreen(t, 80, 24)
	a := s.liner()
	s.enter("12345678901\ntanaka\n739158\n")
	s.see("739158")
	ids := ask(s, func() (prompt.IDs, error) {
		return a.IDs(t.Context(), prompt.IDRequest{Contract: anyID, User: anyID})
	})
	ids.want(prompt.IDs{ContractID: "12345678901", UserID: "tanaka"})
	code := ask(s, func() (api.Secret, error) {
		return a.Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6})
	})
	code.want("739158")
	s.plain()
	s.free()
}

func TestSuggestionInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (prompt.IDs, error) {
		return s.liner().IDs(t.Context(), prompt.IDRequest{
			Suggest: prompt.IDs{ContractID: "12345678901", UserID: "tanaka"}, Contract: anyID, User: anyID})
	})
	s.see("Enter alone takes 12345678901.")
	s.enter("\n")
	s.see("Enter alone takes tanaka.")
	s.enter("suzuki\n")
	q.want(prompt.IDs{ContractID: "12345678901", UserID: "suzuki"})
}

func TestCodeInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	a := s.liner()
	q := ask(s, func() (api.Secret, error) {
		return a.Code(t.Context(), prompt.CodeRequest{User: tanaka, Name: "田中　花子\x1b[31m", Digits: 6})
	})
	s.see("田中　花子\ufffd[31m, user tanaka of contract 12345678901.")
	s.see("What you type is not shown.")
	s.endsWith("One-time password:")
	s.enter("73915\n")
	s.see("has 6 digits; this has 5.\nOne-time password:")
	s.enter("７３９-\x04158\n") // Ctrl-D in a line hands over what there is of it
	q.want("739158")
	for _, part := range []string{"739", "158", "７"} {
		if strings.Contains(s.written(), part) {
			t.Errorf("the screen showed %q of the code", part)
		}
	}
	s.wait("the line's end", func(string) bool { return strings.HasSuffix(s.written(), ": \r\n") })
	said := len(s.written())
	q = ask(s, func() (api.Secret, error) {
		return a.Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6, Again: "That was wrong."})
	})
	s.see("That was wrong.\nOne-time password:")
	s.enter("123456\n")
	q.want("123456")
	s.wait("the line's end", func(string) bool { return strings.HasSuffix(s.written()[said:], ": \r\n") })
	if got := s.written()[said:]; got != "That was wrong.\r\nOne-time password: \r\n" {
		t.Errorf("it says %q, more than is new", got)
	}
	s.plain()
	s.free()
}

func TestAskBackInLines(t *testing.T) {
	for keys, want := range map[string]string{
		"\n":              " false",
		"1234567\n12\n\n": " false",
		"12\n123 456\n":   "123456 true",
	} {
		t.Run(fmt.Sprintf("%q", keys), func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (string, error) {
				code, ok, err := s.liner().AskBack(t.Context(), prompt.AskBackRequest{Digits: 6})
				return fmt.Sprint(string(code), " ", ok), err
			})
			s.see("Enter alone skips this.")
			s.enter(keys)
			q.want(want)
		})
	}
}

// Enter alone is no choice: what is to be removed stays until its number is
// typed.
func TestChoicesInLines(t *testing.T) {
	for keys, want := range map[string]bool{"1\n": false, "\n2\n": true, "3\n0\nx\n-1\n2\n": true, "２\n": true} {
		t.Run(fmt.Sprintf("%q", keys), func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (bool, error) { return s.liner().ConfirmRemoveUser(t.Context(), tanaka) })
			s.see("is freed.\n1. Keep\n2. Remove\nNumber:")
			s.enter(keys)
			q.want(want)
			s.wait("a refusal of each but the last", func(now string) bool {
				return strings.Count(now, "Please type a number from 1 to 2.") == strings.Count(keys, "\n")-1
			})
			s.free()
		})
	}
}

// Where the two differ nobody knows which one was mistyped.
func TestNewPasswordInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) { return s.liner().NewPassword(t.Context(), prompt.ForExport) })
	s.endsWith("Password:")
	s.enter("\n")
	s.see("A password is needed.\nPassword:")
	s.enter("hors\n")
	s.endsWith("The same password once more:")
	s.enter("horse \n")
	s.see("The two passwords are not the same.")
	s.endsWith("Password:")
	s.enter("horse \nhorse \n")
	q.want("horse ")
	if strings.Contains(s.written(), "hors") {
		t.Error("the screen showed the password")
	}
	s.plain()
	s.free()
}

// After Ctrl-Z and fg the terminal is as the shell left it: showing what is
// typed.
func TestSecretStaysHiddenAfterAStop(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) { return s.liner().WalletPassword(t.Context(), "") })
	s.endsWith("Password:")
	if err := term.SetState(s.tty.Fd(), s.state); err != nil {
		t.Fatal(err)
	}
	if err := unix.Kill(os.Getpid(), unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.endsWith("Password: Password:")
	s.enter("horse\n")
	q.want("horse")
	s.wait("the line's end", func(string) bool { return strings.HasSuffix(s.written(), "\n") })
	if strings.Contains(s.written(), "horse") {
		t.Error("the screen showed the password")
	}
	s.free()
}

// The end of input is no answer, neither alone nor behind one that was begun
// or is complete.
func TestEndOfInputCancelsLines(t *testing.T) {
	for _, keys := range []string{"\x04", "1\x04\x04", "1234567890\x04\x04", "\n\x04"} {
		for shows := range everyForm(nil) {
			t.Run(fmt.Sprintf("%q at %s", keys, shows), func(t *testing.T) {
				s := newScreen(t, 80, 24)
				question := everyForm(s.liner())[shows]
				q := ask(s, func() (any, error) { return question(t.Context()) })
				s.see(shows)
				if shows == "Enter alone skips" {
					keys = strings.TrimPrefix(keys, "\n")
				}
				s.enter(keys)
				q.wantErr(prompt.ErrCancelled)
				s.plain()
				s.free()
			})
		}
	}
}

func TestLinesEndedByContext(t *testing.T) {
	terminated := errors.New("terminated")
	for shows := range everyForm(nil) {
		t.Run(shows, func(t *testing.T) {
			s := newScreen(t, 80, 24)
			question := everyForm(s.liner())[shows]
			ctx, end := context.WithCancelCause(t.Context())
			q := ask(s, func() (any, error) { return question(ctx) })
			s.see(shows)
			s.wait("the prompt", func(now string) bool { return strings.HasSuffix(now, ":") })
			end(terminated)
			q.wantErr(terminated)
			s.wait("a line of its own", func(string) bool { return strings.HasSuffix(s.written(), ": \r\n") })
			s.free()
		})
	}
}

func TestTerminalGoneInLines(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.liner().Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6})
	})
	s.endsWith("One-time password:")
	s.hangUp()
	if code, err := q.result(); err == nil || code != "" {
		t.Errorf("the answer is %#v, %v; want an error", code, err)
	}
}

func TestLinesFitANarrowTerminal(t *testing.T) {
	s := newScreen(t, 20, 24)
	q := ask(s, func() (prompt.IDs, error) {
		return s.liner().IDs(t.Context(), prompt.IDRequest{Contract: anyID})
	})
	s.see("Acquire a\ncertificate, step 1\nof 2: who you are\n")
	s.enter("12345678901\n")
	q.want(prompt.IDs{ContractID: "12345678901"})
}

func TestQRInLines(t *testing.T) {
	s := newScreen(t, 200, 40)
	q := ask(s, func() (int, error) { return s.liner().QR(uri) })
	q.want(0)
	s.see("No QR code is drawn here. Enter this in the authenticator app instead:\n" + uri)
	s.plain()
}
