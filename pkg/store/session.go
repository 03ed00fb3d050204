package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Session is what is remembered of a session from its first Complete on.
type Session struct {
	Nonce     string
	Spent     int  // answers that a code was spent, which were free
	Succeeded bool // a certificate was decided on in it
}

// Try is one (session, code, request) and what came of it.
type Try struct {
	Nonce   string
	CodeMAC string // HMAC of the code under a key that only the issuer has
	CSRHash string // SHA-256 of the request, lower-case hex
	Outcome string // "ok" or an error's code
	Left    *int   // tries left, told with the outcome
	Serial  string // with "ok"
}

// OpenSession returns the session's record, making it where this is the first.
func (t *Tx) OpenSession(ctx context.Context, nonce string, now time.Time) (Session, error) {
	s := Session{Nonce: nonce}
	err := t.row(ctx, "open session",
		`INSERT INTO sessions (nonce, created_at) VALUES ($1, $2)
		 ON CONFLICT (nonce) DO UPDATE SET nonce = excluded.nonce
		 RETURNING spent, succeeded`, []any{nonce, stamp(now)}, &s.Spent, &s.Succeeded)
	return s, err
}

// CountSpent counts a free answer that a code was spent.
func (t *Tx) CountSpent(ctx context.Context, nonce string) error {
	_, err := t.exec(ctx, "count spent answer", `UPDATE sessions SET spent = spent + 1 WHERE nonce = $1`, nonce)
	return err
}

// CloseSession marks a session as having succeeded.
func (t *Tx) CloseSession(ctx context.Context, nonce string) error {
	_, err := t.exec(ctx, "close session", `UPDATE sessions SET succeeded = 1 WHERE nonce = $1`, nonce)
	return err
}

// PurgeSessions forgets sessions, and their tries, from before a time.
func (t *Tx) PurgeSessions(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "purge sessions", `DELETE FROM sessions WHERE created_at < $1`, stamp(before))
	return err
}

// Try returns what came of an earlier identical try; ErrNotFound.
func (t *Tx) Try(ctx context.Context, nonce, codeMAC, csrHash string) (Try, error) {
	try := Try{Nonce: nonce, CodeMAC: codeMAC, CSRHash: csrHash}
	var left sql.NullInt64
	err := t.row(ctx, "read try",
		`SELECT outcome, tries_left, serial FROM tries WHERE nonce = $1 AND code_mac = $2 AND csr_sha256 = $3`,
		[]any{nonce, codeMAC, csrHash}, &try.Outcome, &left, maybe{&try.Serial})
	if left.Valid {
		n := int(left.Int64)
		try.Left = &n
	}
	return try, err
}

// InsertTry remembers what came of a try.
func (t *Tx) InsertTry(ctx context.Context, try Try) error {
	var left any
	if try.Left != nil {
		left = *try.Left
	}
	_, err := t.exec(ctx, "insert try",
		`INSERT INTO tries (nonce, code_mac, csr_sha256, outcome, tries_left, serial) VALUES ($1, $2, $3, $4, $5, $6)`,
		try.Nonce, try.CodeMAC, try.CSRHash, try.Outcome, left, text(try.Serial))
	return err
}

// IsNotFound reports whether err is ErrNotFound, for the many callers to whom
// no record is an answer.
func IsNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
