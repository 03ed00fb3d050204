package cli

import (
	"time"

	"certctl/pkg/i18n"
)

// fill puts the results on a page, and what went wrong on standard error.
func (o *renewOptions) fill(p *page, doc renewalsDoc) {
	a, t := o.app, o.app.text.Output
	if len(doc.Certificates) == 0 {
		a.say(a.empty(t.NoEntries, o.where))
		return
	}
	if row := doc.Certificates[0]; len(doc.Certificates) == 1 && row.Result == renewRenewed {
		p.lines(i18n.Fill(t.Renewal.Renewed, "name", row.Name))
		p.lines("")
		p.fields(a.certificateFields(row.certificateDoc)...)
	} else {
		o.table(p, doc)
	}
	for _, row := range doc.Certificates {
		if row.Error != nil {
			a.say("certctl: " + row.Name + ": " + row.Error.Message)
			a.say(row.Error.Hint)
		}
		a.sayFailedStores(row.Stores)
	}
}

func (o *renewOptions) table(p *page, doc renewalsDoc) {
	a, t := o.app, o.app.text.Output
	var rows [][]string
	for _, row := range doc.Certificates {
		from := ""
		if row.Result == renewNotDue || row.Result == renewDue {
			from = a.time(time.Time(row.RenewFrom))
		}
		rows = append(rows, []string{row.Name, t.Renewal.Results[string(row.Result)], a.time(time.Time(row.NotAfter)), from})
	}
	p.table([]string{t.Columns.Name, t.Columns.Result, t.Columns.NotAfter, t.Renewal.ColumnFrom}, rows)
}
