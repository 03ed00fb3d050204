package store

import (
	"context"
	"fmt"
	"time"
)

// Checkpoint is a signed statement of where the audit chains ended.
type Checkpoint struct {
	Number int64 // from 1, without gaps
	Signed string
}

// InsertCheckpoint records a checkpoint; ErrExists where there is one of that
// number.
func (t *Tx) InsertCheckpoint(ctx context.Context, c Checkpoint) error {
	_, err := t.exec(ctx, "insert checkpoint", `INSERT INTO checkpoints (number, signed) VALUES ($1, $2)`, c.Number, c.Signed)
	return err
}

// LastCheckpoint returns the newest; ErrNotFound.
func (t *Tx) LastCheckpoint(ctx context.Context) (Checkpoint, error) {
	var c Checkpoint
	err := t.row(ctx, "read last checkpoint", `SELECT number, signed FROM checkpoints ORDER BY number DESC LIMIT 1`, nil,
		&c.Number, &c.Signed)
	return c, err
}

// Checkpoints calls fn with each checkpoint in order, until fn fails.
// ErrForeignRow where a column is not of its type.
func (t *Tx) Checkpoints(ctx context.Context, fn func(Checkpoint) error) error {
	return t.rows(ctx, "read checkpoints", `SELECT number, signed FROM checkpoints ORDER BY number`, nil,
		func(s scanner) error {
			var c Checkpoint
			if err := s.Scan(&c.Number, &c.Signed); err != nil {
				return fmt.Errorf("%w: %w", ErrForeignRow, err)
			}
			return fn(c)
		})
}

// InsertCheckpointKey records the key that signs checkpoints, sealed, and tells
// whether it is the first: there is one at most.
func (t *Tx) InsertCheckpointKey(ctx context.Context, sealed []byte, now time.Time) (bool, error) {
	n, err := t.exec(ctx, "insert checkpoint key",
		`INSERT INTO checkpoint_key (one, sealed_key, created_at) VALUES (1, $1, $2) ON CONFLICT (one) DO NOTHING`,
		sealed, stamp(now))
	return n == 1, err
}

// CheckpointKey returns the key that signs checkpoints, sealed; ErrNotFound.
func (t *Tx) CheckpointKey(ctx context.Context) ([]byte, error) {
	var sealed []byte
	err := t.row(ctx, "read checkpoint key", `SELECT sealed_key FROM checkpoint_key`, nil, &sealed)
	return sealed, err
}
