package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/otp"
)

// Loading is a table that rows can be loaded into.
type Loading struct {
	Table
	types []string // of its columns: TEXT, BYTEA, or else a number
}

// CheckTable returns what loads rows into a table; ErrForeignRow for one that is
// none of a backup, or has not all of these columns. Others, which came with a
// later migration, keep their defaults: a migration that does more than to add has
// to be done to what older backups hold too.
func (t *Tx) CheckTable(ctx context.Context, table Table) (Loading, error) {
	l := Loading{Table: table}
	names, err := tables()
	if err != nil {
		return l, err
	}
	if !slices.Contains(names, table.Name) {
		return l, fmt.Errorf("table %q: %w", table.Name, ErrForeignRow)
	}
	var there []*sql.ColumnType
	err = t.statement(ctx, "read columns", func() error {
		rows, err := t.tx.QueryContext(ctx, `SELECT * FROM `+table.Name+` LIMIT 0`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		there, err = rows.ColumnTypes()
		return err
	})
	if err != nil {
		return l, err
	}
	for n, column := range table.Columns {
		at := slices.IndexFunc(there, func(c *sql.ColumnType) bool { return c.Name() == column })
		if at < 0 || slices.Contains(table.Columns[:n], column) {
			return l, fmt.Errorf("column %q of table %q: %w", column, table.Name, ErrForeignRow)
		}
		l.types = append(l.types, there[at].DatabaseTypeName())
	}
	return l, nil
}

// CheckRow returns ErrForeignRow for a row that no database of ours has, whatever
// an engine would take: values that are not of their column's type or beyond what
// is computed with, serials that are none, tokens that show no codes.
func (l Loading) CheckRow(row []any) error {
	token := map[string]any{}
	for n, value := range row {
		if err := checkValue(l.Name, l.Columns[n], l.types[n], value); err != nil {
			return fmt.Errorf("%s.%s: %w", l.Name, l.Columns[n], err)
		}
		token[l.Columns[n]] = value
	}
	if l.Name == "tokens" && !showsCodes(token) {
		return fmt.Errorf("tokens: %w", ErrForeignRow)
	}
	return nil
}

func checkValue(table, column, kind string, value any) error {
	switch value := value.(type) {
	case nil:
		return nil // the database knows where nothing may be
	case int64:
		if low, high := limits(column); kind != "TEXT" && kind != "BYTEA" && low <= value && value <= high {
			return nil
		}
	case []byte:
		if kind == "BYTEA" {
			return nil
		}
	case string:
		if column == "emails" && json.Unmarshal([]byte(value), &[]string{}) != nil {
			return ErrForeignRow
		}
		serial := table != "tokens" && (column == "serial" || strings.HasSuffix(column, "_serial"))
		if kind == "TEXT" && !strings.Contains(value, "\x00") && (!serial || isSerial(value) || table == "audit" && value == "") {
			return nil
		}
	}
	return ErrForeignRow
}

func isSerial(text string) bool {
	return regexp.MustCompile(`^[1-9a-f][0-9a-f]{0,31}$`).MatchString(text)
}

// limits are what a number may be. Much is added to a counter before it would
// overflow, and a time has four digits in its year.
func limits(column string) (low, high int64) {
	const endOfTime = 253402300799 // 9999-12-31T23:59:59Z
	switch {
	case column == "at", column == "not_before", column == "not_after", strings.HasSuffix(column, "_at"):
		return 0, endOfTime
	case column == "drift":
		return -otp.MaxDrift, otp.MaxDrift
	case slices.Contains([]string{"crl_number", "next_step", "seq", "number"}, column):
		return 0, otp.MaxCounter
	}
	return 0, math.MaxInt32
}

// showsCodes tells whether a row of tokens is of a token whose codes can be
// computed.
func showsCodes(row map[string]any) bool {
	digits, _ := row["digits"].(int64)
	period, _ := row["period"].(int64)
	algorithm, _ := row["algorithm"].(string)
	p := otp.Params{Digits: int(digits), Period: time.Duration(period) * time.Second, Algorithm: otp.Algorithm(algorithm),
		Counter: row["type"] == api.HOTP}
	return p.Validate() == nil
}

// Load inserts rows, as Dump gave them, each of which CheckRow has passed;
// ErrExists where one is there.
func (t *Tx) Load(ctx context.Context, table Loading, rows [][]any) error {
	if len(rows) == 0 || len(table.Columns) == 0 {
		return nil
	}
	var query strings.Builder
	fmt.Fprintf(&query, `INSERT INTO %s (%s) VALUES `, table.Name, strings.Join(table.Columns, ", "))
	args := make([]any, 0, len(rows)*len(table.Columns))
	for n, row := range rows {
		if n > 0 {
			query.WriteString(", ")
		}
		query.WriteByte('(')
		for m, value := range row {
			if m > 0 {
				query.WriteString(", ")
			}
			args = append(args, value)
			fmt.Fprintf(&query, "$%d", len(args))
		}
		query.WriteByte(')')
	}
	_, err := t.exec(ctx, "load "+table.Name, query.String(), args...)
	return err
}
