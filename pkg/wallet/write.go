package wallet

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
)

// Put keeps a key with its chain (leaf first, root last) under e.Name and
// returns the entry with the fields that follow from the certificate filled
// in: the caller sets Name, Owner, State, AcquiredAt and Policy. It replaces
// an older certificate of the same owner; the same again changes nothing.
// ErrNameTaken where the name is another owner's, ErrElsewhere; after any
// other error, and after a crash, the old certificate or the new one is there,
// whole.
func (w *Wallet) Put(ctx context.Context, e Entry, key crypto.Signer, chain []*x509.Certificate) (Entry, error) {
	e, err := e.described(key, chain)
	if err != nil {
		return Entry{}, err
	}
	e.Wallet = w.box.Kind()
	err = w.change(ctx, func() error { return w.put(ctx, e, key, chain, func() error { return nil }) })
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// put is Put under the lock. between is called when the new certificate is
// staged, before its bundle takes the place of the one that is there.
func (w *Wallet) put(ctx context.Context, e Entry, key crypto.Signer, chain []*x509.Certificate, between func() error) error {
	if err := w.available(e.Name, e.Owner); err != nil {
		return err
	}
	if err := w.stage(e, chain); err != nil {
		return fmt.Errorf("stage %s: %w", e.Name, err)
	}
	if err := between(); err != nil {
		return err
	}
	if err := w.putBundle(ctx, bundleKey(e.Name), key, chain); err != nil {
		return fmt.Errorf("keep bundle of %s: %w", e.Name, err)
	}
	return w.commit(e.Name)
}

// putBundle puts a key with its chain into the Box.
func (w *Wallet) putBundle(ctx context.Context, boxKey string, key crypto.Signer, chain []*x509.Certificate) error {
	password, err := w.box.NewPassword(ctx, boxKey)
	if err != nil {
		return fmt.Errorf("make bundle password: %w", err)
	}
	p12, err := encodeBundle(key, chain, password)
	if err != nil {
		return err
	}
	return w.box.Put(ctx, boxKey, Secret{Data: p12, Password: password})
}

// Note remembers what the backend has said of an entry's certificate: State
// and CheckedAt of e. It opens no Box. ErrNotFound where the entry, or this
// certificate of it, is gone meanwhile.
func (w *Wallet) Note(ctx context.Context, e Entry) error {
	if !ValidName(e.Name) {
		return fmt.Errorf("entry %q: %w", e.Name, ErrName)
	}
	return w.change(ctx, func() error {
		there, err := w.readEntry(e.Name, jsonSuffix)
		if err != nil {
			return fmt.Errorf("note: %w", err)
		}
		if there.Fingerprint != e.Fingerprint {
			return fmt.Errorf("note: %s has another certificate: %w", e.Name, ErrNotFound)
		}
		there.State, there.CheckedAt = e.State, e.CheckedAt.UTC()
		meta, err := json.MarshalIndent(there, "", "  ")
		if err != nil {
			return err
		}
		if err := w.disk.replace(e.Name+jsonSuffix, append(meta, '\n')); err != nil {
			return fmt.Errorf("note: %w", err)
		}
		return w.disk.syncDir()
	})
}

// Remove removes an entry and its key, even a damaged one: ErrNotFound,
// ErrElsewhere, and what makes the Box refuse, before anything is changed. An
// interrupted removal is finished by the next change.
func (w *Wallet) Remove(ctx context.Context, name string) error {
	if !ValidName(name) {
		return fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.change(ctx, func() error {
		e, err := w.readEntry(name, jsonSuffix)
		if err != nil && !errors.Is(err, ErrDamaged) {
			return fmt.Errorf("remove: %w", err)
		}
		if elsewhere := w.here(e); err == nil && elsewhere != nil {
			return fmt.Errorf("remove: %w: %w", ErrNotFound, elsewhere)
		}
		if err := w.box.Reach(ctx, bundleKey(name)); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		if err := w.disk.rename(name+jsonSuffix, name+jsonSuffix+goneSuffix); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		if err := w.disk.syncDir(); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		return w.finishRemoval(ctx, name)
	})
}

// here returns nil where the entry's key is in this wallet's Box.
func (w *Wallet) here(e Entry) error {
	if e.Wallet != w.box.Kind() {
		return fmt.Errorf("entry %s, in the wallet %q: %w", e.Name, e.Wallet, ErrElsewhere)
	}
	return nil
}

// available returns nil where name is free, or the owner's already and here.
func (w *Wallet) available(name string, o Owner) error {
	if !ValidName(name) {
		return fmt.Errorf("entry %q: %w", name, ErrName)
	}
	e, err := w.readEntry(name, jsonSuffix)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !e.Owner.Same(o) {
		return fmt.Errorf("entry %s: %w", name, ErrNameTaken)
	}
	if err := w.here(e); err != nil {
		return fmt.Errorf("%w: %w", ErrNameTaken, err)
	}
	return nil
}
