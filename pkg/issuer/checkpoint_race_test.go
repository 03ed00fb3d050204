package issuer_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"certctl/pkg/api"
)

// A deployment of the first release gets its key when it is first asked for, and
// keeps it.
func TestAKeyIsMadeForADeploymentWithoutOne(t *testing.T) {
	b := newBackend(t, nil)
	b.alter(`DELETE FROM checkpoint_key`)
	keys := make([]ed25519.PublicKey, 8)
	var wg sync.WaitGroup
	for n := range keys {
		wg.Go(func() { keys[n] = must(b.CheckpointKey(t.Context(), operator)) })
	}
	wg.Wait()
	signed := b.checkpoint()
	for _, key := range keys {
		if err := signed.Verify(key); err != nil {
			t.Error(err)
		}
	}
	b.wantAuditOK()
}

// TestCheckpointsAmongWriters makes checkpoints, four at once, while sixteen
// write into the chains, and verifies all the time: every checkpoint follows from
// the one before and holds.
func TestCheckpointsAmongWriters(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	const makers, each, writers = 4, 5, 16
	var writing, making sync.WaitGroup
	done := make(chan struct{})
	for n := range writers {
		writing.Go(func() {
			for round := 0; ; round++ {
				select {
				case <-done:
					return
				default:
				}
				id := fmt.Sprintf("%011d", 1000*(n+1)+round%10)
				_, err := b.AddContract(t.Context(), operator, api.NewContract{ID: id})
				if err != nil && api.CodeOf(err) != api.Exists {
					t.Error(err)
					return
				}
				if _, err := b.SetUser(t.Context(), operator, tanaka, api.UserChange{}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	kept := make([][]api.SignedCheckpoint, makers)
	for n := range makers {
		making.Go(func() {
			for range each {
				kept[n] = append(kept[n], b.checkpoint())
				if got := broken(must(b.VerifyAudit(t.Context(), operator, kept[n]...))); got != "" {
					t.Error(errors.New(got))
				}
			}
		})
	}
	making.Wait()
	close(done)
	writing.Wait()
	report := must(b.VerifyAudit(t.Context(), operator, slices.Concat(kept...)...))
	if got := broken(report); got != "" || report.Checkpoints.Count != makers*each {
		t.Errorf("%d checkpoints, broken: %q", report.Checkpoints.Count, got)
	}
}
