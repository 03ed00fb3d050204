package issuer

import (
	"context"
	"crypto/ed25519"
	"errors"
	"strconv"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// signedRow is a row that a checkpoint names.
type signedRow struct {
	mac        string // lower-case hex
	checkpoint int64  // the first to name it
}

// checkpoints are what verifying goes by: the checkpoints of the records and
// those that were kept elsewhere, with the rows that they name by chain.
type checkpoints struct {
	key    ed25519.PublicKey // nil: there is none that opens
	hashes map[int64]string  // of those in the records, by number
	rows   map[string]map[int64]signedRow
	// reach is the last row of each chain that is named by what was kept
	// elsewhere; by the records, where nothing was.
	reach  map[string]int64
	report api.CheckpointReport
}

// verifyCheckpoints reads all checkpoints. What follows from one whose signature
// does not hold is nothing.
func (i *Issuer) verifyCheckpoints(ctx context.Context, tx *store.Tx, kept []api.SignedCheckpoint) (*checkpoints, error) {
	c := &checkpoints{hashes: map[int64]string{}, rows: map[string]map[int64]signedRow{}, reach: map[string]int64{}}
	key, err := i.readCheckpointKey(ctx, tx)
	switch {
	case err == nil:
		c.key = key.Public().(ed25519.PublicKey)
	case !store.IsNotFound(err) && !errors.Is(err, seal.ErrOpen):
		return nil, err
	}
	var before int64 // the number of the one before
	err = tx.Checkpoints(ctx, func(r store.Checkpoint) error {
		c.record(r, before)
		before = r.Number
		return nil
	})
	if errors.Is(err, store.ErrForeignRow) {
		c.broken(api.BrokenCheckpoint{Number: before + 1, Reason: "signature"})
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if len(kept) > 0 {
		c.report.Last, c.report.LastAt, c.reach = 0, time.Time{}, map[string]int64{}
	}
	for _, signed := range kept {
		if err := c.keep(signed, i.deployment); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// record takes a checkpoint of the records.
func (c *checkpoints) record(r store.Checkpoint, before int64) {
	c.report.Count++
	signed := api.SignedCheckpoint(r.Signed)
	c.hashes[r.Number] = signed.Hash()
	said, err := signed.Read()
	if err != nil || signed.Verify(c.key) != nil {
		c.broken(api.BrokenCheckpoint{Number: r.Number, Reason: "signature"})
		return
	}
	if said.Number != r.Number || r.Number != before+1 || said.Previous != c.hashes[before] {
		c.broken(api.BrokenCheckpoint{Number: r.Number, Reason: "predecessor"})
	}
	c.trust(said)
}

// keep takes a checkpoint that was kept elsewhere.
func (c *checkpoints) keep(signed api.SignedCheckpoint, deployment string) error {
	c.report.Kept++
	said, err := signed.Read()
	if err != nil {
		return &api.Error{Code: api.Usage, Field: "checkpoint", Err: err}
	}
	if said.DeploymentID != deployment {
		return &api.Error{Code: api.Usage, Field: "checkpoint", Value: strconv.FormatInt(said.Number, 10)}
	}
	problem := api.BrokenCheckpoint{Number: said.Number, Kept: true}
	if signed.Verify(c.key) != nil {
		problem.Reason = "signature"
		c.broken(problem)
		return nil
	}
	c.trust(said)
	recorded, found := c.hashes[said.Number]
	switch {
	case !found:
		problem.Reason = "gone"
		c.broken(problem)
	case recorded != signed.Hash():
		problem.Reason = "other"
		c.broken(problem)
	}
	return nil
}

// trust remembers the rows that a checkpoint names.
func (c *checkpoints) trust(said api.Checkpoint) {
	if said.Number > c.report.Last {
		c.report.Last, c.report.LastAt = said.Number, said.At
	}
	for _, h := range said.Heads {
		c.reach[h.ContractID] = max(c.reach[h.ContractID], h.Row)
		chain := c.rows[h.ContractID]
		if chain == nil {
			chain = map[int64]signedRow{}
			c.rows[h.ContractID] = chain
		}
		if _, found := chain[h.Row]; !found {
			chain[h.Row] = signedRow{h.MAC, said.Number}
		}
	}
}

func (c *checkpoints) broken(b api.BrokenCheckpoint) { c.report.Broken = append(c.report.Broken, b) }
