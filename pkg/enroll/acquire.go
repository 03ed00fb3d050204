package enroll

import (
	"context"
	"errors"
	"slices"

	"certctl/pkg/api"
	"certctl/pkg/wallet"
)

// Options are what a holder may choose. The zero value takes the backend's
// preferred key type and the default name.
type Options struct {
	KeyType api.KeyType
	Name    string // of the wallet's entry
	// Replace asks for a certificate in the place of a living one, which the
	// backend then revokes.
	Replace bool
}

// Pending is an acquisition between its two stages: the backend has accepted
// the IDs, and the key lies in the wallet, at full size and read back.
type Pending struct {
	client  *Client
	session api.Session
	key     wallet.Pending
	replace bool
}

// Begin is stage one. A pending key of the same user is used again. Besides
// the refusals of api.Service.Begin it returns whatever makes the wallet
// unusable, and wallet.ErrNameTaken.
func (c *Client) Begin(ctx context.Context, ref api.UserRef, o Options) (*Pending, error) {
	if o.Name != "" && !wallet.NewName(o.Name) {
		return nil, &api.Error{Code: api.Usage, Field: "name", Value: o.Name}
	}
	session, err := c.begin(ctx, ref, o.Replace)
	if err != nil {
		return nil, err
	}
	if o.KeyType != "" && !slices.Contains(session.KeyTypes, o.KeyType) {
		return nil, &api.Error{Code: api.Usage, Field: "key_type", Value: string(o.KeyType)}
	}
	p := &Pending{client: c, session: session, replace: o.Replace}
	if err := p.prepare(ctx, o); err != nil {
		return nil, err
	}
	return p, nil
}

// Check returns why Begin would refuse the user now, as far as the backend
// tells; nil where a code is all that is missing. Nothing is kept anywhere.
func (c *Client) Check(ctx context.Context, ref api.UserRef, replace bool) error {
	_, err := c.begin(ctx, ref, replace)
	return err
}

func (c *Client) begin(ctx context.Context, ref api.UserRef, replace bool) (api.Session, error) {
	ref, err := c.ids.Ref(ref.ContractID, ref.UserID)
	if err != nil {
		return api.Session{}, err
	}
	s, err := c.service.Begin(ctx, api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID, Replace: replace})
	if api.CodeOf(err) == api.AlreadyAcquired {
		return s, errors.Join(err, c.dropUseless(ctx, ref))
	}
	return s, err
}

// dropUseless drops the pending key of a user who has a certificate of another
// key: what the slower of two acquisitions at once leaves.
func (c *Client) dropUseless(ctx context.Context, ref api.UserRef) error {
	pending, err := c.wallet.Pending(ctx, c.owner(ref))
	if errors.Is(err, wallet.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := c.service.PickUp(ctx, pending.CSR); api.CodeOf(err) != api.NotFound {
		return err
	}
	return c.wallet.RemovePending(ctx, c.owner(ref))
}

// prepare leaves a key in the wallet that fits the options: the pending one,
// or a new one.
func (p *Pending) prepare(ctx context.Context, o Options) error {
	w, owner := p.client.wallet, p.client.owner(p.session.User)
	there, err := w.Pending(ctx, owner)
	if errors.Is(err, wallet.ErrNotFound) {
		if there, err = newPending(p.keyType(o.KeyType), defaultName(o.Name, owner)); err != nil {
			return err
		}
		there, err = w.AddPending(ctx, owner, there)
	}
	if err != nil {
		return err
	}
	p.key = there
	if o.Name == "" {
		o.Name = there.Name
	}
	if o.KeyType == "" {
		o.KeyType = api.KeyType(there.KeyType)
	}
	if t := p.keyType(o.KeyType); string(t) != there.KeyType {
		return p.replaceKey(ctx, t, o.Name)
	}
	if o.Name == there.Name && there.Renews == "" {
		return nil
	}
	p.key.Name, p.key.Renews = o.Name, "" // also the key of a renewal that came to nothing
	return w.PutPending(ctx, owner, p.key)
}

// keyType is the type that is wanted, or the one that the backend prefers
// where it takes no key of that.
func (p *Pending) keyType(wanted api.KeyType) api.KeyType {
	if slices.Contains(p.session.KeyTypes, wanted) {
		return wanted
	}
	return p.session.KeyTypes[0]
}

func defaultName(chosen string, o wallet.Owner) string {
	if chosen != "" {
		return chosen
	}
	return wallet.DefaultName(o.ContractID, o.UserID)
}

// replaceKey puts a new key in the place of the pending one.
func (p *Pending) replaceKey(ctx context.Context, t api.KeyType, name string) error {
	key, err := newPending(t, name)
	if err != nil {
		return err
	}
	if err := p.client.wallet.PutPending(ctx, p.client.owner(p.session.User), key); err != nil {
		return err
	}
	p.key = key
	return nil
}

// User is whom the certificate will be for, in canonical form.
func (p *Pending) User() api.UserRef { return p.session.User }

// DisplayName is the user's name, where the backend tells it.
func (p *Pending) DisplayName() string { return p.session.Name }

// Factor is what Complete wants: a one-time password or a PIN.
func (p *Pending) Factor() api.Factor { return p.session.Factor }

// Digits is how long the code is that Complete wants; 0 of a PIN.
func (p *Pending) Digits() int { return p.session.Digits }

// Complete is stage two: it sends the code with the request, checks what comes
// back and keeps it. After a refusal, or an error whose outcome is unknown, it
// may be called again with the same or another code; the key stays the same.
//
// Two refusals say that the code was not looked at, and are mended here, once:
// a session that is over is begun anew, and a key that may not be certified
// again is replaced.
func (p *Pending) Complete(ctx context.Context, code api.Secret) (wallet.Entry, error) {
	cert, err := p.send(ctx, code)
	switch api.CodeOf(err) {
	case api.SessionExpired:
		if p.session, err = p.client.begin(ctx, p.session.User, p.replace); err != nil {
			return wallet.Entry{}, err
		}
		cert, err = p.send(ctx, code)
	case api.KeyReused:
		if err := p.replaceKey(ctx, api.KeyType(p.key.KeyType), p.key.Name); err != nil {
			return wallet.Entry{}, err
		}
		cert, err = p.send(ctx, code)
	}
	if err != nil {
		return wallet.Entry{}, err
	}
	return p.client.keep(ctx, p.session.User, p.key, cert)
}

func (p *Pending) send(ctx context.Context, code api.Secret) (api.Certificate, error) {
	return p.client.service.Complete(ctx, api.CompleteRequest{Session: p.session.Token, Code: code, CSR: p.key.CSR})
}
