package enroll

import (
	"context"
	"errors"
	"fmt"

	"certctl/pkg/api"
	"certctl/pkg/wallet"
)

// What Refresh finds, besides api.CertificateGood and api.CertificateRevoked:
// the State of a wallet's entry.
const (
	// StateSuspended: the user, or the contract. The certificate is good again
	// when that is lifted.
	StateSuspended = "suspended"
	// StateReissued: the certificate is revoked, and the user may acquire
	// another.
	StateReissued = "reissued"
)

// ErrForeign says that an entry of the wallet came from another backend than
// the Client's: this one knows nothing of it.
var ErrForeign = errors.New("the certificate is another backend's")

// ErrImported says that an entry of the wallet came from a file: no backend
// knows anything of it.
var ErrImported = errors.New("the certificate was imported")

// Refresh asks the backend what has become of an entry's certificate, and
// remembers the answer in the wallet. The question is a request that the
// entry's key signs, so the Box is opened: nothing is counted, and nothing
// changes at the backend. ErrForeign, ErrImported; NotFound where the backend never
// certified the key.
func (c *Client) Refresh(ctx context.Context, e wallet.Entry) (wallet.Entry, error) {
	if e.Imported() {
		return e, fmt.Errorf("refresh %s: %w", e.Name, ErrImported)
	}
	if e.Backend != c.backend {
		return e, fmt.Errorf("refresh %s: %w", e.Name, ErrForeign)
	}
	bundle, err := c.wallet.Bundle(ctx, e.Name)
	if err != nil {
		return e, err
	}
	csr, err := request(bundle.Key)
	if err != nil {
		return e, err
	}
	state, err := c.stateOf(ctx, e, csr)
	if err != nil {
		return e, err
	}
	e.State, e.CheckedAt = state, c.now()
	return e, c.wallet.Note(ctx, e)
}

// stateOf returns what the backend says of the key that signed csr.
func (c *Client) stateOf(ctx context.Context, e wallet.Entry, csr []byte) (string, error) {
	cert, err := c.service.PickUp(ctx, csr)
	switch api.CodeOf(err) {
	case "":
		return string(cert.State), nil
	case api.Suspended:
		return StateSuspended, nil
	case api.KeyReused:
		if c.now().After(e.NotAfter) {
			return e.State, nil // over: whether it was revoked before is all the same
		}
		return c.revoked(ctx, e)
	}
	return "", err
}

// revoked tells whether the holder of a revoked certificate may acquire
// another. A backend that is not frank does not say.
func (c *Client) revoked(ctx context.Context, e wallet.Entry) (string, error) {
	info, err := c.service.Info(ctx, e.ContractID)
	if err != nil {
		return "", fmt.Errorf("ask the backend for its policy: %w", err)
	}
	if info.Policy.Reveal != api.RevealFrank {
		return string(api.CertificateRevoked), nil
	}
	_, err = c.service.Begin(ctx, api.BeginRequest{ContractID: e.ContractID, UserID: e.UserID})
	if err == nil {
		return StateReissued, nil
	}
	if refused := (*api.Error)(nil); !errors.As(err, &refused) || refused.Code.Kind() != api.KindDenied &&
		refused.Code.Kind() != api.KindNotFound && refused.Code.Kind() != api.KindConflict {
		return "", err
	}
	return string(api.CertificateRevoked), nil
}
