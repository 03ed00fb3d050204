package wallet_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"certctl/pkg/wallet"
)

// Whatever is out of step between the directory and the Box is found, in either
// kind of wallet; and what only looks so is not.
func TestCheckFindsWhatIsOutOfStep(t *testing.T) {
	eachWallet(t, func(t *testing.T, w *wallet.Wallet, dir string) {
		a := newAuthority(t, "ec-p256", "Example")
		key := newKey(t, "ec-p256")
		owner := entry("tanaka").Owner
		expect := func(what string, want ...wallet.FaultKind) {
			t.Helper()
			faults, err := w.Check(t.Context())
			var kinds []wallet.FaultKind
			for _, f := range faults {
				kinds = append(kinds, f.Kind)
			}
			if err != nil || !slices.Equal(kinds, want) {
				t.Errorf("%s: %v, %v; want %v", what, kinds, err, want)
			}
		}
		expect("nothing")
		if _, err := w.Put(t.Context(), entry("tanaka"), key, a.chain(t, key.Public(), owner)); err != nil {
			t.Fatal(err)
		}
		expect("an entry")
		if err := w.PutPending(t.Context(), owner, pending(t, newKey(t, "ec-p256"), "tanaka")); err != nil {
			t.Fatal(err)
		}
		expect("a pending key", wallet.FaultPending)
		if err := w.RemovePending(t.Context(), owner); err != nil {
			t.Fatal(err)
		}

		meta, chain := filepath.Join(dir, "tanaka.json"), filepath.Join(dir, "tanaka.pem")
		keptMeta, keptChain := read(t, meta), read(t, chain)
		writeFile(t, chain, "no certificate")
		expect("a broken chain", wallet.FaultChain)
		writeFile(t, chain, keptChain)
		writeFile(t, meta+".next", keptMeta)
		expect("an interrupted change", wallet.FaultUnfinished)
		if err := w.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		expect("settled")
		if err := os.Remove(meta); err != nil {
			t.Fatal(err)
		}
		expect("a key without its entry", wallet.FaultOrphan)
		writeFile(t, meta, "{}")
		expect("a broken entry", wallet.FaultEntry)
		if err := w.Remove(t.Context(), "tanaka"); err != nil {
			t.Fatal(err)
		}
		writeFile(t, meta, keptMeta)
		writeFile(t, chain, keptChain)
		expect("an entry without its key", wallet.FaultKeyGone)

		other := newKey(t, "ec-p256")
		if _, err := w.Put(t.Context(), entry("tanaka"), other, a.chain(t, other.Public(), owner)); err != nil {
			t.Fatal(err)
		}
		writeFile(t, meta, keptMeta)
		expect("the key of another certificate", wallet.FaultChain, wallet.FaultKeyOther)
	})
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
