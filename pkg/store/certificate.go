package store

import (
	"context"
	"time"

	"certctl/pkg/api"
)

// Certificate is a certificate's record. It is written whole, but for the
// signature, before anything is signed: a certificate that exists has a row.
type Certificate struct {
	Serial       string
	UserID       string // internal
	IssuerSerial string
	State        api.CertificateState
	SPKI         []byte // DER SubjectPublicKeyInfo
	SPKIHash     string // SHA-256 of SPKI, lower-case hex; one row has it, ever
	SubjectO     string
	SubjectUID   string
	SubjectCN    string
	NotBefore    time.Time
	NotAfter     time.Time
	Created      time.Time
	DER          []byte    // nil while signing
	Superseded   time.Time // when a renewal was recorded that took its place; zero: never
	Revoked      time.Time
	Reason       string // RFC 5280 5.3.1, as in JSON: key_compromise
}

// InsertSigning records a certificate that is about to be signed. ErrExists
// where its key or serial is known.
func (t *Tx) InsertSigning(ctx context.Context, c Certificate) error {
	_, err := t.exec(ctx, "insert certificate",
		`INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256,
		     subject_o, subject_uid, subject_cn, not_before, not_after, created_at)
		 VALUES ($1, $2, $3, 'signing', $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.Serial, c.UserID, c.IssuerSerial, c.SPKI, c.SPKIHash,
		c.SubjectO, c.SubjectUID, c.SubjectCN, stamp(c.NotBefore), stamp(c.NotAfter), stamp(c.Created))
	return err
}

const certificateSelect = `SELECT serial, user_id, issuer_serial, state, spki, spki_sha256,
	subject_o, subject_uid, subject_cn, not_before, not_after, created_at, der, superseded_at, revoked_at, reason
	FROM certificates`

func (t *Tx) certificate(ctx context.Context, where, arg string) (Certificate, error) {
	var c Certificate
	err := t.row(ctx, "read certificate", certificateSelect+" "+where, []any{arg},
		&c.Serial, &c.UserID, &c.IssuerSerial, (*string)(&c.State), &c.SPKI, &c.SPKIHash,
		&c.SubjectO, &c.SubjectUID, &c.SubjectCN, instant{&c.NotBefore}, instant{&c.NotAfter},
		instant{&c.Created}, &c.DER, instant{&c.Superseded}, instant{&c.Revoked}, maybe{&c.Reason})
	return c, err
}

// Certificate returns a certificate by serial number; ErrNotFound.
func (t *Tx) Certificate(ctx context.Context, serial string) (Certificate, error) {
	return t.certificate(ctx, `WHERE serial = $1`, serial)
}

// CertificateByKey returns the certificate of a key by the SHA-256 of its
// SubjectPublicKeyInfo, lower-case hex; ErrNotFound.
func (t *Tx) CertificateByKey(ctx context.Context, spkiHash string) (Certificate, error) {
	return t.certificate(ctx, `WHERE spki_sha256 = $1`, spkiHash)
}

// RecordSigned completes a row in signing, and tells whether this call did it:
// of two that signed the same row, one is told true, and none where the row
// was revoked meanwhile.
func (t *Tx) RecordSigned(ctx context.Context, serial string, der []byte) (bool, error) {
	n, err := t.exec(ctx, "record certificate",
		`UPDATE certificates SET state = 'good', der = $2 WHERE serial = $1 AND state = 'signing'`, serial, der)
	return n == 1, err
}

// RevokeSigning revokes what a user has in signing. It may have been signed
// by someone who did not live to record it.
func (t *Tx) RevokeSigning(ctx context.Context, userID, reason string, now time.Time) error {
	_, err := t.exec(ctx, "revoke unrecorded certificates",
		`UPDATE certificates SET state = 'revoked', revoked_at = $2, reason = $3
		 WHERE user_id = $1 AND state = 'signing'`, userID, stamp(now), reason)
	return err
}

// RevokeUnexpired revokes every certificate of a user that is not over, in
// signing or good.
func (t *Tx) RevokeUnexpired(ctx context.Context, userID, reason string, now time.Time) error {
	_, err := t.exec(ctx, "revoke certificates",
		`UPDATE certificates SET state = 'revoked', revoked_at = $2, reason = $3
		 WHERE user_id = $1 AND state IN ('signing', 'good') AND not_after >= $2`, userID, stamp(now), reason)
	return err
}

// SetCompromised says of every revoked certificate of a user that is not over that
// its key is compromised. Which of them was in which slot when is in no record.
func (t *Tx) SetCompromised(ctx context.Context, userID string, now time.Time) error {
	_, err := t.exec(ctx, "set reason",
		`UPDATE certificates SET reason = 'key_compromise'
		 WHERE user_id = $1 AND state = 'revoked' AND not_after >= $2`, userID, stamp(now))
	return err
}

// RevokeCertificate revokes one certificate that is good, whether it is over
// or not.
func (t *Tx) RevokeCertificate(ctx context.Context, serial, reason string, now time.Time) error {
	_, err := t.exec(ctx, "revoke certificate",
		`UPDATE certificates SET state = 'revoked', revoked_at = $2, reason = $3
		 WHERE serial = $1 AND state = 'good'`, serial, stamp(now), reason)
	return err
}

// SpendNonce spends the nonce of a signed request, made at a time, and tells
// whether this call did it.
func (t *Tx) SpendNonce(ctx context.Context, nonce string, made time.Time) (bool, error) {
	n, err := t.exec(ctx, "spend nonce",
		`INSERT INTO nonces (nonce, created_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING`, nonce, stamp(made))
	return n == 1, err
}

// PurgeNonces forgets nonces that were made before a time.
func (t *Tx) PurgeNonces(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "purge nonces", `DELETE FROM nonces WHERE created_at < $1`, stamp(before))
	return err
}
