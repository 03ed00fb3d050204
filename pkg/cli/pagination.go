package cli

import (
	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
)

// pageFlags say how much of a long list is shown, and from where on.
type pageFlags struct {
	limit int // 0: all of it
	after string
}

// flags adds --limit and --after.
func (f *pageFlags) flags(a *app, cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.limit, "limit", 0, a.text.Flags.Limit)
	cmd.Flag("limit").DefValue = "" // its usage says what is shown without it
	cmd.Flags().StringVar(&f.after, "after", "", a.text.Flags.After)
}

// check refuses a number that is none.
func (f *pageFlags) check(a *app, cmd *cobra.Command) error {
	if limit := cmd.Flag("limit"); limit.Changed && f.limit < 1 {
		return a.usage(i18n.Fill(a.text.Errors.BadFlag, "flag", "--limit", "value", limit.Value.String()), a.seeHelp(cmd))
	}
	return nil
}

// showPages shows a list, unless it was a stream and is out, and after it where
// it goes on, which a document says itself; nil: it does not.
func (a *app) showPages(doc any, next *string, fill func(*page)) error {
	if !a.jsonl {
		if err := a.show(doc, fill); err != nil {
			return err
		}
	}
	if next != nil && (a.jsonl || !a.json) {
		a.say(i18n.Fill(a.text.Output.List.More, "cursor", *next))
	}
	return nil
}

// eachPage reads the pages of a list up to a limit, and returns where it goes
// on; nil where it is over. read reads the page behind a place, of at most as
// many as are left (0: any number), and returns how many there were and the
// place behind them.
func eachPage(f pageFlags, read func(after string, most int) (n int, next string, err error)) (*string, error) {
	after, left := f.after, f.limit
	for {
		n, next, err := read(after, left)
		if err != nil || next == "" {
			return nil, err
		}
		if left -= n; f.limit > 0 && left <= 0 {
			return &next, nil
		}
		left, after = max(left, 0), next
	}
}
