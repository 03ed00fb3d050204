package cli

import (
	"bytes"
	"fmt"
	"testing"

	"certctl/pkg/i18n"
)

// What a run builds of the commands that it does not need says the same as they do.
func TestCommandsThatAreNotNeededAreNamedAllTheSame(t *testing.T) {
	for _, l := range i18n.Languages() {
		a := newApp(Process{Args: []string{}}, l.Text())
		for _, e := range entries(a.text.Commands) {
			made, brief := e.make(a), a.enter(e)
			if brief.Name() != made.Name() || brief.Short != made.Short || brief.HasSubCommands() {
				t.Errorf("%s: %s %q in brief, %s %q in full", l, brief.Name(), brief.Short, made.Name(), made.Short)
			}
		}
	}
}

func TestARunBuildsTheCommandThatIsNamed(t *testing.T) {
	for _, args := range [][]string{
		{"user", "add", "--help"}, {"help", "user", "add"}, {"--lang", "ja", "ca", "certs", "list", "--help"},
		{"--help"}, {"usr"}, {"usr", "add"},
		{"__complete", ""}, {"__complete", "use"}, {"__complete", "user", ""}, {"__complete", "user", "add", "--"}, {"__complete", "help", ""},
	} {
		run := func(whole bool) string {
			var out bytes.Buffer
			a := newApp(Process{Args: args, Out: &out, Err: &out}, i18n.English())
			if whole {
				a.process.Args = nil
			}
			root := newRoot(a)
			root.SetArgs(args)
			err := root.ExecuteContext(t.Context())
			return fmt.Sprint(out.String(), a.sentence(err))
		}
		if got, want := run(false), run(true); got != want {
			t.Errorf("%q: %s\nwith every command made: %s", args, got, want)
		}
	}
}
