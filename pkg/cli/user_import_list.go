package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/roster"
)

// read reads the list, and refuses it with all that is wrong with it.
func (o *userImportOptions) read(ctx context.Context) ([]roster.Row, error) {
	a, t := o.app, o.app.text.Roster
	reader := listReader()
	if o.contract != "" {
		id, err := api.IDs{}.Contract(o.contract)
		if err != nil {
			return nil, err
		}
		reader.Contract = id
	}
	data, err := a.readData(ctx, o.list, roster.MaxSize, t.TooBig)
	if err != nil {
		return nil, err
	}
	rows, problems, err := reader.Read(data)
	switch {
	case errors.Is(err, roster.ErrEncoding):
		return nil, o.refuse(api.Usage, t.NotText, o.list)
	case errors.Is(err, roster.ErrEmpty):
		return nil, o.refuse(api.Usage, t.NoUsers, o.list)
	case err != nil:
		return nil, a.badFile(o.list, err)
	case len(problems) > 0:
		return nil, o.wrong(problems)
	}
	return rows, nil
}

// listReader reads lists whose headings are in any of our languages.
func listReader() roster.Reader {
	r := roster.Reader{Columns: map[string]roster.Column{}, Words: map[string]string{}}
	for _, l := range i18n.Languages() {
		t := l.Text().Roster
		for column, names := range t.Columns {
			for name := range strings.SplitSeq(names, "|") {
				r.Columns[name] = roster.Column(column)
			}
		}
		for means, words := range t.Words {
			for word := range strings.SplitSeq(words, "|") {
				r.Words[word] = means
			}
		}
	}
	return r
}

// wrong refuses a list.
func (o *userImportOptions) wrong(problems []roster.Problem) error {
	const most = 20 // more than a person corrects at once
	t := o.app.text.Roster
	var faults []string
	for _, p := range problems[:min(most, len(problems))] {
		column, _, _ := strings.Cut(t.Columns[string(p.Column)], "|")
		faults = append(faults, i18n.Fill(t.Faults[string(p.Fault)], "line", strconv.Itoa(p.Line),
			"column", column, "value", quote(p.Value), "other", strconv.Itoa(p.Other)))
	}
	if more := len(problems) - most; more > 0 {
		faults = append(faults, i18n.Fill(t.AndMore, "count", strconv.Itoa(more)))
	}
	message := i18n.Fill(t.Wrong, "file", quote(o.list), "faults", strings.Join(faults, "\n"))
	return &refusal{code: api.Usage, problem: i18n.Problem{Message: message, Hint: t.FixFirst}}
}
