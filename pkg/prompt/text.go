package prompt

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
)

// wrap breaks a text between words so that it fits into width columns; 0 is
// a width that nobody knows.
func wrap(s string, width int) string {
	if width <= 0 {
		return s
	}
	return lipgloss.Wrap(s, width, " ")
}

// size is how many columns and lines the terminal has; 0 where it does not say.
func (a *Asker) size() (width, height int) {
	width, height, err := term.GetSize(a.out.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
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
