package issuer

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// CRLs implements api.Authorities. Each list is an act of its own.
//
// A list has every certificate that is revoked, and every one whose successor
// has been good for longer than the overlap, until one list after its end.
func (i *Issuer) CRLs(ctx context.Context, by api.Actor, valid time.Duration) ([]api.CRL, error) {
	now := i.now()
	var issuing []store.Authority
	var root store.Authority
	err := i.look(ctx, by, deployment, func(tx *store.Tx) (err error) {
		if issuing, err = tx.Authorities(ctx, store.Issuing); err != nil {
			return err
		}
		root, err = tx.CurrentAuthority(ctx, store.Root)
		return err
	})
	if err != nil {
		return nil, translate(err)
	}
	var all []api.CRL
	for _, a := range issuing {
		cert, err := x509.ParseCertificate(a.Certificate)
		if err != nil {
			return nil, translate(fmt.Errorf("read issuing certificate: %w (%w)", store.ErrCorrupt, err))
		}
		if now.After(cert.NotAfter) {
			continue
		}
		next := now.Add(valid)
		if next.After(cert.NotAfter) {
			next = cert.NotAfter
		}
		crl, err := i.signCRL(ctx, by, a, next)
		if err != nil {
			return nil, translate(err)
		}
		all = append(all, crl)
	}
	crl, err := rootCRL(root)
	return append(all, crl), translate(err)
}

func rootCRL(root store.Authority) (api.CRL, error) {
	list, err := x509.ParseRevocationList(root.CRL)
	if err != nil {
		return api.CRL{}, fmt.Errorf("read the root's revocation list: %w (%w)", store.ErrCorrupt, err)
	}
	return api.CRL{
		Authority: string(store.Root), Issuer: root.Certificate, Number: list.Number.Int64(),
		ThisUpdate: list.ThisUpdate, NextUpdate: list.NextUpdate, DER: root.CRL,
	}, nil
}

// signCRL numbers, reads and signs one list in one transaction: two at once do
// not give a higher number to what was read earlier.
func (i *Issuer) signCRL(ctx context.Context, by api.Actor, a store.Authority, next time.Time) (api.CRL, error) {
	authority, err := i.openAuthority(a)
	if err != nil {
		return api.CRL{}, err
	}
	now := i.now()
	crl := api.CRL{Authority: string(store.Issuing), Issuer: a.Certificate, ThisUpdate: now.Add(-backdate), NextUpdate: next}
	err = i.act(ctx, by, deployment, func(tx *store.Tx) error {
		number, before, err := tx.NextCRL(ctx, a.Serial, now)
		if err != nil {
			return err
		}
		if before.IsZero() {
			before = now
		}
		crl.Number, crl.Entries = number, 0
		entries := i.revoked(ctx, tx, a.Serial, before, now)
		counted := func(yield func(ca.Revoked, error) bool) {
			for r, err := range entries {
				crl.Entries++
				if !yield(r, err) {
					return
				}
			}
		}
		crl.DER, err = authority.SignCRL(ca.CRL{Number: number, ThisUpdate: crl.ThisUpdate, NextUpdate: next}, counted)
		if err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "ca crl", outcome: outcomeOK, serial: a.Serial}, now)
	})
	return crl, err
}

// revoked returns what is on the list of an authority. What ended before the
// list before this one was on that, revoked, and need not be on another.
func (i *Issuer) revoked(ctx context.Context, tx *store.Tx, serial string, before, now time.Time) iter.Seq2[ca.Revoked, error] {
	errEnough := errors.New("no more is wanted")
	return func(yield func(ca.Revoked, error) bool) {
		err := tx.Revocations(ctx, serial, before, now.Add(-i.shortestOverlap()), func(r store.Revocation) error {
			entry := ca.Revoked{Serial: r.Serial, At: r.Revoked, Reason: api.Reason(r.Reason).Number()}
			if r.Revoked.IsZero() {
				entry.At, entry.Reason = r.Superseded.Add(i.policyOf(r.ContractID).Overlap), api.ReasonSuperseded.Number()
				if !now.After(entry.At) { // see GoodUntil; contracts have overlaps of their own
					return nil
				}
			}
			if !yield(entry, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(ca.Revoked{}, err)
		}
	}
}

// shortestOverlap is that of the contract whose renewed certificates end first.
func (i *Issuer) shortestOverlap() time.Duration {
	shortest := i.policyOf(deployment).Overlap
	for _, p := range i.policies {
		shortest = min(shortest, p.Overlap)
	}
	return shortest
}

// openAuthority returns an authority with its key.
func (i *Issuer) openAuthority(a store.Authority) (*ca.Authority, error) {
	if a.SealedKey == nil {
		return nil, api.Refuse(api.RootOffline)
	}
	pkcs8, err := i.rows.Open(a.SealedKey, sealAAD("authority", a.Serial))
	if err != nil {
		return nil, fmt.Errorf("unseal issuing key: %w", err)
	}
	authority, err := ca.ParseAuthority(a.Certificate, pkcs8)
	if err != nil {
		return nil, fmt.Errorf("read issuing key: %w", err)
	}
	return authority, nil
}

// Certificates implements api.Authorities.
func (i *Issuer) Certificates(ctx context.Context, by api.Actor, f api.CertificateFilter) ([]api.CertificateRecord, error) {
	contractID, err := i.contractOrNone(f.ContractID)
	if err != nil {
		return nil, err
	}
	if f.Limit == 0 {
		f.Limit = 100
	}
	page := store.CertificatePage{ContractID: contractID, State: f.State, Now: i.now(), After: f.After, Limit: f.Limit}
	var all []api.CertificateRecord
	err = i.look(ctx, by, deployment, func(tx *store.Tx) error {
		if err := known(ctx, tx, contractID); err != nil {
			return err
		}
		rows, err := tx.Certificates(ctx, page)
		for _, c := range rows {
			all = append(all, certificateRecord(c))
		}
		return err
	})
	return all, translate(err)
}

// Certificate implements api.Authorities.
func (i *Issuer) Certificate(ctx context.Context, by api.Actor, serial string) (api.CertificateRecord, error) {
	canonical := strings.TrimLeft(strings.ToLower(strings.ReplaceAll(serial, ":", "")), "0")
	var c store.Certificate
	err := i.look(ctx, by, deployment, func(tx *store.Tx) (err error) {
		c, err = tx.Certificate(ctx, canonical)
		return err
	})
	if store.IsNotFound(err) {
		return api.CertificateRecord{}, &api.Error{Code: api.NotFound, Field: "certificate_serial", Value: serial}
	}
	record := certificateRecord(c)
	record.DER = c.DER
	return record, translate(err)
}

func certificateRecord(c store.Certificate) api.CertificateRecord {
	return api.CertificateRecord{
		User:       api.UserRef{ContractID: c.SubjectO, UserID: c.SubjectUID},
		Name:       c.SubjectCN,
		Serial:     c.Serial,
		State:      c.State,
		NotBefore:  c.NotBefore,
		NotAfter:   c.NotAfter,
		Created:    c.Created,
		Superseded: c.Superseded,
		Revoked:    c.Revoked,
		Reason:     api.Reason(c.Reason),
	}
}
