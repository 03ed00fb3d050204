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

// runs is how often a transaction is run until it gets in nobody's way.
const runs = 8

// Do runs fn in one transaction, committed where fn returns nil and rolled
// back otherwise. A refusal that must be remembered (a counted attempt) is
// therefore not an error of fn. The context bounds the whole.
//
// Others may write at the same time. fn has to see what it decides by in a row
// that it has locked (LockUser) or in the answer of a conditional UPDATE, and
// to return when a statement has failed: the transaction is over then. Where
// two got in each other's way, the one that was rolled back is run again: fn
// must set anew whatever it leaves behind. ErrOutcomeUnknown where the
// connection was lost with the answer to the COMMIT, and whether it happened
// could not be found out.
func (s *Store) Do(ctx context.Context, fn func(*Tx) error) error {
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("wait to write: %w", ctx.Err())
	}
	defer func() { <-s.writing }()
	commit := func(tx *Tx) error { return s.engine.commit(ctx, s.db, tx) }
	for run := 1; ; run++ {
		err := s.run(ctx, nil, fn, commit)
		if !collided(err) || run == runs {
			return err
		}
		pause := time.NewTimer(rand.N(20 * time.Millisecond)) // two shall not keep step
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

// View runs fn in one read-only transaction: what it reads belongs to one
// moment, and it waits for no writer.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.run(ctx, s.engine.viewing(), fn, func(tx *Tx) error {
		return classify("end transaction", ended(ctx, s.around("commit", tx.tx.Commit)))
	})
}

func (s *Store) run(ctx context.Context, opts *sql.TxOptions, fn, commit func(*Tx) error) error {
	tx := &Tx{st: s}
	err := s.around("begin", func() (err error) {
		tx.tx, err = s.engine.begin(ctx, s.db, opts)
		return err
	})
	if err != nil {
		return classify("begin transaction", ended(ctx, err))
	}
	defer func() { _ = tx.tx.Rollback() }() // a no-op after Commit
	if err := fn(tx); err != nil {
		return err
	}
	return commit(tx)
}

// ended gives a transaction that was rolled back, or whose connection was
// closed, because its context ended the context's error, whichever of the two
// was noticed first.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, sql.ErrTxDone) || postgresCause(err) == ErrUnreachable) {
		return ctx.Err()
	}
	return err
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
	return classify(op, ended(ctx, t.st.around(op, func() error { return t.st.engine.patiently(ctx, do) })))
}

// scanner is a row to be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }
