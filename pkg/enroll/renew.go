package enroll

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/wallet"
)

// Renew gives an entry another certificate, for a new key, at the request of
// the key that it has. The certificate that is renewed stays in the wallet as the
// entry's old one. early asks for it before its time.
//
// Whatever an earlier run left is picked up first. The order loses nothing: the
// new key lies in the wallet before the backend hears of it, and the old pair
// stays where it is until the new one is whole. Two runs at once go on with one
// key and end alike. Besides the refusals of api.Service.Renew: ErrForeign, and
// whatever makes the wallet unusable.
func (c *Client) Renew(ctx context.Context, name string, early bool) (wallet.Entry, error) {
	e, err := c.own(ctx, name)
	if err != nil {
		return wallet.Entry{}, err
	}
	picked, err := c.PickUp(ctx, ref(e), "")
	if err != nil && api.CodeOf(err) != api.NotFound {
		return wallet.Entry{}, err
	}
	if err == nil && picked.Name == e.Name && picked.Serial != e.Serial {
		return picked, nil
	}
	bundle, err := c.wallet.Bundle(ctx, name)
	if err != nil {
		return wallet.Entry{}, err
	}
	if bundle.Chain[0].SerialNumber.Text(16) != e.Serial {
		return c.wallet.Entry(ctx, name) // another run has renewed it since
	}
	key, err := c.renewalKey(ctx, e)
	if err != nil {
		return wallet.Entry{}, err
	}
	cert, err := c.askRenewal(ctx, bundle, key, early)
	if api.CodeOf(err) == api.KeyReused { // voided by a renewal that was decided after it
		if key, err = c.newRenewalKey(ctx, e); err != nil {
			return wallet.Entry{}, err
		}
		if err := c.wallet.PutPending(ctx, e.Owner, key); err != nil {
			return wallet.Entry{}, err
		}
		cert, err = c.askRenewal(ctx, bundle, key, early)
	}
	if err != nil {
		return c.notRenewed(ctx, e, err)
	}
	return c.keep(ctx, ref(e), key, cert)
}

// ref is whose an entry is.
func ref(e wallet.Entry) api.UserRef {
	return api.UserRef{ContractID: e.ContractID, UserID: e.UserID}
}

// own returns an entry that came from this backend.
func (c *Client) own(ctx context.Context, name string) (wallet.Entry, error) {
	e, err := c.wallet.Entry(ctx, name)
	if err == nil && e.Imported() {
		return e, fmt.Errorf("entry %s: %w", name, ErrImported)
	}
	if err == nil && e.Backend != c.backend {
		err = fmt.Errorf("entry %s: %w", name, ErrForeign)
	}
	return e, err
}

// renewalKey leaves a key in the wallet that is to renew an entry: the pending
// one, or a new one of the same type.
func (c *Client) renewalKey(ctx context.Context, e wallet.Entry) (wallet.Pending, error) {
	there, err := c.wallet.Pending(ctx, e.Owner)
	if errors.Is(err, wallet.ErrNotFound) {
		if there, err = c.newRenewalKey(ctx, e); err != nil {
			return there, err
		}
		there, err = c.wallet.AddPending(ctx, e.Owner, there)
	}
	if err != nil || there.Name == e.Name && there.Renews == e.Serial {
		return there, err
	}
	there.Name, there.Renews = e.Name, e.Serial
	return there, c.wallet.PutPending(ctx, e.Owner, there)
}

// newRenewalKey makes a key that is to renew an entry: of another type where the
// backend takes the entry's no more.
func (c *Client) newRenewalKey(ctx context.Context, e wallet.Entry) (wallet.Pending, error) {
	info, err := c.service.Info(ctx, e.ContractID)
	if err != nil {
		return wallet.Pending{}, fmt.Errorf("ask the backend for its key types: %w", err)
	}
	t := api.KeyType(e.KeyType)
	if !info.Policy.Takes(t) {
		t = info.Policy.KeyTypes[0]
	}
	key, err := newPending(t, e.Name)
	key.Renews = e.Serial
	return key, err
}

func (c *Client) askRenewal(ctx context.Context, from *wallet.Bundle, key wallet.Pending, early bool) (api.Certificate, error) {
	return send(ctx, c, from, api.OperationRenew, api.RenewRequest{CSR: key.CSR, Early: early}, c.service.Renew)
}

