package issuer

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// MakeCheckpoint implements api.Audits. The ends of the chains are read at
// one moment that waits for no writer. Of two who make one at once, the second
// reads again: its checkpoint follows the other's.
func (i *Issuer) MakeCheckpoint(ctx context.Context, by api.Actor) (signed api.SignedCheckpoint, rekeyed bool, err error) {
	key, err := i.checkpointKey(ctx, by)
	if err != nil {
		return "", false, translate(err)
	}
	for {
		c, last, err := i.nextCheckpoint(ctx, by)
		if err != nil {
			return "", false, translate(err)
		}
		signed, err := c.Sign(key)
		if err != nil {
			return "", false, err
		}
		err = i.act(ctx, by, deployment, func(tx *store.Tx) error {
			if err := tx.InsertCheckpoint(ctx, store.Checkpoint{Number: c.Number, Signed: string(signed)}); err != nil {
				return err
			}
			return i.audit(ctx, tx, event{actor: by, action: "audit checkpoint", outcome: outcomeOK}, c.At)
		})
		if err == nil {
			return signed, last != "" && last.Verify(key.Public().(ed25519.PublicKey)) != nil, nil
		}
		if !errors.Is(err, store.ErrExists) {
			return "", false, translate(err)
		}
	}
}

// nextCheckpoint returns the checkpoint that follows the last one, and that one;
// empty where there is none.
func (i *Issuer) nextCheckpoint(ctx context.Context, by api.Actor) (c api.Checkpoint, before api.SignedCheckpoint, err error) {
	c = api.Checkpoint{DeploymentID: i.deployment, At: i.now()}
	err = i.look(ctx, by, deployment, func(tx *store.Tx) error {
		last, err := tx.LastCheckpoint(ctx)
		if err != nil && !store.IsNotFound(err) {
			return err
		}
		c.Number = last.Number + 1
		if last.Number > 0 {
			before = api.SignedCheckpoint(last.Signed)
			c.Previous = before.Hash()
		}
		heads, err := tx.AuditHeads(ctx)
		for _, h := range heads {
			c.Heads = append(c.Heads, api.AuditHead{ContractID: h.Chain, Row: h.Seq, MAC: hex.EncodeToString(h.MAC)})
		}
		return err
	})
	return c, before, err
}

// CheckpointKey implements api.Audits.
func (i *Issuer) CheckpointKey(ctx context.Context, by api.Actor) (ed25519.PublicKey, error) {
	key, err := i.checkpointKey(ctx, by)
	if err != nil {
		return nil, translate(err)
	}
	return key.Public().(ed25519.PublicKey), nil
}

// checkpointKey returns the key that signs checkpoints. A deployment that was
// made before there were any gets one here.
func (i *Issuer) checkpointKey(ctx context.Context, by api.Actor) (ed25519.PrivateKey, error) {
	var key ed25519.PrivateKey
	read := func(tx *store.Tx) (err error) {
		key, err = i.readCheckpointKey(ctx, tx)
		return err
	}
	err := i.look(ctx, by, deployment, read)
	if !store.IsNotFound(err) {
		return key, err
	}
	now := i.now()
	err = i.act(ctx, by, deployment, func(tx *store.Tx) error {
		made, err := i.makeCheckpointKey(ctx, tx, now)
		if err == nil {
			err = read(tx)
		}
		if err != nil || !made { // another was first
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "audit key", outcome: outcomeOK}, now)
	})
	return key, err
}

// makeCheckpointKey makes the key, unless there is one.
func (i *Issuer) makeCheckpointKey(ctx context.Context, tx *store.Tx, now time.Time) (made bool, err error) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return false, fmt.Errorf("make checkpoint key: %w", err)
	}
	return tx.InsertCheckpointKey(ctx, i.rows.Seal(key.Seed(), sealAAD("checkpoint_key", i.deployment)), now)
}

// readCheckpointKey opens the key of the records: whoever can write there and
// has not the sealing key cannot bring one of their own.
func (i *Issuer) readCheckpointKey(ctx context.Context, tx *store.Tx) (ed25519.PrivateKey, error) {
	sealed, err := tx.CheckpointKey(ctx)
	if err != nil {
		return nil, err
	}
	seed, err := i.rows.Open(sealed, sealAAD("checkpoint_key", i.deployment))
	if err != nil {
		return nil, fmt.Errorf("unseal checkpoint key: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
