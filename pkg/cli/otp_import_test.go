package cli

import (
	"testing"

	"certctl/pkg/i18n"
	"certctl/pkg/inventory"
)

// Whatever is wrong with a file of tokens is said in each language.
func TestEveryFaultHasASentence(t *testing.T) {
	for _, l := range i18n.Languages() {
		faults := l.Text().Output.Token.Faults
		for _, c := range inventory.Causes() {
			if faults[string(c)] == "" {
				t.Errorf("%s: nothing is said of %s", l, c)
			}
		}
		if len(faults) != len(inventory.Causes()) {
			t.Errorf("%s: %d faults are worded, %d there are", l, len(faults), len(inventory.Causes()))
		}
	}
}
