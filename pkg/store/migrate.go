package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

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
func migrate(ctx context.Context, db *sql.DB, path string) error {
	version, err := currentVersion(ctx, db)
	if err != nil {
		return err
	}
	if version > schemaVersion {
		return fmt.Errorf("schema %d, this program knows %d: %w", version, schemaVersion, ErrTooNew)
	}
	if version == schemaVersion {
		return nil
	}
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("lock database for migration: %w (%w)", ErrDenied, err)
	}
	defer func() { _ = lock.Unlock() }() // the kernel drops it with the process at the latest
	if _, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`); err != nil {
		return classify("switch database to WAL", err)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return classify("migrate database", err)
	}
	return nil
}

// currentVersion returns the newest migration that was applied; 0 for a new
// database.
func currentVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var table string
	err := db.QueryRowContext(ctx, `SELECT name FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&table)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, classify("read schema version", err)
	}
	var version int64
	err = db.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, classify("read schema version", err)
}
