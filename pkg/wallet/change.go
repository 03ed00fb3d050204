package wallet

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// change runs do under the wallet's lock, after having finished or undone what
// an interrupted change left.
func (w *Wallet) change(ctx context.Context, do func() error) error {
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("wait to change the wallet: %w", ctx.Err())
	}
	defer func() { <-w.turn }()
	unlock, err := w.disk.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := w.recover(ctx); err != nil {
		return fmt.Errorf("finish an interrupted change: %w", err)
	}
	return do()
}

// stage writes the public half of an entry beside the one that is there. From
// here on the directory names what is about to be put into the Box, durably,
// for every Box syncs the directory on its way.
func (w *Wallet) stage(e Entry, chain []*x509.Certificate) error {
	certs, err := encodeChain(chain)
	if err != nil {
		return err
	}
	meta, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	if err := w.disk.write(e.Name+pemSuffix+stagedSuffix, certs); err != nil {
		return err
	}
	return w.disk.write(e.Name+jsonSuffix+stagedSuffix, append(meta, '\n'))
}

// encodeChain writes certificates as PEM.
func encodeChain(chain []*x509.Certificate) ([]byte, error) {
	var certs bytes.Buffer
	for _, c := range chain {
		if err := pem.Encode(&certs, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}); err != nil {
			return nil, err
		}
	}
	return certs.Bytes(), nil
}

// commit makes the staged public half the entry's. NAME.json is renamed last:
// while its staged file is there, the change is not over.
func (w *Wallet) commit(name string) error {
	for _, suffix := range []string{pemSuffix, jsonSuffix} {
		there, err := w.disk.exists(name + suffix + stagedSuffix)
		if err != nil {
			return fmt.Errorf("commit %s: %w", name, err)
		}
		if !there {
			continue // an interrupted commit came this far
		}
		if err := w.disk.rename(name+suffix+stagedSuffix, name+suffix); err != nil {
			return fmt.Errorf("commit %s: %w", name, err)
		}
	}
	if err := w.disk.syncDir(); err != nil {
		return fmt.Errorf("commit %s: %w", name, err)
	}
	return nil
}

// settled runs recover where there is something to be done. It is for readers
// of what a change may have left; where there was none they wait for nobody.
func (w *Wallet) settled(ctx context.Context) error {
	files, err := w.disk.list()
	if err != nil {
		return fmt.Errorf("list wallet: %w", err)
	}
	if !slices.ContainsFunc(files, unfinished) {
		return nil
	}
	return w.change(ctx, func() error { return nil })
}

// unfinished tells whether a file is there only while a change is made.
func unfinished(file string) bool {
	return file == keyringIntent || strings.HasSuffix(file, tempSuffix) ||
		strings.HasSuffix(file, jsonSuffix+stagedSuffix) || strings.HasSuffix(file, jsonSuffix+goneSuffix) ||
		strings.HasSuffix(file, jsonSuffix+oldFileSuffix+goneSuffix)
}

// recover finishes or undoes every interrupted change.
func (w *Wallet) recover(ctx context.Context) error {
	if err := w.box.Tidy(ctx); err != nil {
		return err
	}
	files, err := w.disk.list()
	if err != nil {
		return err
	}
	for _, file := range files {
		gone, isGone := strings.CutSuffix(file, jsonSuffix+goneSuffix)
		staged, isStaged := strings.CutSuffix(file, jsonSuffix+stagedSuffix)
		oldGone, isOldGone := strings.CutSuffix(file, jsonSuffix+oldFileSuffix+goneSuffix)
		switch {
		case strings.HasSuffix(file, tempSuffix):
			err = w.disk.remove(file)
		case isGone && ValidName(gone):
			err = w.finishRemoval(ctx, gone)
		case isStaged && ValidName(staged):
			err = w.settle(ctx, staged)
		case isOldGone && ValidName(oldGone):
			err = w.finishOld(ctx, oldGone)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// settle ends a Put that was cut off between stage and commit: forward where
// the Box has the staged bundle, else back.
func (w *Wallet) settle(ctx context.Context, name string) error {
	staged, err := w.readEntry(name, jsonSuffix+stagedSuffix)
	if errors.Is(err, ErrDamaged) { // cut off while staging: the Box is as it was
		return w.unstage(ctx, name)
	}
	if err != nil {
		return err
	}
	if w.here(staged) != nil {
		return nil // for the wallet of that kind to settle
	}
	b, err := w.bundle(ctx, bundleKey(name))
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return w.unstage(ctx, name)
	}
	if err != nil {
		return err
	}
	if Fingerprint(b.Chain[0]) != staged.Fingerprint {
		return w.unstage(ctx, name)
	}
	return w.commit(name)
}

// unstage drops the staged public half and, where there is no entry to own it,
// whatever the Box has; so too the old certificate where it is the entry's own.
func (w *Wallet) unstage(ctx context.Context, name string) error {
	there, err := w.disk.exists(name + jsonSuffix)
	if err != nil {
		return err
	}
	if !there {
		if err := w.box.Delete(ctx, bundleKey(name)); err != nil {
			return err
		}
	}
	if err := w.settleOld(ctx, name); err != nil {
		return err
	}
	return w.drop(name+pemSuffix+stagedSuffix, name+jsonSuffix+stagedSuffix)
}

// finishRemoval removes what is left of an entry whose NAME.json is gone.
func (w *Wallet) finishRemoval(ctx context.Context, name string) error {
	e, err := w.readEntry(name, jsonSuffix+goneSuffix)
	if err == nil && w.here(e) != nil {
		return nil // for the wallet of that kind to finish
	}
	if err := w.finishOld(ctx, name); err != nil {
		return err
	}
	if err := w.box.Delete(ctx, bundleKey(name)); err != nil {
		return fmt.Errorf("remove bundle of %s: %w", name, err)
	}
	return w.drop(name+pemSuffix, name+jsonSuffix+goneSuffix)
}

// drop removes files in this order, durably.
func (w *Wallet) drop(files ...string) error {
	for _, file := range files {
		if err := w.disk.remove(file); err != nil {
			return err
		}
	}
	return w.disk.syncDir()
}
