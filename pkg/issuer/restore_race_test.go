package issuer_test

import (
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// Of two restores into one database at once, one is done.
func TestTwoRestoresAtOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	file := b.backUp()
	place := storetest.Place(t)
	st := must(store.Open(t.Context(), place, store.Options{Create: true}))
	defer st.Close()
	const restores = 4
	errs := make(chan error, restores)
	for range restores {
		go func() {
			_, err := issuer.Restore(t.Context(), st, openBackup(t, file), issuer.Config{Now: b.clock.now}, operator,
				func([]byte) error { return nil })
			errs <- err
		}()
	}
	done := 0
	for range restores {
		if err := <-errs; err == nil {
			done++
		} else {
			wantCode(t, "one of several restores", err, api.Exists)
		}
	}
	if done != 1 {
		t.Errorf("%d restores were done", done)
	}
}
