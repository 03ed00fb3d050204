package store

import (
	"context"
	"time"
)

// NextCRL gives the next revocation list of an authority its number, 1 for the
// first, and returns when the one before was made: zero where there was none.
// Whoever else wants one waits until this transaction ends, so that a list with
// a higher number is never the older one.
func (t *Tx) NextCRL(ctx context.Context, serial string, now time.Time) (number int64, before time.Time, err error) {
	err = t.row(ctx, "number revocation list",
		`UPDATE authorities SET crl_number = crl_number + 1 WHERE serial = $1 RETURNING crl_number, crl_at`,
		[]any{serial}, &number, instant{&before})
	if err != nil {
		return 0, before, err
	}
	_, err = t.exec(ctx, "date revocation list", `UPDATE authorities SET crl_at = $2 WHERE serial = $1`, serial, stamp(now))
	return number, before, err
}

// Revocation is what a revocation list says of a certificate.
type Revocation struct {
	Serial     string
	ContractID string
	Revoked    time.Time // zero: not by anybody
	Superseded time.Time // when its successor was recorded; zero: it has none
	Reason     string
}

// Revocations calls found for every certificate of an authority that did not
// end before since, and was revoked or had its successor by superseded, in the
// order of the serial numbers.
func (t *Tx) Revocations(ctx context.Context, issuerSerial string, since, superseded time.Time, found func(Revocation) error) error {
	return t.rows(ctx, "read revocations",
		`SELECT serial, subject_o, revoked_at, superseded_at, reason FROM certificates
		 WHERE issuer_serial = $1 AND not_after >= $2 AND (state = 'revoked' OR state = 'good' AND superseded_at <= $3)
		 ORDER BY serial`,
		[]any{issuerSerial, since.Unix(), superseded.Unix()}, func(s scanner) error {
			var r Revocation
			if err := s.Scan(&r.Serial, &r.ContractID, instant{&r.Revoked}, instant{&r.Superseded}, maybe{&r.Reason}); err != nil {
				return err
			}
			return found(r)
		})
}

// CertificatePage says which certificates are wanted, and from where on.
type CertificatePage struct {
	ContractID string    // empty: of all
	State      string    // empty: any; "good", "revoked", "signing", or "expired", which good ones are not
	Now        time.Time // for "expired"
	After      string    // a serial number; empty: from the first
	Limit      int
}

// Certificates returns a page of certificates in the order of their serial
// numbers, without their DER.
func (t *Tx) Certificates(ctx context.Context, p CertificatePage) ([]Certificate, error) {
	var all []Certificate
	err := t.rows(ctx, "read certificates",
		`SELECT serial, user_id, issuer_serial, state, subject_o, subject_uid, subject_cn,
		     not_before, not_after, created_at, superseded_at, revoked_at, reason
		 FROM certificates
		 WHERE serial > $1 AND ($2 = '' OR subject_o = $2)
		     AND ($3 = '' OR $3 = 'expired' AND not_after < $4 OR state = $3 AND ($3 <> 'good' OR not_after >= $4))
		 ORDER BY serial LIMIT $5`,
		[]any{p.After, p.ContractID, p.State, p.Now.Unix(), p.Limit}, func(s scanner) error {
			var c Certificate
			err := s.Scan(&c.Serial, &c.UserID, &c.IssuerSerial, (*string)(&c.State), &c.SubjectO, &c.SubjectUID, &c.SubjectCN,
				instant{&c.NotBefore}, instant{&c.NotAfter}, instant{&c.Created}, instant{&c.Superseded}, instant{&c.Revoked}, maybe{&c.Reason})
			all = append(all, c)
			return err
		})
	return all, err
}
