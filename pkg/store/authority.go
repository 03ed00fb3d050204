package store

import (
	"context"
	"time"
)

// Deployment is the one record that says which deployment a database holds.
type Deployment struct {
	ID string // 32 lower-case hex digits
	// SealCheck is a constant, sealed: it opens under the right sealing key.
	SealCheck []byte
	Created   time.Time
	Restored  time.Time // from a backup; zero: never
}

// AuthorityKind tells the two certificate authorities apart.
type AuthorityKind string

// The kinds of authority.
const (
	Root    AuthorityKind = "root"
	Issuing AuthorityKind = "issuing"
)

// Authority is a certificate authority with its sealed key.
type Authority struct {
	Serial      string // of its certificate, lower-case hex
	Kind        AuthorityKind
	Certificate []byte // DER
	SealedKey   []byte // PKCS#8, sealed; nil where it is kept elsewhere
	CRL         []byte // DER; nil where it is made on request
	Created     time.Time
}

// InsertDeployment makes the deployment's record; ErrExists where there is one.
func (t *Tx) InsertDeployment(ctx context.Context, d Deployment) error {
	_, err := t.exec(ctx, "insert deployment",
		`INSERT INTO deployment (one, id, seal_check, created_at) VALUES (1, $1, $2, $3)`,
		d.ID, d.SealCheck, stamp(d.Created))
	return err
}

// LockDeployment makes every other transaction that locks it wait until this one
// ends.
func (t *Tx) LockDeployment(ctx context.Context) error {
	_, err := t.exec(ctx, "lock deployment", `UPDATE deployment SET one = one`)
	return err
}

// Deployment returns the deployment's record; ErrNotFound before ca init.
func (t *Tx) Deployment(ctx context.Context) (Deployment, error) {
	var d Deployment
	err := t.row(ctx, "read deployment", `SELECT id, seal_check, created_at, restored_at FROM deployment`, nil,
		&d.ID, &d.SealCheck, instant{&d.Created}, instant{&d.Restored})
	return d, err
}

// InsertAuthority records a certificate authority.
func (t *Tx) InsertAuthority(ctx context.Context, a Authority) error {
	_, err := t.exec(ctx, "insert authority",
		`INSERT INTO authorities (serial, kind, certificate, sealed_key, crl, created_at)
		 VALUES ($1, $2, $3, $4, $5, $6)`,
		a.Serial, string(a.Kind), a.Certificate, a.SealedKey, a.CRL, stamp(a.Created))
	return err
}

const authorityColumns = `serial, kind, certificate, sealed_key, crl, created_at`

func scanAuthority(a *Authority) []any {
	return []any{&a.Serial, (*string)(&a.Kind), &a.Certificate, &a.SealedKey, &a.CRL, instant{&a.Created}}
}

// CurrentAuthority returns the newest authority of a kind.
func (t *Tx) CurrentAuthority(ctx context.Context, kind AuthorityKind) (Authority, error) {
	var a Authority
	err := t.row(ctx, "read authority",
		`SELECT `+authorityColumns+` FROM authorities WHERE kind = $1 ORDER BY created_at DESC, serial LIMIT 1`,
		[]any{string(kind)}, scanAuthority(&a)...)
	return a, err
}

// Authorities returns all authorities of a kind, the newest first.
func (t *Tx) Authorities(ctx context.Context, kind AuthorityKind) ([]Authority, error) {
	var all []Authority
	err := t.rows(ctx, "read authorities",
		`SELECT `+authorityColumns+` FROM authorities WHERE kind = $1 ORDER BY created_at DESC, serial`,
		[]any{string(kind)}, func(s scanner) error {
			var a Authority
			err := s.Scan(scanAuthority(&a)...)
			all = append(all, a)
			return err
		})
	return all, err
}

// Authority returns the authority whose certificate has that serial number.
func (t *Tx) Authority(ctx context.Context, serial string) (Authority, error) {
	var a Authority
	err := t.row(ctx, "read authority",
		`SELECT `+authorityColumns+` FROM authorities WHERE serial = $1`,
		[]any{serial}, scanAuthority(&a)...)
	return a, err
}
