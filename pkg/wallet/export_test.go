package wallet_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/wallet"
)

const exportPassword = "a password of one's own"

// kept is a bundle as the wallet gives it back: with the whole chain.
func kept(t *testing.T, keyType string) *wallet.Bundle {
	t.Helper()
	w := fileWallet(t.TempDir(), nil)
	key := newKey(t, keyType)
	chain := newAuthority(t, "ec-p256", "Test").chain(t, key.Public(), tanaka)
	if _, err := w.Put(t.Context(), entry("name"), key, chain); err != nil {
		t.Fatal(err)
	}
	b, err := w.Bundle(t.Context(), "name")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// reader is another program that opens a PKCS#12 file and says what is in it.
type reader func(t *testing.T, file string) (string, error)

var readers = map[string]reader{
	"openssl": func(t *testing.T, file string) (string, error) {
		return output(exec.Command("openssl", "pkcs12", "-in", file, "-passin", "pass:"+exportPassword, "-nodes"))
	},
	"nss": func(t *testing.T, file string) (string, error) {
		db := "sql:" + t.TempDir()
		if out, err := output(exec.Command("certutil", "-N", "-d", db, "--empty-password")); err != nil {
			return out, err
		}
		out, err := output(exec.Command("pk12util", "-i", file, "-d", db, "-W", exportPassword))
		if err != nil {
			return out, err
		}
		return output(exec.Command("certutil", "-K", "-d", db))
	},
	"gnutls": func(t *testing.T, file string) (string, error) {
		return output(exec.Command("certtool", "--inder", "--p12-info", "--infile", file, "--password", exportPassword))
	},
}

func output(cmd *exec.Cmd) (string, error) {
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// shows is what each reader prints when it has found the private key.
var shows = map[string]string{
	"openssl": "BEGIN PRIVATE KEY",
	"nss":     "< 0> ",
	"gnutls":  "PRIVATE KEY",
}

func TestOtherProgramsOpenTheExport(t *testing.T) {
	for _, keyType := range keyTypes {
		b := kept(t, keyType)
		for _, legacy := range []bool{false, true} {
			data, err := b.Export(wallet.ExportOptions{Format: wallet.FormatPKCS12, Password: exportPassword, Legacy: legacy})
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "export.p12")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			for name, read := range readers {
				out, err := read(t, file)
				opened := err == nil && strings.Contains(out, shows[name])
				// NSS knows no Ed25519 keys; once it does, this test says so.
				if want := name != "nss" || keyType != "ed25519"; opened != want {
					t.Errorf("%s, legacy %v: %s opens it: %v, want %v: %v\n%s", keyType, legacy, name, opened, want, err, out)
				}
			}
		}
	}
}

// openssl must find the chain complete and fit for a TLS client.
func TestTheExportedChainVerifies(t *testing.T) {
	b := kept(t, "ec-p256")
	data, err := b.Export(wallet.ExportOptions{Format: wallet.FormatPEM})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bundle, root := filepath.Join(dir, "bundle.pem"), filepath.Join(dir, "root.pem")
	writeFile(t, bundle, string(data))
	blocks := strings.SplitAfter(string(data), "-----END CERTIFICATE-----\n")
	writeFile(t, root, blocks[2])
	out, err := output(exec.Command("openssl", "verify", "-purpose", "sslclient", "-CAfile", root, "-untrusted", bundle, bundle))
	if err != nil || !strings.Contains(out, ": OK") {
		t.Errorf("openssl verify: %v\n%s", err, out)
	}
	if out, err := output(exec.Command("openssl", "pkey", "-in", bundle, "-noout", "-check")); err != nil {
		t.Errorf("openssl pkey: %v\n%s", err, out)
	}
}

func TestExportNeedsExactlyTheRightPassword(t *testing.T) {
	b := kept(t, "ed25519")
	for _, o := range []wallet.ExportOptions{
		{},
		{Format: "jks", Password: "x"},
		{Format: wallet.FormatPKCS12},
		{Format: wallet.FormatPKCS12, Legacy: true},
		{Format: wallet.FormatPEM, Password: "x"},
		{Format: wallet.FormatPEM, Legacy: true},
	} {
		if data, err := b.Export(o); err == nil {
			t.Errorf("Export(%+v) gave %d bytes", o, len(data))
		}
	}
}

func TestSecretsDoNotShow(t *testing.T) {
	b := kept(t, "ec-p256")
	p := pending(t, b.Key, "name")
	s := wallet.Secret{Data: []byte("data"), Password: "password"}
	var out bytes.Buffer
	for _, v := range []any{b, *b, p, &p, s, &s} {
		out.Reset()
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
			fmt.Fprintf(&out, verb, v)
		}
		hidden := strings.ReplaceAll(strings.ReplaceAll(out.String(), "REDACTED", ""), "5245444143544544", "")
		if hidden != "" {
			t.Errorf("%T shows %q", v, hidden)
		}
	}
}
