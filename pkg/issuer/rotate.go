package issuer

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// Rotate implements api.Authorities.
func (i *Issuer) Rotate(ctx context.Context, by api.Actor, key api.RootKey) error {
	now := i.now()
	var row store.Authority
	err := i.look(ctx, by, deployment, func(tx *store.Tx) (err error) {
		row, err = tx.CurrentAuthority(ctx, store.Root)
		return err
	})
	if err != nil {
		return translate(err)
	}
	root, err := i.openRoot(row, key) // a password is stretched for a while
	if err != nil {
		return translate(err)
	}
	return translate(i.act(ctx, by, deployment, func(tx *store.Tx) error {
		// Of two at once, the second sees what the first has made.
		if err := tx.LockDeployment(ctx); err != nil {
			return err
		}
		others, err := tx.Authorities(ctx, store.Issuing)
		if err != nil {
			return err
		}
		issuing, err := i.newIssuing(root, others, now)
		if err != nil {
			return err
		}
		if err := tx.InsertAuthority(ctx, issuing); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "ca rotate", outcome: outcomeOK, serial: issuing.Serial}, now)
	}))
}

// openRoot returns the root with its key: the one that is given, or that of the
// records.
func (i *Issuer) openRoot(row store.Authority, key api.RootKey) (*ca.Authority, error) {
	if len(key.PEM) == 0 {
		return i.openAuthority(row)
	}
	pkcs8, err := ca.DecryptKey(key.PEM, string(key.Password))
	if errors.Is(err, ca.ErrKeyPassword) {
		return nil, &api.Error{Code: api.PasswordWrong, Field: "root", Err: err}
	}
	if err != nil {
		return nil, &api.Error{Code: api.Usage, Field: "root", Err: err}
	}
	root, err := ca.ParseAuthority(row.Certificate, pkcs8)
	if errors.Is(err, ca.ErrForeignKey) {
		return nil, api.Fail(api.RootForeign, err)
	}
	return root, err
}

// newIssuing makes an issuing CA beside others, the newest of which is the current
// one.
func (i *Issuer) newIssuing(root *ca.Authority, others []store.Authority, now time.Time) (store.Authority, error) {
	certs := make([]*x509.Certificate, len(others))
	for n, a := range others {
		var err error
		if certs[n], err = x509.ParseCertificate(a.Certificate); err != nil {
			return store.Authority{}, fmt.Errorf("read issuing certificate: %w (%w)", store.ErrCorrupt, err)
		}
	}
	name := strings.TrimSuffix(root.Certificate.Subject.CommonName, " Root CA")
	made, err := root.NewIssuing(name, now, certs...)
	if errors.Is(err, ca.ErrOutlives) {
		return store.Authority{}, &api.Error{Code: api.CAEnding, Time: root.Certificate.NotAfter}
	}
	if err != nil {
		return store.Authority{}, fmt.Errorf("make issuing CA: %w", err)
	}
	issuing, err := i.sealAuthority(store.Issuing, made, now)
	if len(others) > 0 && !now.After(others[0].Created) {
		issuing.Created = others[0].Created.Add(time.Second)
	}
	return issuing, err
}
