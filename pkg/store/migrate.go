package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the newest migration in migrations.
const schemaVersion = 3

// migrateUp applies the migrations that are missing.
func migrateUp(ctx context.Context, db *sql.DB, dialect goose.Dialect) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// isCurrent tells whether every migration was applied; ErrTooNew where more
// were than this program knows.
func isCurrent(version int64) (bool, error) {
	if version > schemaVersion {
		return false, fmt.Errorf("schema %d, this program knows %d: %w", version, schemaVersion, ErrTooNew)
	}
	return version == schemaVersion, nil
}

// appliedVersion returns the newest migration that was applied, of a database
// that knows.
func appliedVersion(ctx context.Context, db *sql.DB) (version int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}
