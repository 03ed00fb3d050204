package main

import (
	"fmt"
	"sync"
	"testing"
)

// Two acquire of one user at once, with one code, in one home: the second
// click. One of them at least has the certificate, the other has it too or is
// told why not, and what is left is what one undisturbed run leaves.
func TestTwoAcquiresAtOnce(t *testing.T) {
	template := newTown(t)
	const rounds = 20
	both := 0
	for round := range rounds {
		town := template.copy(t)
		var results [2]result
		var wg sync.WaitGroup
		for i := range results {
			wg.Go(func() { results[i] = town.acquire(t, 0, true) })
		}
		wg.Wait()
		done := 0
		for _, r := range results {
			switch {
			case r.exit == 0:
				done++
			case r.refused == "already_acquired" || r.refused == "otp_spent":
			default:
				t.Errorf("round %d: exit %d %s\n%s", round, r.exit, r.refused, r.stderr)
			}
		}
		if done == 0 {
			t.Errorf("round %d: neither has the certificate: %+v", round, results)
		}
		if done == 2 {
			both++
		}
		// The key of the one that came too late goes with the next click.
		if got := town.acquire(t, 0, false); got.refused != "already_acquired" {
			t.Errorf("round %d: a third acquire: exit %d %s\n%s", round, got.exit, got.refused, got.stderr)
		}
		town.check(t, fmt.Sprintf("round %d", round))
	}
	t.Logf("%d rounds, in %d of them both had the certificate", rounds, both)
}
