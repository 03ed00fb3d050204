package issuer_test

import (
	"slices"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/store/storetest"
)

// Of several rotations at once each makes a CA with a name of its own, and one is
// the newest.
func TestRotationsAtOnce(t *testing.T) {
	for _, place := range []string{storetest.Place(t), storetest.Database(t)} {
		b := newBackendAt(t, place, nil)
		const rotations = 6
		errs := make(chan error, rotations)
		for range rotations {
			go func() { errs <- b.Rotate(t.Context(), operator, api.RootKey{}) }()
		}
		for range rotations {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		names := b.issuingCAs()
		slices.Sort(names)
		if distinct := slices.Compact(slices.Clone(names)); len(distinct) != rotations+1 {
			t.Errorf("%q", names)
		}
		var times int
		if err := b.db.QueryRow(`SELECT COUNT(DISTINCT created_at) FROM authorities WHERE kind = 'issuing'`).Scan(&times); err != nil || times != rotations+1 {
			t.Errorf("%d times of creation (%v)", times, err)
		}
		b.wantAuditOK()
	}
}
