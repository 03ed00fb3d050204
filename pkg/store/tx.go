package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Tx is one transaction. It is not safe for concurrent use.
type Tx struct {
	st *Store
	tx *sql.Tx
}

// Do runs fn in one transaction, committed where fn returns nil and rolled
// back otherwise. A refusal that must be remembered (a counted attempt) is
// therefore not an error of fn. The context bounds the whole.
func (s *Store) Do(ctx context.Context, fn func(*Tx) error) error {
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("wait to write: %w", ctx.Err())
	}
	defer func() { <-s.writing }()
	return s.run(ctx, nil, fn)
}

// View runs fn in one read-only transaction: what it reads belongs to one
// moment, and it waits for no writer.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.run(ctx, &sql.TxOptions{ReadOnly: true}, fn)
}

func (s *Store) run(ctx context.Context, opts *sql.TxOptions, fn func(*Tx) error) error {
	var tx *sql.Tx
	err := s.around("begin", func() error {
		return s.patiently(ctx, func() (err error) {
			tx, err = s.db.BeginTx(ctx, opts)
			return err
		})
	})
	if err != nil {
		return classify("begin transaction", err)
	}
	defer func() { _ = tx.Rollback() }() // a no-op after Commit
	if err := fn(&Tx{s, tx}); err != nil {
		return err
	}
	return classify("commit transaction", ended(ctx, s.around("commit", tx.Commit)))
}

// ended gives a transaction that was rolled back because its context ended the
// context's error, whichever of the two was noticed first.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// patiently repeats do while another process has the database, for as long as
// is allowed. SQLite's own wait looks ever more rarely, at last ten times a
// second, and may then miss every gap between the transactions of a process
// that has many: of 8,000 acquisitions in two processes at once, some found the
// database locked for five seconds. Looking every millisecond or so finds a gap.
func (s *Store) patiently(ctx context.Context, do func() error) error {
	begun := time.Now()
	for {
		err := do()
		if sqliteCause(err) != ErrLocked || time.Since(begun) >= s.busy {
			return err
		}
		pause := time.NewTimer(time.Millisecond/2 + rand.N(time.Millisecond)) // two that wait shall not keep step
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

// exec runs a statement that returns no rows and tells how many it changed.
func (t *Tx) exec(ctx context.Context, op, query string, args ...any) (int64, error) {
	var n int64
	err := t.statement(ctx, op, func() error {
		res, err := t.tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// row runs a statement that returns at most one row; ErrNotFound for none.
func (t *Tx) row(ctx context.Context, op, query string, args []any, dest ...any) error {
	return t.statement(ctx, op, func() error {
		return t.tx.QueryRowContext(ctx, query, args...).Scan(dest...)
	})
}

// rows runs a query and calls scan for each row.
func (t *Tx) rows(ctx context.Context, op, query string, args []any, scan func(scanner) error) error {
	return t.statement(ctx, op, func() error {
		rows, err := t.tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }() // rows.Err below tells
		for rows.Next() {
			if err := scan(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// statement is one effect. The first of a View may have to wait; a statement
// that found the database locked has read and changed nothing.
func (t *Tx) statement(ctx context.Context, op string, do func() error) error {
	return classify(op, ended(ctx, t.st.around(op, func() error { return t.st.patiently(ctx, do) })))
}

// scanner is a row to be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }
