package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
)

// What a caller may tell apart. Each may be wrapped with what was being done.
var (
	ErrNotFound = errors.New("no such record")
	ErrExists   = errors.New("record exists")
	// ErrAbsent: there is no database at this place.
	ErrAbsent = errors.New("no database here")
	// ErrLocked: another process held the database for longer than the time
	// allowed. Try again.
	ErrLocked = errors.New("database is locked by another process")
	// ErrCorrupt: the file is no database, or damaged.
	ErrCorrupt = errors.New("database is damaged")
	// ErrTooNew: a newer certctl has migrated the database.
	ErrTooNew = errors.New("database is newer than this program")
	// ErrFull: no room left on the device. Nothing was written.
	ErrFull = errors.New("no space left for the database")
	// ErrDenied: the file or its directory may not be read or written.
	ErrDenied = errors.New("database may not be opened")
	// ErrNetworkFS: SQLite's locks do not hold on network file systems.
	ErrNetworkFS = errors.New("database is on a network file system")
	// ErrURL: the place looks like PostgreSQL's and cannot be read.
	ErrURL = errors.New("no URL of a PostgreSQL database")
	// ErrUnreachable: the database server is not there, is not ready, is going
	// down, or has no connection free. Nothing was written. Try again.
	ErrUnreachable = errors.New("database server does not answer")
	// ErrLogin: the database server does not let this user in.
	ErrLogin = errors.New("database server refused the login")
	// ErrNoDatabase: the database server has no database of this name.
	ErrNoDatabase = errors.New("no such database on the server")
	// ErrRights: the database's user may not do what a backend has to.
	ErrRights = errors.New("no right to do this in the database")
	// ErrEncoding: the database cannot keep every name as it is written.
	ErrEncoding = errors.New("database is not in UTF-8")
	// ErrOutcomeUnknown: the connection was lost with the answer to a COMMIT,
	// and the server cannot be asked whether it happened.
	ErrOutcomeUnknown = errors.New("outcome of the transaction is unknown")
)

// classify wraps a driver's error in the sentinel that names its cause.
func classify(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if cause := cmp.Or(sqliteCause(err), postgresCause(err)); cause != nil {
		return fmt.Errorf("%s: %w (%w)", doing, cause, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
