package cli

import (
	"context"
	"errors"
	"path/filepath"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/keyring"
	"certctl/pkg/seal"
	"certctl/pkg/wallet"
)

// sealingItem is the key of the sealing key in the keyring. No NAME begins
// with its first character.
const sealingItem = "~sealing-key"

// sealingKeyring opens the part of the keyring that holds the sealing key. It
// belongs to the database, by an id that lies beside it: two backends of one
// person keep theirs apart, and a wallet may be thrown away.
func (a *app) sealingKeyring(ctx context.Context) (*keyring.Store, error) {
	c, err := a.config()
	if err != nil {
		return nil, err
	}
	dir := c.dirs.sealing()
	id, err := wallet.EnsureID(ctx, dir, wallet.Around(a.process.Wrap))
	if err != nil {
		return nil, err
	}
	k := a.keyringConfig()
	k.Prefix, k.LockFile = id, filepath.Join(dir, ".keyring.lock")
	return keyring.Open(k), nil
}

// sealingKeyringKey reads the sealing key from the keyring.
func (a *app) sealingKeyringKey(ctx context.Context) (*seal.Key, error) {
	store, err := a.sealingKeyring(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := store.Get(ctx, sealingItem)
	if err != nil {
		return nil, a.noSealingKey(err)
	}
	return seal.New(raw)
}

// placeSealingKeyringKey is placeSealingKey for the keyring.
func (a *app) placeSealingKeyringKey(ctx context.Context, raw []byte) (*seal.Key, error) {
	store, err := a.sealingKeyring(ctx)
	if err != nil {
		return nil, err
	}
	there, err := store.Get(ctx, sealingItem)
	if errors.Is(err, keyring.ErrNotFound) {
		there = raw
		err = store.Put(ctx, sealingItem, raw)
	}
	if err != nil {
		return nil, a.noSealingKey(err)
	}
	return seal.New(there)
}

// noSealingKey words that the keyring does not give the sealing key: what
// helps a wallet would not help here.
func (a *app) noSealingKey(err error) error {
	e := a.text.Errors
	if errors.Is(err, keyring.ErrNotFound) {
		return &refusal{code: api.SealWrong, problem: i18n.Problem{Message: e.NoKeyInKeyring, Hint: e.NoKeyInKeyringHint}, err: err}
	}
	code, p := a.explain(err)
	if code == api.KeyringAbsent {
		p = i18n.Problem{Message: e.NoSealedBy, Hint: e.NoSealedByHint}
	}
	return &refusal{code: code, problem: p, err: err}
}
