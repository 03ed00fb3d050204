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
	busy   time.Duration
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
	around := opts.Around
	if around == nil {
		around = func(_ string, do func() error) error { return do() }
	}
	db, err := sql.Open("sqlite", dsn(path, 0))
	if err != nil {
		return nil, classify("open database", err)
	}
	db.SetMaxOpenConns(1 + readers)
	db.SetMaxIdleConns(1 + readers)
	s := &Store{db: db, busy: busy, around: around, writing: make(chan struct{}, 1)}
	if err := s.migrate(ctx, path); err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, err
	}
	return s, nil
}

// Close ends the use of the database.
func (s *Store) Close() error { return classify("close database", s.db.Close()) }

// dsn names the database to the driver. busy is for SQLite's own wait, and
// nought where patiently is to wait.
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
