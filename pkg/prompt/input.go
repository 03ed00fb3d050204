package prompt

import (
	"errors"
	"strings"
	"unicode"

	"charm.land/huh/v2"
)

// errNoAnswer is the end of a form that was neither answered nor cancelled.
var errNoAnswer = errors.New("the form ended without an answer")

// maxInput is how many characters a field takes: more than any ID, code or
// password, and a paste of the wrong thing stays readable.
const maxInput = 256

// input is one line of text to be typed. Where check refuses it, the form
// stays and shows the error below its fields.
func input(title, hint string, answer *string, check func(string) error) *huh.Input {
	return huh.NewInput().
		Title(title).
		Description(hint).
		Prompt("> ").
		CharLimit(maxInput).
		Value(answer).
		Validate(check)
}

// secret is an input that shows asterisks.
func secret(title, hint string, answer *string, check func(string) error) *huh.Input {
	return input(title, hint, answer, check).EchoMode(huh.EchoModePassword)
}

// printable makes a value of unknown origin safe to draw: what a terminal
// could take for a command, or would draw invisibly, becomes U+FFFD.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
