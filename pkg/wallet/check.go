package wallet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fault is something in a wallet that is not as it should be, or not as its
// owner may believe.
type Fault struct {
	Kind  FaultKind
	Name  string // of the entry, or of a file or an item of the keyring where there is none
	Owner Owner  // of a pending key
	Err   error  // what was found out; may be nil
}

// FaultKind says what is wrong.
type FaultKind string

// The kinds.
const (
	FaultEntry      FaultKind = "entry_damaged" // NAME.json cannot be understood
	FaultChain      FaultKind = "chain_damaged" // NAME.pem is gone, or cannot be understood
	FaultKeyGone    FaultKind = "key_gone"      // the Box has no key for the entry
	FaultKeyDamaged FaultKind = "key_damaged"   // the Box has one that cannot be read
	FaultKeyOther   FaultKind = "key_other"     // the Box has the key of another certificate
	FaultElsewhere  FaultKind = "key_elsewhere" // the key is in a wallet of the other Kind
	FaultOrphan     FaultKind = "entry_gone"    // the Box has a key that no entry names
	FaultUnfinished FaultKind = "unfinished"    // an interrupted change: Settle ends it
	FaultPending    FaultKind = "pending"       // a key waits for its certificate
	// FaultPendingDamaged: one is there and cannot be read, so that nobody can find
	// out whether it has its certificate.
	FaultPendingDamaged FaultKind = "pending_damaged"
)

// Check compares the directory with the Box, and changes nothing. Where the Box
// cannot be opened the error says why. A keyring cannot be listed: a key of it
// that no entry names is found only where NAME.pem is still there.
func (w *Wallet) Check(ctx context.Context) ([]Fault, error) {
	files, err := w.disk.list()
	if err != nil {
		return nil, fmt.Errorf("list wallet: %w", err)
	}
	var faults []Fault
	for _, file := range files {
		if unfinished(file) {
			faults = append(faults, Fault{Kind: FaultUnfinished, Name: file})
		}
	}
	entries, err := w.Entries(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		found, err := w.checkEntry(ctx, e)
		if err != nil {
			return nil, err
		}
		faults = append(faults, found...)
	}
	orphans, err := w.orphans(ctx, files)
	if err != nil {
		return nil, err
	}
	pending, err := w.waiting(ctx, files, entries)
	return slices.Concat(faults, orphans, pending), err
}

// checkEntry compares one entry with its key and its chain.
func (w *Wallet) checkEntry(ctx context.Context, e Entry) ([]Fault, error) {
	if e.Damaged != nil {
		return []Fault{{Kind: FaultEntry, Name: e.Name, Err: e.Damaged}}, nil
	}
	if w.here(e) != nil {
		return []Fault{{Kind: FaultElsewhere, Name: e.Name}}, nil
	}
	var faults []Fault
	if chain, err := w.Chain(ctx, e.Name); err != nil || Fingerprint(chain[0]) != e.Fingerprint {
		faults = append(faults, Fault{Kind: FaultChain, Name: e.Name, Err: err})
	}
	b, err := w.bundle(ctx, bundleKey(e.Name))
	switch {
	case errors.Is(err, ErrNotFound):
		return append(faults, Fault{Kind: FaultKeyGone, Name: e.Name, Err: err}), nil
	case errors.Is(err, ErrDamaged):
		return append(faults, Fault{Kind: FaultKeyDamaged, Name: e.Name, Err: err}), nil
	case err != nil:
		return nil, err
	case Fingerprint(b.Chain[0]) != e.Fingerprint:
		faults = append(faults, Fault{Kind: FaultKeyOther, Name: e.Name})
	}
	return faults, nil
}

// orphans returns the keys whose entry is gone: those whose file is still there,
// or the file of whose chain.
func (w *Wallet) orphans(ctx context.Context, files []string) ([]Fault, error) {
	var faults []Fault
	for _, file := range files {
		name, isChain := strings.CutSuffix(file, pemSuffix)
		name, isBundle := strings.CutSuffix(name, ".p12")
		if !isChain && !isBundle || !ValidName(name) || named(files, name) {
			continue
		}
		_, err := w.box.Get(ctx, bundleKey(name))
		if errors.Is(err, ErrNotFound) || slices.ContainsFunc(faults, func(f Fault) bool { return f.Name == name }) {
			continue
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			return nil, err
		}
		faults = append(faults, Fault{Kind: FaultOrphan, Name: name, Err: err})
	}
	return faults, nil
}

// named tells whether there is an entry of a name, or a change that ends with
// one or without.
func named(files []string, name string) bool {
	for _, suffix := range []string{jsonSuffix, jsonSuffix + stagedSuffix, jsonSuffix + goneSuffix} {
		if slices.Contains(files, name+suffix) {
			return true
		}
	}
	return false
}

// waiting returns the pending keys: in files all of them, in a keyring those of
// the owners that have an entry.
func (w *Wallet) waiting(ctx context.Context, files []string, entries []Entry) ([]Fault, error) {
	names := map[string]string{} // of each key's item, as the person may find it
	for _, file := range files {
		digits, isKey := strings.CutPrefix(strings.TrimSuffix(file, ".key"), "~pending-")
		if isKey && strings.HasSuffix(file, ".key") {
			names[pendingPrefix+digits] = file
		}
	}
	if w.Kind() == KindKeyring {
		for _, e := range entries {
			if e.Damaged == nil {
				names[e.pendingKey()] = e.pendingKey()
			}
		}
	}
	var faults []Fault
	for key, name := range names {
		s, err := w.box.Get(ctx, key)
		var item pendingItem
		if err == nil && json.Unmarshal(s.Data, &item) != nil {
			err = fmt.Errorf("%s: %w: not what was written", name, ErrDamaged)
		}
		switch {
		case errors.Is(err, ErrNotFound):
		case err == nil:
			faults = append(faults, Fault{Kind: FaultPending, Name: item.Name, Owner: item.Owner})
		case errors.Is(err, ErrDamaged):
			faults = append(faults, Fault{Kind: FaultPendingDamaged, Name: name, Err: err})
		default:
			return nil, err
		}
	}
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.Name, b.Name) })
	return faults, nil
}

// Settle finishes or undoes what an interrupted change left.
func (w *Wallet) Settle(ctx context.Context) error { return w.settled(ctx) }
