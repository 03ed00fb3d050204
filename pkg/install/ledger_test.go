package install_test

import (
	"crypto/sha1"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"certctl/pkg/install"
)

func sha1Of(data []byte) [sha1.Size]byte { return sha1.Sum(data) }

func newLedger(t *testing.T) install.Ledger {
	t.Helper()
	return install.Ledger{Dir: t.TempDir(), Write: func(name string, data []byte) error {
		if err := os.WriteFile(name+".new", data, 0o600); err != nil {
			return err
		}
		return os.Rename(name+".new", name)
	}}
}

func record(name string, n int) install.Record {
	return install.Record{Name: name, Place: install.Place{Kind: install.KindNSS, Path: strconv.Itoa(n)}, DER: []byte(name)}
}

func TestTheLedgerForgetsWhatIsRemovedAlone(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	if all, err := l.Records(); err != nil || len(all) != 0 {
		t.Errorf("a new ledger has %v, %v", all, err)
	}
	for _, r := range []install.Record{record("a", 1), record("b", 1), record("a", 2), record("a", 1)} {
		if err := l.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if of, err := l.Of("a"); err != nil || len(of) != 2 {
		t.Errorf("of a: %v, %v", of, err)
	}
	for range 2 {
		if err := l.Remove(t.Context(), record("a", 1)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := l.Records()
	if err != nil || len(all) != 2 || all[0].Name != "b" || all[1].Place.Path != "2" {
		t.Errorf("left: %v, %v", all, err)
	}
	if err := os.WriteFile(filepath.Join(l.Dir, ".installed.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.Add(t.Context(), record("a", 1)); err == nil {
		t.Error("a damaged ledger was written over")
	}
}

// Of many who write at once none is forgotten.
func TestTheLedgerHasManyWriters(t *testing.T) {
	t.Parallel()
	const rounds, writers = 3, 16
	for range rounds {
		l := newLedger(t)
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() {
				if err := l.Add(t.Context(), record("a", i)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if of, err := l.Of("a"); err != nil || len(of) != writers {
			t.Errorf("%d of %d are remembered: %v", len(of), writers, err)
		}
	}
}
