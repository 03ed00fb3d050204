//go:build !windows

package prompt_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

var tanaka = api.UserRef{ContractID: "12345678901", UserID: "tanaka"}

func anyID(string) error { return nil }

// oneOf returns a check that takes that ID only.
func oneOf(id string) func(string) error {
	return func(typed string) error {
		if typed != id {
			return fmt.Errorf("%q is not an ID of anybody.", typed)
		}
		return nil
	}
}

func TestNobodyToAsk(t *testing.T) {
	s := newScreen(t, 80, 24)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	for name, c := range map[string]prompt.Config{
		"input is a pipe":          {In: r, Out: s.tty},
		"input is a pipe, lines":   {In: r, Out: s.tty, Lines: true},
		"output is a pipe":         {In: s.tty, Out: w},
		"output is a pipe, lines":  {In: s.tty, Out: w, Lines: true},
		"neither is a file":        {In: strings.NewReader("x\n"), Out: &bytes.Buffer{}},
		"neither is a file, lines": {In: strings.NewReader("x\n"), Out: &bytes.Buffer{}, Lines: true},
		"there is nothing":         {},
	} {
		if _, err := prompt.New(c); !errors.Is(err, prompt.ErrNoTerminal) {
			t.Errorf("%s: %v, want ErrNoTerminal", name, err)
		}
	}
}

func TestOnlyMissingIDsAreAsked(t *testing.T) {
	known := prompt.IDs{ContractID: "12345678901", UserID: "tanaka"}
	for name, c := range map[string]struct {
		req            prompt.IDRequest
		shows, missing string
		keys           string
	}{
		"no user":     {prompt.IDRequest{Have: prompt.IDs{ContractID: known.ContractID}, Contract: anyID, User: anyID}, "User ID", "Contract ID", "tanaka\r"},
		"no contract": {prompt.IDRequest{Have: prompt.IDs{UserID: known.UserID}, Contract: anyID, User: anyID}, "Contract ID", "User ID", "12345678901\r"},
		"neither":     {prompt.IDRequest{Contract: anyID, User: anyID}, "Contract ID", "step 2", "12345678901\rtanaka\r"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (prompt.IDs, error) { return s.asker().IDs(t.Context(), c.req) })
			s.see(c.shows)
			s.see("certctl help acquiring")
			if text := s.Text(); strings.Contains(text, c.missing) {
				t.Errorf("asks for more than is missing:\n%s", text)
			}
			// All keys at once: each must land in its own field.
			s.enter(c.keys)
			q.want(known)
		})
	}
}

func TestNothingIsAskedWhereNothingIsMissing(t *testing.T) {
	s := newScreen(t, 80, 24)
	have := prompt.IDs{ContractID: "12345678901"}
	q := ask(s, func() (prompt.IDs, error) {
		return s.asker().IDs(t.Context(), prompt.IDRequest{Have: have, Contract: anyID})
	})
	q.want(have)
	if w := s.written(); w != "" {
		t.Errorf("draws %q with nothing to ask", w)
	}
}

func TestRefusedIDKeepsTheForm(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (prompt.IDs, error) {
		return s.asker().IDs(t.Context(), prompt.IDRequest{
			Contract: oneOf("12345678901"), User: oneOf("tanaka"), Title: "Add a user"})
	})
	s.see("Add a user")
	s.enter("\r")
	s.see("Please type the contract ID.")
	s.enter("1234567890\r")
	s.see(`"1234567890" is not an ID of anybody.`)
	s.enter("1\r")
	s.wait("the sentence to go", func(now string) bool { return !strings.Contains(now, "anybody") })
	s.enter("suzuki\r")
	s.see(`"suzuki" is not an ID of anybody.`)
	s.enter("\x15tanaka\r") // Ctrl-U empties the line
	q.want(prompt.IDs{ContractID: "12345678901", UserID: "tanaka"})
	s.asItWas()
}

func TestCodeAsPeopleWriteIt(t *testing.T) {
	for name, keys := range map[string]string{
		"plain":            "739158",
		"in two groups":    "739 158",
		"with a hyphen":    "739-158",
		"in full width":    "７３９　１５８",
		"pasted":           "\x1b[200~739158\x1b[201~",
		"pasted as a line": "\x1b[200~ 739 158 \r\n\x1b[201~",
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (api.Secret, error) {
				return s.asker().Code(t.Context(), prompt.CodeRequest{User: tanaka, Name: "田中 花子", Digits: 6})
			})
			s.see("For 田中 花子, user tanaka of contract 12345678901.")
			s.enter(keys)
			s.see("> ******")
			s.enter("\r")
			q.want("739158")
			s.asItWas()
			for _, part := range []string{"739", "158", "７", "91"} {
				if strings.Contains(s.written(), part) {
					t.Errorf("the screen showed %q of the code", part)
				}
			}
		})
	}
}

func TestWhatCannotBeACode(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().Code(t.Context(), prompt.CodeRequest{
			User: tanaka, Digits: 8, Again: "That was wrong. 3 tries are left."})
	})
	s.see("That was wrong. 3 tries are left.")
	s.see("For user tanaka of contract 12345678901.")
	s.enter("7391584\r")
	s.see("has 8 digits; this has 7.")
	s.enter("22\r")
	s.see("has 8 digits; this has 9.")
	s.enter("\x7fO\r") // backspace, and a letter O
	s.see("has digits only.")
	s.enter("\x7f\r")
	q.want("73915842")
}

