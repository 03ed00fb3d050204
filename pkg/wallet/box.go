package wallet

import (
	"context"
	"fmt"
	"strings"
)

// Kind says where the private half of a wallet is.
type Kind string

// The kinds.
const (
	KindKeyring Kind = "keyring" // the keyring of the operating system
	KindFile    Kind = "file"    // encrypted files
)

// Box keeps the private half of a wallet: opaque bytes under keys, each of
// which is "<NAME>/cur" for the bundle of an entry, "<NAME>/old" for the one that
// it renewed, or "~pending/<16 hex>" for a key that waits for its certificate.
//
// Reading is safe from any number of goroutines and processes at any time and
// sees the old value or the new one, never a mixture. Put and Delete exclude
// each other only as far as one call goes; Wallet calls them, and Tidy before
// them, under its lock.
//
// An implementation returns ErrNotFound, ErrDamaged, ErrReadBack, the errors
// of its medium, and the context's.
type Box interface {
	// Kind says what the Box is.
	Kind() Kind
	// NewPassword returns the password that a bundle about to be put under key
	// is to be encrypted with: ASCII, at least 128 bits.
	NewPassword(ctx context.Context, key string) (string, error)
	// Put replaces the value of key at once and durably, and has read it back
	// when it returns nil. After an error either value may be there.
	Put(ctx context.Context, key string, s Secret) error
	// Get returns the value of key; ErrNotFound.
	Get(ctx context.Context, key string) (Secret, error)
	// Copy puts the value of the current bundle of a name under its old key too,
	// in the place of what is there: ErrNotFound. It is durable when a Put that
	// follows is.
	Copy(ctx context.Context, name string) error
	// Reach returns why the value of key could not be deleted now: the keyring is
	// locked, or whoever was asked said no. That the value is absent or damaged
	// is no reason, nor is a password that nobody knows.
	Reach(ctx context.Context, key string) error
	// Delete removes key and all leftovers of interrupted writes to it. An
	// absent key is no error. After a power cut it may be back.
	Delete(ctx context.Context, key string) error
	// Tidy removes what a Put or Delete that was cut off left of any key.
	Tidy(ctx context.Context) error
}

// Secret is what a Box keeps under one key.
type Secret struct {
	// Data is opaque to the Box: PKCS#12 for a bundle.
	Data []byte
	// Password opens Data where it is PKCS#12, and is what NewPassword gave.
	// Empty for a pending key.
	Password string
}

const redacted = "REDACTED"

// String returns REDACTED.
func (Secret) String() string { return redacted }

// GoString returns REDACTED, for %#v.
func (Secret) GoString() string { return redacted }

// Around wraps an effect: it is called with a short name of the effect and
// calls do, once. Tests cut the process off before or after do. A nil Around
// is do itself.
type Around func(op string, do func() error) error

func (a Around) run(op string, do func() error) error {
	if a == nil {
		return do()
	}
	return a(op, do)
}

const (
	curSuffix     = "/cur"
	oldSuffix     = "/old"
	pendingPrefix = "~pending/"
)

func bundleKey(name string) string { return name + curSuffix }

func oldKey(name string) string { return name + oldSuffix }

// item is what a key stands for.
type item struct {
	name    string // of an entry; empty for a pending key
	old     bool   // the bundle that the entry's renewed
	pending string // the hex digits of a pending key
}

// splitKey reads a key.
func splitKey(key string) (item, error) {
	digits, ok := strings.CutPrefix(key, pendingPrefix)
	if ok && len(digits) == 16 && strings.Trim(digits, "0123456789abcdef") == "" {
		return item{pending: digits}, nil
	}
	name, old := strings.CutSuffix(key, oldSuffix)
	if !old {
		if name, ok = strings.CutSuffix(key, curSuffix); !ok {
			return item{}, fmt.Errorf("key %q: %w", key, ErrName)
		}
	}
	if !ValidName(name) {
		return item{}, fmt.Errorf("key %q: %w", key, ErrName)
	}
	return item{name: name, old: old}, nil
}
