package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
)

// postgresCause returns the sentinel for an error of PostgreSQL or of the way
// to it; nil for none. The codes are in appendix A of PostgreSQL's manual.
func postgresCause(err error) error {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return serverCause(e.Code)
	}
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) {
		return ErrUnreachable
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgconn.ErrConnClosed) || pgconn.SafeToRetry(err) {
		return ErrUnreachable
	}
	return nil
}

func serverCause(code string) error {
	switch code {
	case "23505": // unique_violation
		return ErrExists
	case "23503": // foreign_key_violation
		return ErrNotFound // what the row belongs to
	case "23502", "23514", "22003", "22021": // not_null_violation, check_violation, numeric_value_out_of_range, character_not_in_repertoire
		return ErrForeignRow
	case "55P03", // lock_not_available: lock_timeout
		"40001", "40P01", // serialization_failure, deadlock_detected
		"57014", "25P03": // query_canceled, idle_in_transaction_session_timeout
		return ErrLocked
	case "53100": // disk_full
		return ErrFull
	case "28000", "28P01": // invalid_authorization_specification, invalid_password
		return ErrLogin
	case "3D000": // invalid_catalog_name
		return ErrNoDatabase
	case "42501": // insufficient_privilege
		return ErrRights
	case "25006", "55000": // read_only_sql_transaction: a standby; object_not_in_prerequisite_state
		return ErrDenied
	case "42P01", "42703", "XX001", "XX002": // undefined_table, undefined_column, data_corrupted, index_corrupted
		return ErrCorrupt
	}
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58", "F0": // connection, resources, operator intervention, system, configuration
		return ErrUnreachable
	}
	return nil
}

// collided tells whether a transaction was rolled back for another's sake, so
// that the same may succeed when it is run again.
func collided(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}
