package wallet

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
)

// Succeed is Put for a certificate that renewed the one with the serial renewed.
// Where that is the entry's, it is kept with its key as the entry's old one, in
// the place of an older one, until DropOld. One whose key is gone is not kept: it
// would be of no use, and is no reason to refuse its successor.
func (w *Wallet) Succeed(ctx context.Context, e Entry, key crypto.Signer, chain []*x509.Certificate, renewed string) (Entry, error) {
	e, err := e.described(key, chain)
	if err != nil {
		return Entry{}, err
	}
	e.Wallet = w.box.Kind()
	err = w.change(ctx, func() error {
		return w.put(ctx, e, key, chain, func() error {
			there, err := w.readEntry(e.Name, jsonSuffix)
			if err != nil || there.Serial != renewed || there.Fingerprint == e.Fingerprint {
				return nil // nothing that is worth keeping
			}
			return w.keepOld(ctx, there)
		})
	})
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// keepOld copies the certificate of an entry, which is about to be replaced, to
// where the old one is kept. Its NAME.json.old comes first and goes last. The
// public half is not written again: commit gives NAME.json and NAME.pem new
// files, and these stay under their second names.
func (w *Wallet) keepOld(ctx context.Context, e Entry) error {
	if there, err := w.disk.exists(e.Name + pemSuffix); err != nil || !there {
		return err // the chain is half of it
	}
	for _, suffix := range []string{jsonSuffix, pemSuffix} {
		if err := w.disk.link(e.Name+suffix, e.Name+suffix+oldFileSuffix); err != nil {
			return fmt.Errorf("keep what %s renews: %w", e.Name, err)
		}
	}
	err := w.box.Copy(ctx, e.Name)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return w.finishOld(ctx, e.Name)
	}
	if err != nil {
		return fmt.Errorf("keep what %s renews: %w", e.Name, err)
	}
	return nil
}

// Old returns the certificate that an entry's renewed, as it was when it was
// the entry, without opening the Box: ErrNotFound, ErrDamaged.
func (w *Wallet) Old(_ context.Context, name string) (Entry, error) {
	if !ValidName(name) {
		return Entry{}, fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.readEntry(name, jsonSuffix+oldFileSuffix)
}

// OldBundle returns the old certificate's key and chain from the Box: errors
// as of Bundle.
func (w *Wallet) OldBundle(ctx context.Context, name string) (*Bundle, error) {
	e, err := w.Old(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := w.here(e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	b, err := w.bundle(ctx, oldKey(name))
	if errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("%w: the old key of %s is gone", ErrDamaged, name)
	}
	if err != nil {
		return nil, err
	}
	public, err := w.readChain(name + pemSuffix + oldFileSuffix)
	if err != nil {
		return nil, err
	}
	b.complete(public)
	return b, nil
}

// DropOld removes the old certificate of an entry and its key. An absent one is
// no error.
func (w *Wallet) DropOld(ctx context.Context, name string) error {
	if !ValidName(name) {
		return fmt.Errorf("entry %q: %w", name, ErrName)
	}
	return w.change(ctx, func() error {
		old, err := w.readEntry(name, jsonSuffix+oldFileSuffix)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if elsewhere := w.here(old); err == nil && elsewhere != nil {
			return fmt.Errorf("remove the old one: %w: %w", ErrNotFound, elsewhere)
		}
		return w.dropOld(ctx, name)
	})
}

func (w *Wallet) dropOld(ctx context.Context, name string) error {
	file := name + jsonSuffix + oldFileSuffix
	if err := w.disk.rename(file, file+goneSuffix); err != nil {
		return fmt.Errorf("remove the old one of %s: %w", name, err)
	}
	if err := w.disk.syncDir(); err != nil {
		return fmt.Errorf("remove the old one of %s: %w", name, err)
	}
	return w.finishOld(ctx, name)
}

// finishOld removes what is left of an old certificate, if there is anything.
func (w *Wallet) finishOld(ctx context.Context, name string) error {
	file := name + jsonSuffix + oldFileSuffix
	there := false
	for _, f := range []string{file, file + goneSuffix} {
		found, err := w.disk.exists(f)
		if err != nil {
			return err
		}
		there = there || found
	}
	if !there {
		return nil
	}
	if err := w.box.Delete(ctx, oldKey(name)); err != nil {
		return fmt.Errorf("remove the old bundle of %s: %w", name, err)
	}
	return w.drop(name+pemSuffix+oldFileSuffix, file, file+goneSuffix)
}

// settleOld drops an old certificate that is the entry's own: a change was cut
// off between keeping it and its successor.
func (w *Wallet) settleOld(ctx context.Context, name string) error {
	old, err := w.readEntry(name, jsonSuffix+oldFileSuffix)
	if err != nil || w.here(old) != nil {
		return nil // damaged, or for the wallet of that kind to settle
	}
	e, err := w.readEntry(name, jsonSuffix)
	if err != nil || e.Fingerprint != old.Fingerprint {
		return nil
	}
	return w.dropOld(ctx, name)
}
