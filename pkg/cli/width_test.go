package cli

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
)

// No help page is wider than a terminal of 80 columns, in any language.
func TestHelpPagesFit(t *testing.T) {
	for _, l := range i18n.Languages() {
		pages := 0
		for _, path := range wordsOf(Command(Process{}, l.Text())) {
			pages++
			got := runCLI(t, []string{"CERTCTL_LANG=" + string(l)}, append([]string{"help"}, path...)...)
			if got.exit != 0 || got.out == "" {
				t.Errorf("%s: help %q: exit %d, %s", l, path, got.exit, got.err)
			}
			wantFits(t, string(l)+" help "+strings.Join(path, " "), got.out, 80)
		}
		if pages < 30 {
			t.Errorf("%s: walked over %d pages only", l, pages)
		}
	}
}

// wordsOf returns the words that name each command and topic.
func wordsOf(c *cobra.Command) [][]string {
	paths := [][]string{strings.Fields(c.CommandPath())[1:]}
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			paths = append(paths, wordsOf(sub)...)
		}
	}
	return paths
}

func wantFits(t *testing.T, what, text string, width int) {
	t.Helper()
	for line := range strings.Lines(text) {
		if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > width {
			t.Errorf("%s: %d columns: %q", what, w, line)
		}
	}
}
