package store

import (
	"database/sql"
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
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
)

// classify wraps a driver's error in the sentinel that names its cause.
func classify(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if cause := sqliteCause(err); cause != nil {
		return fmt.Errorf("%s: %w (%w)", doing, cause, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func sqliteCause(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return ErrExists
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ErrNotFound // what the row belongs to
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