// notRenewed ends a renewal that the backend refused, or whose outcome is not
// known; in that case the pending key stays. Where another run has renewed the
// entry meanwhile, what that got is what this one was asked for.
func (c *Client) notRenewed(ctx context.Context, e wallet.Entry, refused error) (wallet.Entry, error) {
	switch kind := api.CodeOf(refused).Kind(); kind {
	case api.KindDenied, api.KindConflict:
	default:
		return wallet.Entry{}, refused
	}
	if err := c.dropUseless(ctx, ref(e)); err != nil && api.CodeOf(err) != api.KeyReused {
		return wallet.Entry{}, errors.Join(refused, err)
	}
	switch api.CodeOf(refused) {
	case api.AlreadyRenewed:
		if now, err := c.wallet.Entry(ctx, e.Name); err == nil && now.Serial != e.Serial {
			return now, nil
		}
	case api.Revoked:
		e.State, e.CheckedAt = string(api.CertificateRevoked), c.now()
		return wallet.Entry{}, errors.Join(refused, c.wallet.Note(ctx, e))
	}
	return wallet.Entry{}, refused
}

// Revoke has an entry's certificate revoked, at the request of its own key, and
// remembers that in the wallet. One that is revoked already is left as it is.
func (c *Client) Revoke(ctx context.Context, name string, reason api.Reason) (api.Revocation, error) {
	e, err := c.own(ctx, name)
	if err != nil {
		return api.Revocation{}, err
	}
	bundle, err := c.wallet.Bundle(ctx, name)
	if err != nil {
		return api.Revocation{}, err
	}
	asked := api.RevokeRequest{Serial: e.Serial, Reason: reason}
	done, err := send(ctx, c, bundle, api.OperationRevoke, asked, c.service.Revoke)
	if err != nil {
		return done, err
	}
	e.State, e.CheckedAt = string(api.CertificateRevoked), c.now()
	return done, c.wallet.Note(ctx, e)
}

// send signs a request with the key of a bundle and a new nonce, and sends it;
// once more, where it came too late for its nonce.
func send[T any](ctx context.Context, c *Client, from *wallet.Bundle, operation api.Operation, request any,
	call func(context.Context, api.Signed) (T, error)) (T, error) {
	sender := api.Sender{Key: from.Key, Certificate: from.Chain[0]}
	once := func() (answer T, err error) {
		info, err := c.service.Info(ctx, "")
		if err != nil {
			return answer, fmt.Errorf("ask the backend for a nonce: %w", err)
		}
		signed, err := sender.Sign(api.Address{Backend: c.backend, Operation: operation, Nonce: info.Nonce}, request)
		if err != nil {
			return answer, err
		}
		return call(ctx, signed)
	}
	answer, err := once()
	if api.CodeOf(err) == api.NonceSpent {
		return once()
	}
	return answer, err
}

// Sweep drops the old certificate of an entry once nothing needs it: its end or
// that of the overlap has passed, and the successor's key is there and signs. It
// asks no backend, and opens the Box only where there is something to drop. It
// returns what was dropped; wallet.ErrNotFound where nothing was.
func Sweep(ctx context.Context, w *wallet.Wallet, name string, now time.Time) (wallet.Entry, error) {
	if _, err := w.Old(ctx, name); err != nil {
		return wallet.Entry{}, err
	}
	// Until a renewal that was cut off is settled, the entry may be its own old one.
	if err := w.Settle(ctx); err != nil {
		return wallet.Entry{}, err
	}
	old, err := w.Old(ctx, name)
	if err != nil {
		return wallet.Entry{}, err
	}
	e, err := w.Entry(ctx, name)
	if err != nil {
		return wallet.Entry{}, err
	}
	overlap := e.AcquiredAt.Add(time.Duration(e.Policy.Overlap))
	if !now.After(old.NotAfter) && !now.After(overlap) {
		return wallet.Entry{}, fmt.Errorf("the old one of %s is still good: %w", name, wallet.ErrNotFound)
	}
	key, err := proven(ctx, w, name)
	if err != nil {
		return wallet.Entry{}, fmt.Errorf("keep the old one of %s: %w", name, err)
	}
	if err := dropSpent(ctx, w, e.Owner, key); err != nil {
		return wallet.Entry{}, err
	}
	return old, w.DropOld(ctx, name)
}

// proven returns the key of an entry, having seen that it signs and is its
// certificate's.
func proven(ctx context.Context, w *wallet.Wallet, name string) (crypto.PublicKey, error) {
	bundle, err := w.Bundle(ctx, name)
	if err != nil {
		return nil, err
	}
	der, err := request(bundle.Key)
	if err != nil {
		return nil, err
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err == nil {
		err = csr.CheckSignature()
	}
	if err == nil && !publicKeysEqual(csr.PublicKey, bundle.Chain[0].PublicKey) {
		err = wallet.ErrDamaged
	}
	return bundle.Chain[0].PublicKey, err
}

// dropSpent drops a pending key that has its certificate in the wallet already:
// a run was cut off after its last step but one.
func dropSpent(ctx context.Context, w *wallet.Wallet, o wallet.Owner, has crypto.PublicKey) error {
	pending, err := w.Pending(ctx, o)
	if errors.Is(err, wallet.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	key, err := signer(pending)
	if err != nil || !publicKeysEqual(key.Public(), has) {
		return err
	}
	return w.RemovePending(ctx, o)
}
