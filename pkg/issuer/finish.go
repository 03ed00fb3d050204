package issuer

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// Reasons of the revocations that the issuer itself makes, as the records spell
// them.
const (
	reasonSuperseded = string(api.ReasonSuperseded)
	reasonCeased     = string(api.ReasonCessation)
)

// backdate is how far before the acquisition a certificate begins, for relying
// parties whose clocks are behind.
const backdate = 5 * time.Minute

// PickUp implements api.Service.
func (i *Issuer) PickUp(ctx context.Context, csr []byte) (api.Certificate, error) {
	req, err := checkCSR(csr, api.KeyTypes()) // a key certified before a policy became stricter is picked up
	if err != nil {
		return api.Certificate{}, err
	}
	var serial string
	err = i.st.View(ctx, func(tx *store.Tx) error {
		_, found, refused, err := i.lookup(ctx, tx, req.SPKIHash, i.now())
		if store.IsNotFound(err) {
			return &api.Error{Code: api.NotFound, Field: "csr"}
		}
		if err == nil && refused != nil {
			return refused
		}
		serial = found
		return err
	})
	if err != nil {
		return api.Certificate{}, translate(err)
	}
	return i.finish(ctx, serial)
}

// lookup finds the certificate of a key: its owner and its serial, or why it
// is not handed out. store.ErrNotFound where the key is new.
func (i *Issuer) lookup(ctx context.Context, tx *store.Tx, spkiHash string, now time.Time) (api.UserRef, string, *api.Error, error) {
	c, err := tx.CertificateByKey(ctx, spkiHash)
	if err != nil {
		return api.UserRef{}, "", nil, err
	}
	h, err := tx.HolderByID(ctx, c.UserID)
	if store.IsNotFound(err) {
		return api.UserRef{}, "", nil, fmt.Errorf("owner of certificate %s: %w", c.Serial, store.ErrCorrupt)
	}
	if err != nil {
		return api.UserRef{}, "", nil, err
	}
	if c.State == api.CertificateRevoked || now.After(GoodUntil(c, i.policyOf(h.User.Ref.ContractID))) || !h.User.Removed.IsZero() {
		return h.User.Ref, "", api.Refuse(api.KeyReused), nil
	}
	if !h.ContractSuspended.IsZero() || !h.User.Suspended.IsZero() {
		return h.User.Ref, "", api.Refuse(api.Suspended), nil
	}
	return h.User.Ref, c.Serial, nil, nil
}

// certified answers for a key that was certified before as PickUp would, but
// for another user's. found is false where the key is new.
func (i *Issuer) certified(ctx context.Context, tx *store.Tx, spkiHash string, whose api.UserRef, now time.Time) (
	serial string, refused *api.Error, found bool, err error) {
	owner, serial, refused, err := i.lookup(ctx, tx, spkiHash, now)
	if store.IsNotFound(err) {
		return "", nil, false, nil
	}
	if err == nil && !owner.Same(whose) {
		serial, refused = "", api.Refuse(api.KeyReused)
	}
	return serial, refused, true, err
}

// finish returns a decided certificate, signing and recording it where nobody
// has. Of several that sign one row, the first to record wins and all return
// its signature.
func (i *Issuer) finish(ctx context.Context, serial string) (api.Certificate, error) {
	p, err := i.read(ctx, serial)
	if err != nil {
		return api.Certificate{}, translate(err)
	}
	if p.certificate.State == api.CertificateSigning {
		if p.certificate.DER, err = i.sign(p); err != nil {
			return api.Certificate{}, translate(err)
		}
		if p.certificate, err = i.record(ctx, p); err != nil {
			return api.Certificate{}, translate(err)
		}
	}
	if p.certificate.State != api.CertificateGood {
		return api.Certificate{}, api.Refuse(api.KeyReused) // revoked since it was decided
	}
	return api.Certificate{
		User:    p.owner,
		Serial:  serial,
		Chain:   [][]byte{p.certificate.DER, p.issuing.Certificate, p.root.Certificate},
		Created: p.certificate.Created,
		State:   p.certificate.State,
		Policy:  i.policyOf(p.owner.ContractID),
	}, nil
}

// product is a certificate's record with all that belongs to it.
type product struct {
	certificate   store.Certificate
	owner         api.UserRef
	issuing, root store.Authority
}

