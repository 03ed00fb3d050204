package ca_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certctl/pkg/ca"
)

// run runs another maker's tool in dir and returns what it printed.
func run(t *testing.T, dir, name string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// mustRun is run for what has to succeed.
func mustRun(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	out, err := run(t, dir, name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

// writeChain makes things at a time and puts a root, an issuing authority, a holder's certificate and the
// root's revocation list into a directory, and all three certificates into
// chain.pem.
func writeChain(t *testing.T, at time.Time) (dir string) {
	t.Helper()
	dir = t.TempDir()
	root, issuing := newAuthoritiesAt(t, at)
	crl, err := root.EmptyCRL(at)
	if err != nil {
		t.Fatal(err)
	}
	template := newLeaf(t)
	template.NotBefore, template.NotAfter = at.Add(-5*time.Minute), at.AddDate(1, 0, 0)
	leaf := sign(t, issuing, template)
	for name, der := range map[string][][]byte{
		"root.pem":    {root.Certificate.Raw},
		"issuing.pem": {issuing.Certificate.Raw},
		"leaf.pem":    {leaf},
		"chain.pem":   {leaf, issuing.Certificate.Raw, root.Certificate.Raw},
	} {
		writePEM(t, filepath.Join(dir, name), "CERTIFICATE", der...)
	}
	writePEM(t, filepath.Join(dir, "root.crl"), "X509 CRL", crl)
	return dir
}

func writePEM(t *testing.T, file, kind string, ders ...[]byte) {
	t.Helper()
	var b bytes.Buffer
	for _, der := range ders {
		if err := pem.Encode(&b, &pem.Block{Type: kind, Bytes: der}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOpenSSLTakesChainForClientsOnly(t *testing.T) {
	dir := writeChain(t, now)
	verify := func(purpose string) (string, error) {
		return run(t, dir, "openssl", "verify", "-x509_strict", "-attime", fmt.Sprint(now.Unix()),
			"-purpose", purpose, "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem")
	}
	if out, err := verify("sslclient"); err != nil {
		t.Errorf("for a client: %v\n%s", err, out)
	}
	for _, purpose := range []string{"sslserver", "smimesign", "crlsign", "timestampsign"} {
		if out, err := verify(purpose); err == nil {
			t.Errorf("for %s: accepted\n%s", purpose, out)
		}
	}
}

func TestOpenSSLReadsSubject(t *testing.T) {
	dir := writeChain(t, now)
	out := mustRun(t, dir, "openssl", "x509", "-in", "leaf.pem", "-noout", "-subject", "-issuer", "-nameopt", "RFC2253,-esc_msb,utf8")
	want := "subject=CN=田中 太郎,UID=tanaka,O=12345678901\nissuer=CN=Example Issuing CA 2027\n"
	if out != want {
		t.Errorf("got  %s want %s", out, want)
	}
	text := mustRun(t, dir, "openssl", "x509", "-in", "leaf.pem", "-noout", "-text")
	for _, want := range []string{"TLS Web Client Authentication", "CA:FALSE", "X509v3 Key Usage: critical\n                Digital Signature\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestOpenSSLTakesRootCRL(t *testing.T) {
	dir := writeChain(t, now)
	mustRun(t, dir, "openssl", "crl", "-in", "root.crl", "-noout", "-CAfile", "root.pem")
	text := mustRun(t, dir, "openssl", "crl", "-in", "root.crl", "-noout", "-text")
	for _, want := range []string{"Version 2", "No Revoked Certificates", "X509v3 CRL Number: \n                1\n", "Next Update: Mar  1 08:59:59 2047 GMT"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	check := []string{"verify", "-x509_strict", "-crl_check", "-attime", fmt.Sprint(now.Unix()), "-CAfile", "root.pem"}
	if out, err := run(t, dir, "openssl", append(check, "issuing.pem")...); err == nil {
		t.Errorf("without a list: accepted\n%s", out)
	}
	mustRun(t, dir, "openssl", append(check, "-CRLfile", "root.crl", "issuing.pem")...)
}

func TestGnuTLSTakesChain(t *testing.T) {
	dir := writeChain(t, time.Now()) // Debian 12's certtool knows no other time
	purpose := "--verify-purpose=1.3.6.1.5.5.7.3.2"
	out := mustRun(t, dir, "certtool", "--verify", purpose, "--load-ca-certificate=root.pem", "--infile=chain.pem")
	if !strings.Contains(out, "The certificate is trusted.") {
		t.Errorf("not trusted:\n%s", out)
	}
	out = mustRun(t, dir, "certtool", "--certificate-info", "--infile=leaf.pem")
	for _, want := range []string{"CN=田中 太郎", "UID=tanaka", "O=12345678901", "TLS WWW Client"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	mustRun(t, dir, "certtool", "--verify-crl", "--load-ca-certificate=root.pem", "--infile=root.crl")
}

// Requests that other makers' tools make with sound keys are accepted.
func TestRequestsOfOtherTools(t *testing.T) {
	dir := t.TempDir()
	openssl := map[string][]string{
		"ec-p256":  {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"},
		"ec-p384":  {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"},
		"rsa-2048": {"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"},
		"rsa-3072": {"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"},
		"ed25519":  {"-algorithm", "ED25519"},
	}
	for keyType, args := range openssl {
		mustRun(t, dir, "openssl", append([]string{"genpkey", "-out", keyType + ".key"}, args...)...)
		mustRun(t, dir, "openssl", "req", "-new", "-key", keyType+".key", "-subj", "/O=x/CN=y", "-outform", "DER", "-out", keyType+".der")
		checkRequest(t, filepath.Join(dir, keyType+".der"), keyType)

		if err := os.WriteFile(filepath.Join(dir, "template"), []byte("cn = y\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		mustRun(t, dir, "certtool", "--generate-request", "--load-privkey="+keyType+".key", "--template=template", "--outder", "--outfile="+keyType+".gnutls.der")
		checkRequest(t, filepath.Join(dir, keyType+".gnutls.der"), keyType)
	}
	mustRun(t, dir, "openssl", "req", "-new", "-key", "rsa-2048.key", "-subj", "/CN=y", "-outform", "DER", "-out", "pss.der",
		"-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest")
	checkRequest(t, filepath.Join(dir, "pss.der"), "rsa-2048")
}

func checkRequest(t *testing.T, file, keyType string) {
	t.Helper()
	der, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ca.CheckCSR(der, allKeyTypes)
	if err != nil || got.KeyType != keyType {
		t.Errorf("%s: key type %q, %v", filepath.Base(file), got.KeyType, err)
	}
}

// rootInAFile returns a root, and its key encrypted with "correct horse".
func rootInAFile(t *testing.T) (*ca.Authority, []byte) {
	t.Helper()
	root, err := ca.NewRoot("Test", time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	file, err := root.EncryptKey("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	return root, file
}

// openssl reads the file with an authority's key, and what openssl encrypts is
// read too.
func TestOpenSSLReadsAKeyFile(t *testing.T) {
	root, file := rootInAFile(t)
	openssl := func(in []byte, args ...string) []byte {
		cmd := exec.Command("openssl", args...)
		cmd.Stdin = bytes.NewReader(in)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("openssl %v: %v", args, err)
		}
		return out
	}
	plain := openssl(file, "pkcs8", "-passin", "pass:correct horse")
	for _, options := range [][]string{{"-v2", "aes256"}, {"-v2", "aes128", "-v2prf", "hmacWithSHA256"}, {"-scrypt"}} {
		again := openssl(plain, append([]string{"pkcs8", "-topk8", "-passout", "pass:battery staple"}, options...)...)
		der, err := ca.DecryptKey(again, "battery staple")
		if err != nil {
			t.Fatalf("%v: %v", options, err)
		}
		if _, err := ca.ParseAuthority(root.Certificate.Raw, der); err != nil {
			t.Errorf("%v: %v", options, err)
		}
	}
	if _, err := ca.DecryptKey(plain, "correct horse"); !errors.Is(err, ca.ErrKeyFile) {
		t.Errorf("a key in clear: %v", err)
	}
	if _, err := root.EncryptKey(""); err == nil {
		t.Error("a key is encrypted with nothing")
	}
}

// A damaged file is told as such, whatever is damaged.
func TestADamagedKeyFile(t *testing.T) {
	_, file := rootInAFile(t)
	block, _ := pem.Decode(file)
	for n := len(block.Bytes) - 40; n < len(block.Bytes); n++ {
		cut := pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: block.Bytes[:n]})
		if _, err := ca.DecryptKey(cut, "correct horse"); !errors.Is(err, ca.ErrKeyFile) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
	short := bytes.Clone(block.Bytes)
	at := bytes.LastIndex(short[:len(short)-100], []byte{0x04, 0x10}) // the IV: one byte less, one more of something else
	short[at+1] = 0x0f
	if _, err := ca.DecryptKey(pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: short}), "correct horse"); err == nil {
		t.Error("an IV that is too short")
	}
}
