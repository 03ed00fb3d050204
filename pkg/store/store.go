package store

import (
	"context"
	"database/sql"
	"time"
)

// Around is called with each effect on the database: "begin", "commit", and
// each statement by its name. It must call do once and return its error; tests
// cut a process short in it. nil calls do directly.
type Around func(op string, do func() error) error

// Options of Open. The zero value opens an existing database.
type Options struct {
	// Create makes the database where there is none; in PostgreSQL, the tables
	// in a database that has none of ours.
	Create bool
	// Busy is how long to wait for another's lock; 0 means 5 seconds.
	Busy time.Duration
	// Around is the seam for fault tests.
	Around Around
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	db     *sql.DB
	engine engine
	around Around
	// writing has room for as many transactions of Do as may run at once; the
	// others of this process queue here in order.
	writing chan struct{}
}

// engine is what differs between the two databases: all but the records and
// the SQL that reads and changes them.
type engine interface {
	// connect opens the database and says how many may write and how many read
	// at once. A process that does one thing at a time opens one connection all
	// the same.
	connect() (db *sql.DB, writers, readers int, err error)
	// migrate brings the schema up to date.
	migrate(ctx context.Context, db *sql.DB) error
	// viewing is how a transaction begins that reads at one moment.
	viewing() *sql.TxOptions
	// begin begins a transaction.
	begin(ctx context.Context, db *sql.DB, opts *sql.TxOptions) (*sql.Tx, error)
	// patiently does what may have to wait for another's lock.
	patiently(ctx context.Context, do func() error) error
	// commit ends a transaction of Do, and knows how it ended, or says
	// ErrOutcomeUnknown.
	commit(ctx context.Context, db *sql.DB, tx *Tx) error
	// weaknesses are the ways in which the database may forget what it said
	// was kept.
	weaknesses() []Weakness
}

// Weakness is a setting of the database under which a committed transaction
// may be lost when the machine fails.
type Weakness struct{ Setting, Value string }

// Open opens the database at a place, brings its schema up to date, and
// returns one of the errors of this package where that is why it could not.
// The place is the path of a SQLite file, or a postgres:// URL.
func Open(ctx context.Context, place string, opts Options) (*Store, error) {
	if opts.Busy == 0 {
		opts.Busy = 5 * time.Second
	}
	s := &Store{around: opts.Around}
	if s.around == nil {
		s.around = func(_ string, do func() error) error { return do() }
	}
	if IsPostgres(place) {
		s.engine = &postgres{url: place, create: opts.Create, busy: opts.Busy}
	} else {
		s.engine = &sqlite{path: place, create: opts.Create, busy: opts.Busy}
	}
	db, writers, readers, err := s.engine.connect()
	if err != nil {
		return nil, err
	}
	s.db = db
	db.SetMaxOpenConns(writers + readers)
	db.SetMaxIdleConns(writers + readers)
	s.writing = make(chan struct{}, writers)
	if err := s.engine.migrate(ctx, db); err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, err
	}
	return s, nil
}

// Close ends the use of the database.
func (s *Store) Close() error { return classify("close database", s.db.Close()) }

// Weaknesses are the settings of the database, found when it was opened, under
// which it may forget what it said was kept. There are none of SQLite.
func (s *Store) Weaknesses() []Weakness { return s.engine.weaknesses() }
