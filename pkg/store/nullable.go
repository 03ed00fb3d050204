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
	secret                                []byte
	confirmed, created                    time.Time
}

func (n nullableToken) value(u *User) *Token {
	if !n.kind.Valid {
		return nil
	}
	return &Token{
		ID:         u.TokenID,
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
		Confirmed:    n.confirmed,
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
