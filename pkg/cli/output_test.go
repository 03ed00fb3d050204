package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// Full-width characters take two columns; what stands after them is aligned
// all the same.
func TestTablesAlign(t *testing.T) {
	var p page
	p.table([]string{"NAME", "STATE"}, [][]string{{"tanaka", "active"}, {"田中 花子", "active"}, {"ｗｉｄｅ", ""}})
	lines := strings.Split(strings.TrimSuffix(p.String(), "\n"), "\n")
	for i, word := range []string{"STATE", "active", "active"} {
		before, _, found := strings.Cut(lines[i], word)
		if !found || displaywidth.String(before) != 11 {
			t.Errorf("%q: %q begins at column %d, want 11", lines[i], word, displaywidth.String(before))
		}
	}
	if lines[3] != "ｗｉｄｅ" {
		t.Errorf("%q ends with blanks", lines[3])
	}
}

func TestNothingThatATerminalObeysIsPrinted(t *testing.T) {
	hostile := "a\x1b[31mb\u009bc\u202ed\x7fe\nf\U000e0001g\r　田"
	want := `a\x1b[31mb\u009bc\u202ed\x7fe\nf\U000e0001g\r` + "　田"
	if got := printable(hostile); got != want {
		t.Errorf("printable: %q, want %q", got, want)
	}
	text, err := marshal(map[string]string{"value": hostile})
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsFunc(strings.ReplaceAll(string(text), "\n", ""), api.Unseen) {
		t.Errorf("JSON holds %q", text)
	}
	var back map[string]string
	if err := json.Unmarshal(text, &back); err != nil || back["value"] != hostile {
		t.Errorf("JSON reads back as %q, %v", back["value"], err)
	}
}

func TestTimes(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	at := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	a := newApp(Process{Now: func() time.Time { return at.In(tokyo) }}, i18n.English())
	if got := a.time(at); got != "2027-03-01 18:00:00 JST" {
		t.Errorf("shown as %q", got)
	}
	text, err := json.Marshal([]timeDoc{timeDoc(at.In(tokyo)), {}})
	if err != nil || string(text) != `["2027-03-01T09:00:00Z",null]` {
		t.Errorf("encoded as %s, %v", text, err)
	}
}

// Every word that JSON has for a state or a step has one for people.
func TestStatesHaveWords(t *testing.T) {
	o := i18n.English().Output
	for _, s := range []api.SlotState{
		api.SlotNotIssued, api.SlotIssued, api.SlotActive, api.SlotRevoked, api.SlotRemoved, api.SlotAcquirable,
		api.SlotAcquireExpired, api.SlotRenewable, api.SlotExpiredReacquirable, api.SlotExpiredReissue, stateDamaged, stateEnding, stateExpired,
	} {
		if o.States[string(s)] == "" {
			t.Errorf("no word for the state %s", s)
		}
		for _, status := range []api.UserStatus{api.StatusActive, api.StatusLocked, api.StatusSuspended} {
			step := next(api.User{Slot: s, Status: status})
			if o.Next[string(step)] == "" {
				t.Errorf("no word for the step %s", step)
			}
			if o.Statuses[string(status)] == "" {
				t.Errorf("no word for the status %s", status)
			}
		}
	}
	for _, s := range []source{fromDefault, fromFile, fromEnv, fromFlag} {
		if o.Sources[string(s)] == "" {
			t.Errorf("no word for the source %s", s)
		}
	}
}

// A help page teaches: what the command does, an example of it, within the
// width of a terminal.
func TestEveryCommandHasAHelpPage(t *testing.T) {
	pages := 0
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		pages++
		if c.Short == "" || c.Long == "" {
			t.Errorf("%s: no help", c.CommandPath())
		}
		if strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: %q ends with a full stop", c.CommandPath(), c.Short)
		}
		if c.Runnable() && !c.HasSubCommands() && !strings.Contains(c.Example, "certctl "+strings.Fields(strings.TrimPrefix(c.CommandPath(), "certctl "))[0]) {
			t.Errorf("%s: no example of it", c.CommandPath())
		}
		prose, _, _ := strings.Cut(c.Long, "\n\nSettings (")
		prose, _, _ = strings.Cut(prose, "\n\nExit codes\n")
		for line := range strings.Lines(prose + "\n" + c.Example) {
			if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > 88 {
				t.Errorf("%s: a line of %d columns: %q", c.CommandPath(), w, line)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(Command(Process{}, i18n.English()))
	if pages < 30 {
		t.Errorf("walked over %d pages only", pages)
	}
}
