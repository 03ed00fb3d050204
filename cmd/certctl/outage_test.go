package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/cli"
	"certctl/pkg/store/storetest"
)

// The database server ends without a word and starts again under an import, before
// and after each kind of its effects. The import says so, or goes on where nothing
// was lost; the next one adds who is missing, nobody twice, and what the result
// file says is what opens.
func TestTheServerFailsUnderAnImport(t *testing.T) {
	server := storetest.Start(t, "fsync=off")
	refused := 0
	for _, op := range []string{"begin", "insert token", "lock token", "insert user", "insert audit row", "mark transaction", "commit"} {
		for _, after := range []bool{false, true} {
			what := fmt.Sprintf("failed at %q, after it: %v", op, after)
			w := newTownAt(t, server.Database(t))
			w.listUsers(t)
			exit, stderr := w.importUnder(op, after, func() {
				server.Stop(t)
				server.Restart(t)
			})
			switch {
			case exit == 6:
				if refused++; !strings.Contains(stderr, "adds nobody twice") {
					t.Errorf("%s: nobody is told to run it again:\n%s", what, stderr)
				}
			case exit != 0:
				t.Errorf("%s: exit %d\n%s", what, exit, stderr)
			}
			if got := w.importList(t, 0); got.exit != 0 {
				t.Errorf("%s: the next import: exit %d\n%s", what, got.exit, got.stderr)
			}
			w.checkImport(t, what)
		}
	}
	if refused < 10 {
		t.Errorf("%d imports were cut short: the server did not fail under them", refused)
	}
	t.Logf("%d imports cut short", refused)
}

// importUnder imports the list in this process; fail is called once, before or
// after the first effect op that comes after a user was begun to be added.
func (w town) importUnder(op string, after bool, fail func()) (exit int, stderr string) {
	adding, failed := false, false
	cmd := w.command("user", "import", filepath.Join(w.home, "list.csv"), "--contract-id", "12345678901")
	var out, complaint bytes.Buffer
	exit = cli.Main(cli.Process{
		Args: cmd.Args[1:], Env: cmd.Env, In: strings.NewReader(""), Out: &out, Err: &complaint, Now: w.now,
		Wrap: func(name string, do func() error) error {
			adding = adding || strings.HasPrefix(name, "sync directory of list.result.csv")
			if name != op || !adding || failed {
				return do()
			}
			failed = true
			if !after {
				fail()
				return do()
			}
			err := do()
			fail()
			return err
		},
	})
	return exit, complaint.String()
}
