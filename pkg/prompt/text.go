package prompt

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/term"

	"certctl/pkg/api"
)

// size is how many columns and lines a terminal has; 0 where it does not say.
func size(out term.File) (width, height int) {
	width, height, err := term.GetSize(out.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// printable makes a value of unknown origin safe to draw: what a terminal
// could take for a command, or would draw invisibly, becomes U+FFFD.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if api.Unseen(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
