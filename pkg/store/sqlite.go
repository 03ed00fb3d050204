package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqlite is a database in a file, for any number of processes of one machine.
// It has one writer at a time: those of one process queue up instead of polling
// for each other's lock.
type sqlite struct {
	path   string
	create bool
	busy   time.Duration
}

func (e *sqlite) connect() (db *sql.DB, writers, readers int, err error) {
	if err := e.prepare(); err != nil {
		return nil, 0, 0, err
	}
	db, err = sql.Open("sqlite", e.dsn(0))
	return db, 1, 3, classify("open database", err)
}

// dsn names the database to the driver. busy is for SQLite's own wait, and
// nought where patiently is to wait.
func (e *sqlite) dsn(busy time.Duration) string {
	q := url.Values{}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	q.Add("_pragma", "synchronous(FULL)") // NORMAL loses committed rows when the power fails
	q.Add("_pragma", "foreign_keys(1)")
	q.Set("_txlock", "immediate")
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(e.path), RawQuery: q.Encode()}).String()
}

// prepare checks the place of the database and, where asked, makes the file,
// private to its owner, since SQLite would make it by the umask.
func (e *sqlite) prepare() error {
	if _, err := os.Stat(e.path); err == nil {
		return refuseNetworkFS(e.path)
	} else if !os.IsNotExist(err) {
		return fileError("open database", err)
	}
	if !e.create {
		return ErrAbsent
	}
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return fileError("make the database's directory", err)
	}
	if err := refuseNetworkFS(filepath.Dir(e.path)); err != nil {
		return err
	}
	f, err := os.OpenFile(e.path, os.O_CREATE|os.O_RDWR, fs.FileMode(0o600))
	if err != nil {
		return fileError("make database", err)
	}
	return f.Close()
}

// migrate only reads a database that is current: goose and its lock are for
// those that are not. goose has no lock of its own for SQLite, and six
// processes that open one new file at once get in each other's way, so
// migrations and the switch to WAL run under a file lock.
func (e *sqlite) migrate(ctx context.Context, db *sql.DB) error {
	if current, err := e.isCurrent(ctx, db); current || err != nil {
		return err
	}
	lock, err := lockFile(ctx, e.path+".lock", e.busy)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // the kernel drops it with the process at the latest
	if current, err := e.isCurrent(ctx, db); current || err != nil {
		return err // another process was faster
	}
	waiting, err := sql.Open("sqlite", e.dsn(e.busy))
	if err != nil {
		return classify("open database", err)
	}
	_, err = waiting.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
	if err == nil {
		err = migrateUp(ctx, waiting, goose.DialectSQLite3)
	}
	return errors.Join(classify("migrate database", err), classify("close database", waiting.Close()))
}

func (e *sqlite) isCurrent(ctx context.Context, db *sql.DB) (bool, error) {
	var version int64
	err := e.patiently(ctx, func() (err error) {
		version, err = e.version(ctx, db)
		return err
	})
	if err != nil {
		return false, classify("read schema version", err)
	}
	return isCurrent(version)
}

// version returns the newest migration that was applied; 0 for a new database.
func (e *sqlite) version(ctx context.Context, db *sql.DB) (int64, error) {
	var tables int
	err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	return appliedVersion(ctx, db)
}

// lockFile locks a file that is there for nothing else; ErrLocked where
// another process holds it for longer than wait.
func lockFile(ctx context.Context, path string, wait time.Duration) (*flock.Flock, error) {
	const poll = 10 * time.Millisecond
	lock := flock.New(path, flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	_, err := lock.TryLockContext(waiting, poll)
	switch {
	case err == nil:
		return lock, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("lock database for migration: %w", ctx.Err())
	case waiting.Err() != nil:
		return nil, fmt.Errorf("lock database for migration: %w", ErrLocked)
	}
	return nil, fileError("lock database for migration", err)
}

func (e *sqlite) viewing() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

func (e *sqlite) begin(ctx context.Context, db *sql.DB, opts *sql.TxOptions) (tx *sql.Tx, err error) {
	err = e.patiently(ctx, func() (err error) {
		tx, err = db.BeginTx(ctx, opts)
		return err
	})
	return tx, err
}

// patiently repeats do while another process has the database, for as long as
// is allowed. SQLite's own wait looks ever more rarely, at last ten times a
// second, and may then miss every gap between the transactions of a process
// that has many: of 8,000 acquisitions in two processes at once, some found the
// database locked for five seconds. Looking every millisecond or so finds a gap.
func (e *sqlite) patiently(ctx context.Context, do func() error) error {
	begun := time.Now()
	for {
		err := do()
		if sqliteCause(err) != ErrLocked || time.Since(begun) >= e.busy {
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

// commit has an answer in any case: it is the kernel's.
func (e *sqlite) commit(ctx context.Context, _ *sql.DB, tx *Tx) error {
	return classify("commit transaction", ended(ctx, tx.st.around("commit", tx.tx.Commit)))
}

func (e *sqlite) weaknesses() []Weakness { return nil }

// sqliteCause returns the sentinel for an error of SQLite; nil for none.
func sqliteCause(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return ErrExists
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ErrNotFound // what the row belongs to
	case sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_NOTNULL, sqlite3.SQLITE_TOOBIG:
		return ErrForeignRow
	case sqlite3.SQLITE_IOERR_SHMSIZE:
		return ErrFull // the wal-index could not grow
	}
	switch e.Code() & 0xff { // the primary code; the rest is detail
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return ErrLocked
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrCorrupt
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return ErrDenied
	}
	return nil
}

// fileError wraps the error of a call on the database's file or directory.
func fileError(doing string, err error) error {
	cause := ErrDenied
	if errors.Is(err, syscall.ENOSPC) {
		cause = ErrFull
	}
	return fmt.Errorf("%s: %w (%w)", doing, cause, err)
}
