package issuer

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// nonceLife is how long the nonce of an Info may be used.
const nonceLife = 5 * time.Minute

const nonceAAD = "nonce"

// nonce is what the nonce of a signed request says. The backend remembers only
// those that were spent.
type nonce struct {
	Made int64  `json:"made"` // Unix seconds
	ID   string `json:"id"`
}

func (i *Issuer) sealNonce(n nonce) (string, error) {
	plain, err := json.Marshal(n)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(i.nonces.Seal(plain, nonceAAD)), nil
}

func (i *Issuer) openNonce(text string) (n nonce, err error) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return n, err
	}
	plain, err := i.nonces.Open(sealed, nonceAAD)
	if err != nil {
		return n, err
	}
	return n, json.Unmarshal(plain, &n)
}

// signed is a signed request on its way through the deciding transaction. What
// comes of it is refused or, in what embeds it, an answer: never an error, which
// would roll back the spent nonce.
type signed struct {
	*Issuer
	now   time.Time
	from  api.Opened
	nonce nonce

	signer  store.Certificate // as recorded
	holder  store.Holder      // whose it is
	refused *api.Error
}

// open checks what can be checked of a signed request without the records.
func (i *Issuer) open(req api.Signed, operation api.Operation, into any) (signed, error) {
	s := signed{Issuer: i, now: i.now()}
	var err error
	if s.from, err = req.Open(i.deployment, operation, into); err != nil {
		return s, err
	}
	if s.nonce, err = i.openNonce(s.from.Nonce); err != nil {
		return s, api.Fail(api.BadRequest, fmt.Errorf("nonce: %w", err))
	}
	return s, nil
}

// serial is that of the certificate that signed.
func (s *signed) serial() string { return ca.FormatSerial(s.from.Certificate.SerialNumber) }

// identify finds the certificate that signed, and whose it is. It is ours where
// it is the recorded one to the last byte.
func (s *signed) identify(ctx context.Context, tx *store.Tx) error {
	if err := tx.LockOwner(ctx, s.serial()); err != nil {
		return err
	}
	c, err := tx.Certificate(ctx, s.serial())
	if store.IsNotFound(err) || err == nil && !bytes.Equal(c.DER, s.from.Certificate.Raw) {
		s.refused = api.Refuse(api.Foreign)
		return nil
	}
	if err != nil {
		return err
	}
	s.signer = c
	s.holder, err = tx.HolderByID(ctx, c.UserID)
	if store.IsNotFound(err) {
		return fmt.Errorf("owner of certificate %s: %w", c.Serial, store.ErrCorrupt)
	}
	return err
}

// spend spends the nonce, once for all replicas.
func (s *signed) spend(ctx context.Context, tx *store.Tx) error {
	made := time.Unix(s.nonce.Made, 0).UTC()
	if s.now.After(made.Add(nonceLife)) || s.void(made) {
		s.refused = api.Refuse(api.NonceSpent)
		return nil
	}
	// What is older is refused for its age, also by a replica whose clock is behind.
	if err := tx.PurgeNonces(ctx, s.now.Add(-2*nonceLife)); err != nil {
		return err
	}
	won, err := tx.SpendNonce(ctx, s.nonce.ID, made)
	if err == nil && !won {
		s.refused = api.Refuse(api.NonceSpent)
	}
	return err
}

// through runs steps until one refuses.
func (s *signed) through(ctx context.Context, tx *store.Tx, steps ...func(context.Context, *store.Tx) error) error {
	for _, step := range steps {
		if s.refused != nil {
			return nil
		}
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// conclude audits what came of the request. serial is that of the certificate
// that came of it, or is revoked by it; a refusal names the one that signed.
func (s *signed) conclude(ctx context.Context, tx *store.Tx, action, serial string) error {
	e := userEvent(holderActor, action, s.holder.User.Ref) // a stranger's is in the operator's chain
	e.serial = serial
	if s.refused != nil {
		e.outcome, e.serial = string(s.refused.Code), s.serial()
	}
	return s.audit(ctx, tx, e, s.now)
}
