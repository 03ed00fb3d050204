package wallet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Pending is a key that waits for its certificate.
type Pending struct {
	Name    string `json:"name"`     // of the entry that it will be
	KeyType string `json:"key_type"` // see KeyType
	PKCS8   []byte `json:"pkcs8"`    // the private key, DER (RFC 5958)
	CSR     []byte `json:"csr"`      // PKCS#10, DER (RFC 2986)
	// Renews is the serial of the certificate that the key is to renew; empty
	// where it is for an acquisition.
	Renews string `json:"renews,omitempty"`
}

// String returns REDACTED.
func (Pending) String() string { return redacted }

// GoString returns REDACTED, for %#v.
func (Pending) GoString() string { return redacted }

// pendingItem is what the Box keeps of a Pending.
type pendingItem struct {
	Owner
	Pending
	Padding string `json:"padding"`
}

// PutPending keeps the key until it has a certificate, and has read it back
// when it returns nil. It takes at least the room that the bundle will take,
// so that a wallet that is full, or refuses, is found before a code is spent;
// for the same reason ErrNameTaken is returned here already. It replaces the
// owner's pending key, if there is one.
func (w *Wallet) PutPending(ctx context.Context, o Owner, p Pending) error {
	return w.change(ctx, func() error { return w.putPending(ctx, o, p) })
}

// AddPending is PutPending where the owner has no pending key. One that is
// there stays and is returned instead of p: of two processes that begin at
// once both go on with the key of the first, since either may get the
// certificate and neither may lose its key.
func (w *Wallet) AddPending(ctx context.Context, o Owner, p Pending) (Pending, error) {
	err := w.change(ctx, func() error {
		there, err := w.readPending(ctx, o)
		if err == nil {
			p = there
			return nil
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		return w.putPending(ctx, o, p)
	})
	return p, err
}

func (w *Wallet) putPending(ctx context.Context, o Owner, p Pending) error {
	data, err := p.encode(o)
	if err != nil {
		return fmt.Errorf("encode pending key: %w", err)
	}
	if err := w.available(p.Name, o); err != nil {
		return err
	}
	if err := w.box.Put(ctx, o.pendingKey(), Secret{Data: data}); err != nil {
		return fmt.Errorf("keep pending key: %w", err)
	}
	return nil
}

// Pending returns the owner's pending key: ErrNotFound, ErrPendingDamaged. Before
// it looks, it finishes a change that was interrupted: so whoever begins by looking
// for a pending key finds an orderly wallet.
func (w *Wallet) Pending(ctx context.Context, o Owner) (Pending, error) {
	if err := w.settled(ctx); err != nil {
		return Pending{}, err
	}
	return w.readPending(ctx, o)
}

func (w *Wallet) readPending(ctx context.Context, o Owner) (Pending, error) {
	s, err := w.box.Get(ctx, o.pendingKey())
	if errors.Is(err, ErrDamaged) {
		return Pending{}, fmt.Errorf("%w: %w", ErrPendingDamaged, err)
	}
	if err != nil {
		return Pending{}, fmt.Errorf("read pending key: %w", err)
	}
	var item pendingItem
	if err := json.Unmarshal(s.Data, &item); err != nil {
		return Pending{}, fmt.Errorf("%w: not what was written", ErrPendingDamaged)
	}
	if !item.Owner.Same(o) {
		return Pending{}, fmt.Errorf("%w: it is another owner's", ErrPendingDamaged)
	}
	return item.Pending, nil
}

// RemovePending removes the owner's pending key. An absent one is no error.
// One that a power cut brings back is picked up like any other.
func (w *Wallet) RemovePending(ctx context.Context, o Owner) error {
	return w.change(ctx, func() error {
		if err := w.box.Delete(ctx, o.pendingKey()); err != nil {
			return fmt.Errorf("remove pending key: %w", err)
		}
		return nil
	})
}

// encode pads to the largest bundle that the key can end up in.
func (p Pending) encode(o Owner) ([]byte, error) {
	item := pendingItem{Owner: o, Pending: p}
	data, err := json.Marshal(item)
	if err != nil {
		return nil, err
	}
	missing := largestBundle(len(p.PKCS8)) - len(data)
	if missing <= 0 {
		return data, nil
	}
	item.Padding = strings.Repeat("0", missing)
	return json.Marshal(item)
}

// largestBundle bounds what a Box is given for a key whose PKCS#8 form has
// that many bytes, with subject and issuer names of 64 four-byte characters in
// every field, an RSA-3072 issuing CA and long URLs in the certificate.
func largestBundle(pkcs8 int) int { return 4608 + pkcs8 + pkcs8/4 }
