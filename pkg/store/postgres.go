package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// postgres is a database on a PostgreSQL server, for any number of replicas.
//
// Transactions that write are READ COMMITTED, the level for which they are
// made: a statement sees all that was committed before it began, so that what
// is read behind LockUser is what the holder of that lock before us left, and a
// conditional UPDATE that had to wait for a row looks at its condition again.
// At a higher level both would fail where they now wait, and nearly every
// transaction of a busy user would run again. The head of the audit chain is
// the last lock that one takes, so none is waited for while it is held. Those
// that only read are REPEATABLE READ: all of it belongs to one moment.
type postgres struct {
	url    string
	create bool
	busy   time.Duration

	weak []Weakness // set by migrate
}

// IsPostgres tells whether a place is a PostgreSQL database and no file.
func IsPostgres(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// Redact returns a place as it may be shown: without a password.
func Redact(place string) string {
	const hidden = "REDACTED"
	if !IsPostgres(place) {
		return place
	}
	u, err := url.Parse(place)
	if err != nil {
		return "postgres://" + hidden // who can say where the password is in it
	}
	if _, set := u.User.Password(); set {
		u.User = url.UserPassword(u.User.Username(), hidden)
	}
	q := u.Query()
	for key := range q {
		if strings.Contains(key, "password") { // sslpassword too
			q.Set(key, hidden)
			u.RawQuery = q.Encode()
		}
	}
	return u.String()
}

// CheckPlace returns ErrURL for a place that looks like a PostgreSQL database
// and cannot be read. It opens nothing.
func CheckPlace(place string) error {
	if !IsPostgres(place) {
		return nil
	}
	_, err := (&postgres{url: place}).config()
	return err
}

// config reads the URL, and what libpq would read too: PGPASSWORD, ~/.pgpass,
// ~/.pg_service.conf.
func (e *postgres) config() (*pgx.ConnConfig, error) {
	c, err := pgx.ParseConfig(e.url)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Redact(e.url), ErrURL) // the driver's error may quote a password
	}
	if !strings.Contains(e.url, "connect_timeout=") {
		c.ConnectTimeout = 10 * time.Second
	}
	for key, value := range map[string]string{
		"application_name": "certctl",
		"lock_timeout":     strconv.FormatInt(e.busy.Milliseconds(), 10),
		// A replica that went away in the middle does not hold its locks for as
		// long as it takes TCP to notice.
		"idle_in_transaction_session_timeout": "60000",
	} {
		if _, set := c.RuntimeParams[key]; !set {
			c.RuntimeParams[key] = value
		}
	}
	return c, nil
}

func (e *postgres) connect() (db *sql.DB, writers, readers int, err error) {
	c, err := e.config()
	if err != nil {
		return nil, 0, 0, err
	}
	return stdlib.OpenDB(*c), 16, 4, nil // of the 100 that a server has for all its replicas
}

// migrate only reads a database that is current. For one that is not, others
// wait in the server until this one is done. goose has a lock of its own for
// that, but looks without it whether there is anything to do: of six that open
// one empty database, five made its table in each other's way and waited for a
// second.
func (e *postgres) migrate(ctx context.Context, db *sql.DB) error {
	version, err := e.inspect(ctx, db)
	if err != nil {
		return classify("read schema version", ended(ctx, err))
	}
	if current, err := isCurrent(version); current || err != nil {
		return err
	}
	if version == 0 && !e.create {
		return ErrAbsent
	}
	err = e.migrateLocked(ctx, db)
	return classify("migrate database", ended(ctx, err))
}

// migrateLocked migrates under goose's lock, which goes with its connection at
// the latest.
func (e *postgres) migrateLocked(ctx context.Context, db *sql.DB) error {
	holder, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = holder.Close() }() // gives it back to the pool
	if _, err := holder.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, lock.DefaultLockID); err != nil {
		return err
	}
	version, err := e.inspect(ctx, db)
	if err == nil && version < schemaVersion { // else another was faster
		err = migrateUp(ctx, db, goose.DialectPostgres)
	}
	_, unlocked := holder.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lock.DefaultLockID)
	return errors.Join(err, unlocked)
}

// inspect returns the newest migration that was applied, 0 where none was, and
// notes what the server may forget.
func (e *postgres) inspect(ctx context.Context, db *sql.DB) (version int64, err error) {
	var migrated bool
	var encoding string
	names := []string{"fsync", "full_page_writes", "synchronous_commit"}
	values := make([]string, len(names))
	err = db.QueryRowContext(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL, current_setting('server_encoding'),
		current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')`).
		Scan(&migrated, &encoding, &values[0], &values[1], &values[2])
	if err != nil {
		return 0, err
	}
	if encoding != "UTF8" {
		return 0, fmt.Errorf("encoding %s: %w", encoding, ErrEncoding)
	}
	e.weak = nil
	for i, value := range values {
		if value == "off" {
			e.weak = append(e.weak, Weakness{names[i], value})
		}
	}
	if !migrated {
		return 0, nil
	}
	return appliedVersion(ctx, db)
}

func (e *postgres) viewing() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// begin tries the next connection where one of the pool died while nobody used
// it: the server was started anew. A server that takes no connection is not
// asked twice.
func (e *postgres) begin(ctx context.Context, db *sql.DB, opts *sql.TxOptions) (*sql.Tx, error) {
	for {
		tx, err := db.BeginTx(ctx, opts)
		var connecting *pgconn.ConnectError
		if postgresCause(err) != ErrUnreachable || errors.As(err, &connecting) || ctx.Err() != nil {
			return tx, err
		}
	}
}

// patiently does what it is told: the server waits.
func (e *postgres) patiently(_ context.Context, do func() error) error { return do() }

func (e *postgres) weaknesses() []Weakness { return e.weak }
