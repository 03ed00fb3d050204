package issuer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// Rotate implements api.Authorities.
func (i *Issuer) Rotate(ctx context.Context, by api.Actor) error {
	now := i.now()
	var root, before store.Authority
	err := i.look(ctx, by, deployment, func(tx *store.Tx) (err error) {
		if root, err = tx.CurrentAuthority(ctx, store.Root); err != nil {
			return err
		}
		before, err = tx.CurrentAuthority(ctx, store.Issuing)
		return err
	})
	if err != nil {
		return translate(err)
	}
	issuing, err := i.newIssuing(root, now)
	if err != nil {
		return translate(err)
	}
	if !issuing.Created.After(before.Created) { // the newest is the current one
		issuing.Created = before.Created.Add(time.Second)
	}
	return translate(i.act(ctx, by, deployment, func(tx *store.Tx) error {
		if err := tx.InsertAuthority(ctx, issuing); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "ca rotate", outcome: outcomeOK, serial: issuing.Serial}, now)
	}))
}

func (i *Issuer) newIssuing(root store.Authority, now time.Time) (store.Authority, error) {
	rootCA, err := i.openAuthority(root)
	if err != nil {
		return store.Authority{}, err
	}
	name := strings.TrimSuffix(rootCA.Certificate.Subject.CommonName, " Root CA")
	issuingCA, err := rootCA.NewIssuing(name, now)
	if errors.Is(err, ca.ErrOutlives) {
		return store.Authority{}, &api.Error{Code: api.CAEnding, Time: rootCA.Certificate.NotAfter}
	}
	if err != nil {
		return store.Authority{}, fmt.Errorf("make issuing CA: %w", err)
	}
	return i.sealAuthority(store.Issuing, issuingCA, now)
}