func TestNamesCannotDriveTheTerminal(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().Code(t.Context(), prompt.CodeRequest{User: tanaka, Name: "x\x1b]0;y\a\u202e\nz", Digits: 6})
	})
	s.see("For x\ufffd]0;y\ufffd\ufffd\ufffdz, user tanaka")
	s.enter("123456\r")
	q.want("123456")
	if strings.Contains(s.written(), "]0;y\a") {
		t.Error("a name reaches the terminal as a command")
	}
}

func TestAskBack(t *testing.T) {
	for keys, want := range map[string]string{
		"\r":         " false",
		"  \r":       " false",
		"12\r3456\r": "123456 true",
		"123 456\r":  "123456 true",
		"1\r\x7f\r":  " false",
		"x\r\x7f \r": " false",
		"１２３４５６\r":   "123456 true",
	} {
		t.Run(fmt.Sprintf("%q", keys), func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (string, error) {
				code, ok, err := s.asker().AskBack(t.Context(), prompt.AskBackRequest{Digits: 6})
				return fmt.Sprint(string(code), " ", ok), err
			})
			s.see("Enter alone skips this.")
			s.enter(keys)
			q.want(want)
		})
	}
}

func TestChoices(t *testing.T) {
	for name, c := range map[string]struct {
		ask  func(*prompt.Asker) (bool, error)
		keys string
		want bool
	}{
		"token now":        {newFactor(t, api.FactorOTP), "\r", true},
		"a PIN":            {newFactor(t, api.FactorPIN), "\x1b[B\r", true},
		"token later":      {newFactor(t, ""), "\x1b[B\x1b[B\r", true},
		"keep the token":   {func(a *prompt.Asker) (bool, error) { return a.ConfirmRemoveToken(t.Context(), tanaka) }, "\r", false},
		"keep the user":    {func(a *prompt.Asker) (bool, error) { return a.ConfirmRemoveUser(t.Context(), tanaka) }, "\r", false},
		"remove the user":  {func(a *prompt.Asker) (bool, error) { return a.ConfirmRemoveUser(t.Context(), tanaka) }, "j\r", true},
		"keep the entry":   {func(a *prompt.Asker) (bool, error) { return a.ConfirmRemoveEntry(t.Context(), "n") }, "\x1b[B\x1b[A\r", false},
		"remove the entry": {func(a *prompt.Asker) (bool, error) { return a.ConfirmRemoveEntry(t.Context(), "n") }, "\x1b[B\r", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, 80, 24)
			q := ask(s, func() (bool, error) { return c.ask(s.asker()) })
			s.see("up/down choose")
			s.enter(c.keys)
			q.want(c.want)
			s.asItWas()
		})
	}
}

// newFactor asks for the factor of a new user and tells whether it is the one.
func newFactor(t *testing.T, want api.Factor) func(*prompt.Asker) (bool, error) {
	return func(a *prompt.Asker) (bool, error) {
		got, err := a.NewFactor(t.Context(), tanaka)
		return got == want, err
	}
}

func TestTwoFormsInARow(t *testing.T) {
	s := newScreen(t, 80, 24)
	a := s.asker()
	ids := ask(s, func() (prompt.IDs, error) {
		return a.IDs(t.Context(), prompt.IDRequest{Contract: anyID, User: anyID})
	})
	s.see("step 1 of 2")
	s.enter("12345678901\ttanaka\r")
	ids.want(prompt.IDs{ContractID: "12345678901", UserID: "tanaka"})
	for _, again := range []string{"", "Wrong. 4 tries are left.", "Wrong. 3 tries are left."} {
		code := ask(s, func() (api.Secret, error) {
			return a.Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6, Again: again})
		})
		s.see("step 2 of 2")
		s.see(again)
		s.enter("123456\r")
		code.want("123456")
	}
	s.asItWas()
}

func TestFormFitsANarrowTerminal(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (prompt.IDs, error) {
		return s.asker().IDs(t.Context(), prompt.IDRequest{Contract: oneOf("12345678901"), User: anyID})
	})
	s.see("step 1 of 2: who you are")
	s.resize(40, 24)
	s.see("step 1 of 2: who\nyou are")
	s.see("|\u0020The user number of your company's\n|\u0020contract.")
	s.enter("1\r")
	s.see(`"1" is not an ID of anybody.`)
	s.enter("\x152\x7f12345678901\rtanaka\r")
	q.want(prompt.IDs{ContractID: "12345678901", UserID: "tanaka"})
	s.asItWas()
}

func TestLowTerminalShowsTheField(t *testing.T) {
	s := newScreen(t, 80, 4)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6})
	})
	s.see("One-time password")
	s.enter("12")
	s.see("> **")
	s.enter("3456\r")
	q.want("123456")
}

func TestColour(t *testing.T) {
	colour := regexp.MustCompile(`\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m`)
	for _, on := range []bool{true, false} {
		s := newScreen(t, 80, 40)
		a := s.askerWith(prompt.Config{Color: on})
		q := ask(s, func() (api.Secret, error) {
			if _, err := a.QR("otpauth://totp/x"); err != nil {
				return "", err
			}
			return a.Code(t.Context(), prompt.CodeRequest{User: tanaka, Digits: 6, Again: "Wrong."})
		})
		s.see("Wrong.")
		s.enter("123456\r")
		q.want("123456")
		if got := colour.MatchString(s.written()); got != on {
			t.Errorf("Color=%v, and colours are written: %v", on, got)
		}
	}
}
