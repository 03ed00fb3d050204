package store

import (
	"database/sql"
	"time"

	"certctl/pkg/api"
)

// nullableToken is the token's side of an outer join.
type nullableToken struct {
	kind, algorithm                       sql.NullString
	digits, period, next, drift, attempts sql.NullInt64
	resync                                sql.NullInt64
	secret                                []byte
	confirmed, created, lastUsed, expires time.Time
	serial                                string
}

func (n nullableToken) value(u *User) *Token {
	if !n.kind.Valid {
		return nil
	}
	return &Token{
		ID:         u.TokenID,
		Serial:     n.serial,
		ContractID: u.Ref.ContractID,
		Params: api.TokenParams{
			Type:      n.kind.String,
			Digits:    int(n.digits.Int64),
			Period:    time.Duration(n.period.Int64) * time.Second,
			Algorithm: n.algorithm.String,
		},
		SealedSecret: n.secret,
		NextStep:     n.next.Int64,
		Drift:        n.drift.Int64,
		Attempts:     int(n.attempts.Int64),
		ResyncNeeded: n.resync.Int64 != 0,
		Confirmed:    n.confirmed,
		LastUsed:     n.lastUsed,
		Expires:      n.expires,
		Created:      n.created,
	}
}

// nullableCertificate is the current certificate's side of an outer join.
type nullableCertificate struct {
	state               sql.NullString
	notBefore, notAfter time.Time
}

func (n nullableCertificate) value(u *User) *Certificate {
	if !n.state.Valid {
		return nil
	}
	return &Certificate{
		Serial:    u.Slot.Current,
		UserID:    u.ID,
		State:     api.CertificateState(n.state.String),
		NotBefore: n.notBefore,
		NotAfter:  n.notAfter,
	}
}

// stamp is how a time is stored: Unix seconds, NULL for the zero time.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// instant scans what stamp stored.
type instant struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*i.t = time.Time{}
	if n.Valid {
		*i.t = time.Unix(n.Int64, 0).UTC()
	}
	return nil
}

// text stores the empty string as NULL.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// maybe scans a nullable string; NULL is the empty string.
type maybe struct{ s *string }

// Scan implements sql.Scanner.
func (m maybe) Scan(v any) error {
	var n sql.NullString
	if err := n.Scan(v); err != nil {
		return err
	}
	*m.s = n.String
	return nil
}
