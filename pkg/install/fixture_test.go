package install_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certctl/pkg/install"
	"certctl/pkg/wallet"
)

// authority certifies keys, each time under the same subject.
type authority struct {
	root *x509.Certificate
	key  crypto.Signer
	last int64
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{key: newKey(t, "ec")}
	a.root = a.sign(t, &x509.Certificate{
		Subject: pkix.Name{CommonName: "Test root"}, IsCA: true, BasicConstraintsValid: true,
	}, nil, a.key.Public())
	return a
}

func newKey(t *testing.T, kind string) (key crypto.Signer) {
	t.Helper()
	var err error
	switch kind {
	case "rsa":
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case "ed25519":
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (a *authority) sign(t *testing.T, template, parent *x509.Certificate, public crypto.PublicKey) *x509.Certificate {
	t.Helper()
	a.last++
	template.SerialNumber = big.NewInt(a.last)
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, int(a.last))
	if parent == nil {
		parent = template
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, a.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bundle certifies a key of the kind for the one subject.
func (a *authority) bundle(t *testing.T, kind string) *wallet.Bundle {
	t.Helper()
	key := newKey(t, kind)
	return &wallet.Bundle{Key: key, Chain: []*x509.Certificate{a.certify(t, key), a.root}}
}

func (a *authority) certify(t *testing.T, key crypto.Signer) *x509.Certificate {
	t.Helper()
	return a.sign(t, &x509.Certificate{
		Subject:     pkix.Name{CommonName: "田中 花子", Organization: []string{"12345678901"}},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, a.root, key.Public())
}

// newDatabase makes an NSS database, with a password where one is given.
func newDatabase(t *testing.T, password string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "nssdb")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	args := []string{"-N", "-d", "sql:" + dir, "--empty-password"}
	if password != "" {
		file := filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		args = []string{"-N", "-d", "sql:" + dir, "-f", file}
	}
	if out, err := exec.Command("certutil", args...).CombinedOutput(); err != nil {
		t.Fatalf("certutil: %v\n%s", err, out)
	}
	return dir
}

func open(t *testing.T, dir, password string) install.Store {
	t.Helper()
	s, err := install.Open(install.Place{Kind: install.KindNSS, Path: dir}, install.Config{Password: password, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keys counts the private keys of a database without a password.
func keys(t *testing.T, dir string) int {
	t.Helper()
	out, err := exec.Command("certutil", "-K", "-d", "sql:"+dir).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "no keys found") {
		t.Fatalf("certutil: %v\n%s", err, out)
	}
	return strings.Count(string(out), "\n<")
}

func wantHas(t *testing.T, s install.Store, want bool, bundles ...*wallet.Bundle) {
	t.Helper()
	for _, b := range bundles {
		if has, err := s.Has(t.Context(), b.Chain[0]); err != nil || has != want {
			t.Errorf("has serial %x: %v, want %v: %v", b.Chain[0].SerialNumber, has, want, err)
		}
	}
}
