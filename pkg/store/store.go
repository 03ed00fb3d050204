package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Around is called with each effect on the database: "begin", "commit", and
// each statement by its name. It must call do once and return its error; tests
// cut a process short in it. nil calls do directly.
type Around func(op string, do func() error) error

// Options of Open. The zero value opens an existing database.
type Options struct {
	// Create makes the database where there is none.
	Create bool
	// Busy is how long to wait for another process's lock; 0 means 5 seconds.
	Busy time.Duration
	// Around is the seam for fault tests.
	Around Around
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	db     *sql.DB
	around Around
	// writing is held by the one transaction of Do that runs. SQLite has one
	// writer: those of one process queue here in order instead of polling for
	// each other's lock.
	writing chan struct{}
}

// readers is how many transactions may read at once beside the writer. A
// process that does one thing at a time opens one connection all the same.
const readers = 3

// Open opens the SQLite database in the file path, brings its schema up to
// date, and returns ErrAbsent, ErrCorrupt, ErrTooNew, ErrLocked, ErrDenied or
// ErrNetworkFS where that is why it could not.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	if err := prepare(path, opts.Create); err != nil {
		return nil, err
	}
	busy := opts.Busy
	if busy == 0 {
		busy = 5 * time.Second
	}
	db, err := sql.Open("sqlite", dsn(path, busy))
	if err != nil {
		return nil, classify("open database", err)
	}
	db.SetMaxOpenConns(1 + readers)
	db.SetMaxIdleConns(1 + readers)
	if err := migrate(ctx, db, path, busy); err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, err
	}
	around := opts.Around
	if around == nil {
		around = func(_ string, do func() error) error { return do() }
	}
	return &Store{db: db, around: around, writing: make(chan struct{}, 1)}, nil
}

// Close ends the use of the database.
func (s *Store) Close() error { return classify("close database", s.db.Close()) }

func dsn(path string, busy time.Duration) string {
	q := url.Values{}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	q.Add("_pragma", "synchronous(FULL)") // NORMAL loses committed rows when the power fails
	q.Add("_pragma", "foreign_keys(1)")
	q.Set("_txlock", "immediate")
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

// prepare checks the place of the database and, where asked, makes the file,
// private to its owner, since SQLite would make it by the umask.
func prepare(path string, create bool) error {
	if _, err := os.Stat(path); err == nil {
		return refuseNetworkFS(path)
	} else if !os.IsNotExist(err) {
		return fileError("open database", err)
	}
	if !create {
		return ErrAbsent
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError("make the database's directory", err)
	}
	if err := refuseNetworkFS(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, fs.FileMode(0o600))
	if err != nil {
		return fileError("make database", err)
	}
	return f.Close()
}

// Tx is one transaction. It is not safe for concurrent use.
type Tx struct {
	tx     *sql.Tx
	around Around
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
	err := s.around("begin", func() (err error) {
		tx, err = s.db.BeginTx(ctx, opts)
		return err
	})
	if err != nil {
		return classify("begin transaction", err)
	}
	defer func() { _ = tx.Rollback() }() // a no-op after Commit
	if err := fn(&Tx{tx: tx, around: s.around}); err != nil {
		return err
	}
	return classify("commit transaction", s.around("commit", tx.Commit))
}

// exec runs a statement that returns no rows and tells how many it changed.
func (t *Tx) exec(ctx context.Context, op, query string, args ...any) (int64, error) {
	var n int64
	err := t.around(op, func() error {
		res, err := t.tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, classify(op, err)
}

// row runs a statement that returns at most one row; ErrNotFound for none.
func (t *Tx) row(ctx context.Context, op, query string, args []any, dest ...any) error {
	return classify(op, t.around(op, func() error {
		return t.tx.QueryRowContext(ctx, query, args...).Scan(dest...)
	}))
}

// rows runs a query and calls scan for each row.
func (t *Tx) rows(ctx context.Context, op, query string, args []any, scan func(scanner) error) error {
	return classify(op, t.around(op, func() error {
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
	}))
}

// scanner is a row to be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// stamp is how a time is stored: Unix seconds, NULL for the zero time.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// instant scans what stamp stored.
type instant struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*i.t = time.Time{}
	if n.Valid {
		*i.t = time.Unix(n.Int64, 0).UTC()
	}
	return nil
}

// text stores the empty string as NULL.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// maybe scans a nullable string; NULL is the empty string.
type maybe struct{ s *string }

// Scan implements sql.Scanner.
func (m maybe) Scan(v any) error {
	var n sql.NullString
	if err := n.Scan(v); err != nil {
		return err
	}
	*m.s = n.String
	return nil
}
