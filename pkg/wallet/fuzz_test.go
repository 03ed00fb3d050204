package wallet_test

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever the files hold, reading ends with what was put or with an error,
// and listing goes on.
func FuzzFiles(f *testing.F) {
	a, key := newAuthority(f, "ed25519", "Test"), newKey(f, "ed25519")
	dir := f.TempDir()
	chain := a.chain(f, key.Public(), tanaka)
	if _, err := fileWallet(dir, nil).Put(f.Context(), entry("n"), key, chain); err != nil {
		f.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			f.Fatal(err)
		}
		return data
	}
	f.Add(read("n.json"), read("n.pem"), read("n.p12"))
	f.Add([]byte("{}"), []byte{}, []byte{})
	f.Add(read("n.json"), []byte("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"), []byte("0"))
	f.Fuzz(func(t *testing.T, meta, certs, p12 []byte) {
		writeFile(t, filepath.Join(dir, "n.json"), string(meta))
		writeFile(t, filepath.Join(dir, "n.pem"), string(certs))
		writeFile(t, filepath.Join(dir, "n.p12"), string(p12))
		w, ctx := fileWallet(dir, nil), t.Context()
		if b, err := w.Bundle(ctx, "n"); err == nil && !b.Chain[0].Equal(chain[0]) {
			t.Error("another certificate came out")
		}
		if entries, err := w.Entries(ctx); err != nil || len(entries) != 1 || entries[0].Name != "n" {
			t.Errorf("Entries = %+v, %v", entries, err)
		}
		if _, err := w.Chain(ctx, "n"); err == nil && len(certs) == 0 {
			t.Error("a chain out of nothing")
		}
	})
}
