package store

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Table is a table with columns of it.
type Table struct {
	Name    string
	Columns []string
}

// SchemaVersion is the version of the tables of a database that is open.
func SchemaVersion() int64 { return schemaVersion }

// passing are the tables whose rows mean nothing in another database: what
// transactions leave to be found by, and what is remembered for a few minutes or
// a day of sessions and signed requests, which a restore makes void.
func passing() []string { return []string{"outcomes", "sessions", "tries", "nonces"} }

// tables names the tables of a backup, as the migrations make them: one that
// belongs to another comes after it.
func tables() ([]string, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, file := range files {
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			return nil, err
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		for line := range strings.Lines(up) {
			name, made := strings.CutPrefix(line, "CREATE TABLE ")
			name, _, _ = strings.Cut(name, " ")
			if made && !slices.Contains(passing(), name) {
				all = append(all, name)
			}
		}
	}
	return all, nil
}

// Dump calls table for each table and row for each of its rows, with the columns
// that the database has, in an order in which they can be loaded. A value is nil,
// an int64, a string or bytes; ErrForeignRow for another. It belongs in a View.
func (t *Tx) Dump(ctx context.Context, table func(Table) error, row func([]any) error) error {
	names, err := tables()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := t.dump(ctx, name, table, row); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dump(ctx context.Context, name string, table func(Table) error, row func([]any) error) error {
	return t.statement(ctx, "dump "+name, func() error {
		rows, err := t.tx.QueryContext(ctx, `SELECT * FROM `+name) // whatever columns there are: none is left out
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }() // rows.Err below tells
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		if err := table(Table{name, columns}); err != nil {
			return err
		}
		values := make([]any, len(columns))
		dest := make([]any, len(columns))
		for n := range values {
			dest[n] = &values[n]
		}
		for rows.Next() {
			if err := rows.Scan(dest...); err != nil {
				return err
			}
			for n, v := range values {
				switch v.(type) {
				case nil, int64, string, []byte:
				default:
					return fmt.Errorf("%s.%s: %T: %w", name, columns[n], v, ErrForeignRow)
				}
			}
			if err := row(values); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}
