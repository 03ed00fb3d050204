package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"certctl/pkg/api"
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

// The tables of a few ordinary users and certificates fit too.
func TestTablesFit(t *testing.T) {
	until := timeDoc(time.Date(2028, 2, 29, 8, 59, 59, 0, time.UTC))
	for _, l := range i18n.Languages() {
		a := newApp(Process{Now: func() time.Time { return time.Time(until) }}, l.Text())
		var users []userRowDoc
		for _, s := range []api.SlotState{
			api.SlotNotIssued, api.SlotActive, api.SlotRevoked, api.SlotAcquirable, api.SlotAcquireExpired,
			api.SlotRenewable, api.SlotExpiredReacquirable, api.SlotExpiredReissue,
		} {
			for _, status := range []api.UserStatus{api.StatusActive, api.StatusLocked, api.StatusSuspended} {
				u := userRowDoc{
					ContractID: "12345678901", UserID: "yamamoto", Name: "Yamamoto 山本 花子", Role: api.RoleAdmin,
					Status: status, State: s, Deadline: until, Next: next(api.User{Slot: s, Status: status}),
				}
				users = append(users, u)
			}
		}
		p := page{width: readable}
		a.usersTables(&p, users)
		wantFits(t, string(l), p.String(), readable)
	}
}
