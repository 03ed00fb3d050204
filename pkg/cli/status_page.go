package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/i18n"
)

// fill puts the certificates on a page.
func (o *statusOptions) fill(p *page, doc statusDoc) {
	a, t := o.app, o.app.text.Output
	switch {
	case o.short:
		a.shortStatus(p, doc)
		return
	case len(doc.Certificates) == 0:
		a.say(a.empty(t.NoEntries, o.where))
		return
	}
	var rows [][]string
	var commands []string
	for _, row := range doc.Certificates {
		rows = append(rows, []string{row.Name, a.briefState(row.State), a.left(row), a.time(time.Time(row.NotAfter))})
		if command := row.Command; command != "" {
			if row.Next == "reissue" || row.Next == "resume" {
				command = i18n.Fill(t.Status.ByAdmin, "command", command)
			}
			commands = append(commands, "  "+command)
		}
	}
	p.table([]string{t.Columns.Name, t.Columns.State, t.Status.ColumnLeft, t.Columns.NotAfter}, rows)
	if len(commands) > 0 {
		p.lines("\n" + t.Status.Next + "\n" + strings.Join(commands, "\n"))
	}
	p.lines("\n" + a.asOf(doc))
}

// asOf says what a status goes by.
func (a *app) asOf(doc statusDoc) string {
	t := a.text.Output.Status
	var unasked []string
	asked, asks := time.Time(doc.AsOf), false
	for _, row := range doc.Certificates {
		if row.Error != nil {
			unasked = append(unasked, i18n.Fill(t.NotAsked, "name", row.Name, "cause", row.Error.Message))
		}
		at := time.Time(row.CheckedAt)
		asks = asks || !at.IsZero()
		if !at.IsZero() && at.Before(asked) {
			asked = at
		}
	}
	now := a.time(time.Time(doc.AsOf))
	if doc.Refreshed && len(unasked) == 0 {
		return i18n.Fill(t.Refreshed, "time", now)
	}
	if !asks {
		return i18n.Fill(a.text.Output.Place.AsOf, "time", now)
	}
	return strings.Join(append(unasked, i18n.Fill(t.AsOf, "time", now, "asked", a.time(asked))), "\n")
}

// left draws what is left of a certificate, and says it in words.
func (a *app) left(row statusRowDoc) string {
	if time.Time(row.NotAfter).IsZero() { // damaged
		return ""
	}
	if row.Seconds == 0 {
		return a.text.Output.None
	}
	const width = 8
	full := (row.Percent*width + 99) / 100
	return fmt.Sprintf("[%s%s] %s", strings.Repeat("#", full), strings.Repeat("-", width-full), a.remaining(row.Seconds))
}

// remaining says how long a certificate is still valid or, below nought, how
// long it has been over.
func (a *app) remaining(seconds int64) string {
	t := a.text.Output.Status
	days, hours, hour := t.DaysLeft, t.HoursLeft, t.HourLeft
	if seconds < 0 {
		seconds = -seconds
		days, hours, hour = t.DaysAgo, t.HoursAgo, t.HourAgo
	}
	words, count := hours, seconds/3600
	switch {
	case seconds >= 2*86400:
		words, count = days, seconds/86400
	case count == 1:
		words = hour
	}
	return i18n.Fill(words, "count", strconv.FormatInt(count, 10))
}

// shortStatus puts the certificate with the nearest end about which something
// is to be done into one line; nothing where there is none.
func (a *app) shortStatus(p *page, doc statusDoc) {
	t := a.text.Output.Status
	var first *statusRowDoc
	due := 0
	for i, row := range doc.Certificates {
		if row.Next == "none" {
			continue
		}
		due++
		if first == nil || row.Seconds < first.Seconds {
			first = &doc.Certificates[i]
		}
	}
	if first == nil {
		return
	}
	line := i18n.Fill(t.ShortOver, "name", first.Name, "state", a.briefState(first.State))
	if first.Seconds != 0 {
		line = i18n.Fill(t.Short, "name", first.Name, "state", a.briefState(first.State), "left", a.remaining(first.Seconds))
	}
	if due > 1 {
		line += " " + i18n.Fill(t.More, "count", strconv.Itoa(due-1))
	}
	p.lines(line)
}
