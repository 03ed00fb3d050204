package wallet_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// What is in the keyring can be had without this program: with secret-tool,
// base64 and openssl.
func TestSecretToolAndOpenSSLReadTheBundle(t *testing.T) {
	keyringtest.Start(t)
	dir := t.TempDir()
	w := wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewKeyringBox(dir, keyring.Config{}, nil)})
	b := kept(t, "ec-p256")
	e, err := w.Put(t.Context(), entry("name"), b.Key, b.Chain)
	if err != nil {
		t.Fatal(err)
	}
	id, err := wallet.EnsureID(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := exec.Command("secret-tool", "lookup", "service", "certctl", "username", id+"/name/cur/a/0").Output()
	if err != nil {
		t.Fatal(err)
	}
	value, err := base64.StdEncoding.DecodeString(string(encoded))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitN(value, []byte("\n"), 3) // header, password, PKCS#12
	file := filepath.Join(dir, "lookup.p12")
	if err := os.WriteFile(file, lines[2], 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("openssl", "pkcs12", "-in", file, "-passin", "stdin", "-nodes")
	cmd.Stdin = bytes.NewReader(append(lines[1], '\n'))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "BEGIN PRIVATE KEY") {
		t.Fatalf("openssl: %v\n%s", err, out)
	}
	cmd = exec.Command("openssl", "x509", "-noout", "-serial")
	cmd.Stdin = bytes.NewReader(out)
	serial, err := cmd.Output()
	if err != nil || !strings.EqualFold(strings.TrimLeft(strings.TrimSpace(string(serial)[7:]), "0"), e.Serial) {
		t.Errorf("openssl finds %s, %v, want %s", serial, err, e.Serial)
	}
}
