package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the newest migration in migrations.
const schemaVersion = 1

// migrate brings the schema up to date. A database that is current is only
// read: goose and its lock are for those that are not. goose has no lock of
// its own for SQLite, and six processes that open one new file at once get in
// each other's way, so migrations and the switch to WAL run under a file lock.
func (s *Store) migrate(ctx context.Context, path string) error {
	if current, err := s.isCurrent(ctx); current || err != nil {
		return err
	}
	lock, err := lockFile(ctx, path+".lock", s.busy)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // the kernel drops it with the process at the latest
	if current, err := s.isCurrent(ctx); current || err != nil {
		return err // another process was faster
	}
	db, err := sql.Open("sqlite", dsn(path, s.busy))
	if err != nil {
		return classify("open database", err)
	}
	err = classify("migrate database", migrateUp(ctx, db))
	return errors.Join(err, classify("close database", db.Close()))
}

func migrateUp(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`); err != nil {
		return fmt.Errorf("switch to WAL: %w", err)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
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

// isCurrent tells whether every migration was applied; ErrTooNew where more
// were than this program knows.
func (s *Store) isCurrent(ctx context.Context) (bool, error) {
	var version int64
	err := s.patiently(ctx, func() (err error) {
		version, err = schemaOf(ctx, s.db)
		return err
	})
	if err != nil {
		return false, classify("read schema version", err)
	}
	if version > schemaVersion {
		return false, fmt.Errorf("schema %d, this program knows %d: %w", version, schemaVersion, ErrTooNew)
	}
	return version == schemaVersion, nil
}

// schemaOf returns the newest migration that was applied; 0 for a new database.
func schemaOf(ctx context.Context, db *sql.DB) (version int64, err error) {
	var tables int
	err = db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	err = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}
