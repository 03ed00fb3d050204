package enroll

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/wallet"
)

// Config says whom a Client talks to and where it keeps what it gets.
type Config struct {
	Service api.Service
	Wallet  *wallet.Wallet
	// IDs is what identifiers look like in this deployment.
	IDs api.IDs
	// Now is the clock; nil means time.Now. It decides which certificate of the
	// wallet is over, and nothing about the backend's.
	Now func() time.Time
}

// Client acquires certificates from one backend into one wallet.
type Client struct {
	service api.Service
	wallet  *wallet.Wallet
	ids     api.IDs
	now     func() time.Time
	backend string // deployment ID
	root    *x509.Certificate
}

// New asks the backend who it is and returns a Client for it. The backend's
// own root is the one it is held to: embedded, the database is the pin.
func New(ctx context.Context, cfg Config) (*Client, error) {
	info, err := cfg.Service.Info(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("ask the backend who it is: %w", err)
	}
	root, err := x509.ParseCertificate(info.Root)
	if err != nil {
		return nil, fmt.Errorf("read the backend's root: %w", api.Fail(api.ChainUntrusted, err))
	}
	now := cfg.Now
	if now == nil {
		now = time.Now
	}
	return &Client{
		service: cfg.Service,
		wallet:  cfg.Wallet,
		ids:     cfg.IDs,
		now:     now,
		backend: info.DeploymentID,
		root:    root,
	}, nil
}

func (c *Client) owner(ref api.UserRef) wallet.Owner {
	return wallet.Owner{Backend: c.backend, ContractID: ref.ContractID, UserID: ref.UserID}
}

// Unexpired returns the wallet's certificate of this backend and user that is
// not over, the one with the latest end where there are several; an error with
// code NotFound where there is none. It opens no Box and asks no backend.
func (c *Client) Unexpired(ctx context.Context, ref api.UserRef) (wallet.Entry, error) {
	ref, err := c.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return wallet.Entry{}, err
	}
	entries, err := c.wallet.Entries(ctx)
	if err != nil {
		return wallet.Entry{}, err
	}
	var found wallet.Entry
	for _, e := range entries {
		usable := e.Damaged == nil && e.Wallet == c.wallet.Kind() && !c.now().After(e.NotAfter)
		if !usable || !e.Owner.Same(c.owner(ref)) {
			continue
		}
		if found.Name == "" || e.NotAfter.After(found.NotAfter) {
			found = e
		}
	}
	if found.Name == "" {
		return wallet.Entry{}, &api.Error{Code: api.NotFound, Field: "certificate"}
	}
	return found, nil
}

// PickUp finishes an acquisition that was cut short after its code was
// accepted: the pending key of the user, if there is one, is shown to the
// backend, and the certificate that the backend has for it is kept. name, where
// it is not empty, is the entry's instead of the one chosen before.
//
// NotFound where there is nothing to pick up; a pending key stays for Begin
// then. A key that may not be certified any more is dropped, which is NotFound
// too.
func (c *Client) PickUp(ctx context.Context, ref api.UserRef, name string) (wallet.Entry, error) {
	ref, err := c.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return wallet.Entry{}, err
	}
	pending, err := c.wallet.Pending(ctx, c.owner(ref))
	if errors.Is(err, wallet.ErrNotFound) {
		return wallet.Entry{}, &api.Error{Code: api.NotFound, Field: "pending_key"}
	}
	if err != nil {
		return wallet.Entry{}, err
	}
	if name != "" {
		pending.Name = name
	}
	cert, err := c.service.PickUp(ctx, pending.CSR)
	if api.CodeOf(err) == api.KeyReused {
		if err := c.wallet.RemovePending(ctx, c.owner(ref)); err != nil {
			return wallet.Entry{}, err
		}
		return wallet.Entry{}, &api.Error{Code: api.NotFound, Field: "pending_key", Err: err}
	}
	if err != nil {
		return wallet.Entry{}, err
	}
	return c.keep(ctx, ref, pending, cert)
}

// Discard drops the user's pending key. It is to be called after PickUp said
// NotFound, or that the key is damaged: any other key may have a certificate.
func (c *Client) Discard(ctx context.Context, ref api.UserRef) error {
	ref, err := c.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return err
	}
	return c.wallet.RemovePending(ctx, c.owner(ref))
}

// keep checks a certificate, puts it into the wallet and drops the pending
// key, in this order.
func (c *Client) keep(ctx context.Context, ref api.UserRef, p wallet.Pending, cert api.Certificate) (wallet.Entry, error) {
	key, err := signer(p)
	if err != nil {
		return wallet.Entry{}, err
	}
	chain, err := verify(cert, c.root, key.Public(), ref)
	if err != nil {
		return wallet.Entry{}, err
	}
	entry := wallet.Entry{
		Name:       p.Name,
		Owner:      c.owner(cert.User),
		State:      string(cert.State),
		AcquiredAt: cert.Created,
		Policy: wallet.Policy{
			RenewFrom:       wallet.Seconds(cert.Policy.RenewFrom),
			ReacquireWithin: wallet.Seconds(cert.Policy.ReacquireWithin),
			Overlap:         wallet.Seconds(cert.Policy.Overlap),
		},
	}
	if p.Renews == "" {
		entry, err = c.wallet.Put(ctx, entry, key, chain)
	} else {
		entry, err = c.wallet.Succeed(ctx, entry, key, chain, p.Renews)
	}
	if err != nil {
		return wallet.Entry{}, err
	}
	return entry, c.wallet.RemovePending(ctx, c.owner(ref))
}