func (i *Issuer) read(ctx context.Context, serial string) (product, error) {
	var p product
	err := i.st.View(ctx, func(tx *store.Tx) (err error) {
		if p.certificate, err = tx.Certificate(ctx, serial); err != nil {
			return err
		}
		h, err := tx.HolderByID(ctx, p.certificate.UserID)
		if err != nil {
			return err
		}
		p.owner = h.User.Ref
		if p.issuing, err = tx.Authority(ctx, p.certificate.IssuerSerial); err != nil {
			return err
		}
		p.root, err = tx.CurrentAuthority(ctx, store.Root)
		return err
	})
	return p, err
}

func (i *Issuer) sign(p product) ([]byte, error) {
	authority, err := i.openAuthority(p.issuing)
	if err != nil {
		return nil, err
	}
	c := p.certificate
	return authority.Sign(ca.Leaf{
		Serial:     c.Serial,
		ContractID: c.SubjectO,
		UserID:     c.SubjectUID,
		CommonName: c.SubjectCN,
		NotBefore:  c.NotBefore,
		NotAfter:   c.NotAfter,
		SPKI:       c.SPKI,
	})
}

// record completes a row in signing with the signature in p, puts it into its
// slot and audits it. A row that somebody else completed or revoked stays as it
// is. It returns the row as it then stands.
func (i *Issuer) record(ctx context.Context, p product) (store.Certificate, error) {
	now := i.now()
	var c store.Certificate
	err := i.st.Do(ctx, func(tx *store.Tx) error {
		c = p.certificate
		if err := tx.LockUser(ctx, p.owner); err != nil {
			return err
		}
		won, err := tx.RecordSigned(ctx, c.Serial, c.DER)
		if err != nil {
			return err
		}
		if !won {
			c, err = tx.Certificate(ctx, c.Serial)
			return err
		}
		c.State = api.CertificateGood
		if err := tx.SetActive(ctx, c.UserID, c.Serial, now); err != nil {
			return err
		}
		e := userEvent(holderActor, "certificate", p.owner)
		e.serial = c.Serial
		return i.audit(ctx, tx, e, now)
	})
	return c, err
}

// fix writes down every field of a certificate that is to be signed, and
// returns its serial. What the user may have left in signing, with another key,
// is revoked: its signature may exist.
func (i *Issuer) fix(ctx context.Context, tx *store.Tx, user store.User, issuing store.Authority, csr ca.Request, now time.Time) (string, error) {
	if err := tx.RevokeSigning(ctx, user.ID, reasonSuperseded, now); err != nil {
		return "", err
	}
	serial := ca.NewSerial()
	notBefore, notAfter := validity(i.policyOf(user.Ref.ContractID), now)
	return serial, tx.InsertSigning(ctx, store.Certificate{
		Serial:       serial,
		UserID:       user.ID,
		IssuerSerial: issuing.Serial,
		SPKI:         csr.SPKI,
		SPKIHash:     csr.SPKIHash,
		SubjectO:     user.Ref.ContractID,
		SubjectUID:   user.Ref.UserID,
		SubjectCN:    user.Name,
		NotBefore:    notBefore,
		NotAfter:     notAfter,
		Created:      now,
	})
}

// validity returns the first and last moment of a certificate acquired now.
func validity(policy api.Policy, now time.Time) (notBefore, notAfter time.Time) {
	return now.Add(-backdate), now.Add(policy.Validity - time.Second)
}

// ending reads the issuing CA and refuses where it would not live to see the
// end of a certificate acquired now.
func (i *Issuer) ending(ctx context.Context, tx *store.Tx, policy api.Policy, now time.Time) (store.Authority, *api.Error, error) {
	issuing, err := tx.CurrentAuthority(ctx, store.Issuing)
	if err != nil {
		return issuing, nil, err
	}
	cert, err := x509.ParseCertificate(issuing.Certificate)
	if err != nil {
		return issuing, nil, fmt.Errorf("read issuing certificate: %w (%w)", store.ErrCorrupt, err)
	}
	if _, notAfter := validity(policy, now); notAfter.After(cert.NotAfter) {
		return issuing, &api.Error{Code: api.CAEnding, Time: cert.NotAfter}, nil
	}
	return issuing, nil, nil
}
