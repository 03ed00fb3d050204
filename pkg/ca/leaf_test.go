package ca_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"testing"
	"time"

	"certctl/pkg/ca"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// newAuthorities returns a root and an issuing authority under it.
func newAuthorities(t testing.TB) (root, issuing *ca.Authority) {
	t.Helper()
	root, err := ca.NewRoot("Example", now)
	if err != nil {
		t.Fatal(err)
	}
	issuing, err = root.NewIssuing("Example", now)
	if err != nil {
		t.Fatal(err)
	}
	return root, issuing
}

// newLeaf returns what the certificate of a new P-256 key is made from.
func newLeaf(t testing.TB) ca.Leaf {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return ca.Leaf{
		Serial:     ca.NewSerial(),
		ContractID: "12345678901",
		UserID:     "tanaka",
		CommonName: "田中 太郎",
		NotBefore:  now.Add(-5 * time.Minute),
		NotAfter:   now.Add(365*24*time.Hour - time.Second),
		SPKI:       spki,
	}
}

func TestSignedLeafVerifiesForClientAuthenticationOnly(t *testing.T) {
	root, issuing := newAuthorities(t)
	der, err := issuing.Sign(newLeaf(t))
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	options := x509.VerifyOptions{
		Roots:         x509.NewCertPool(),
		Intermediates: x509.NewCertPool(),
		CurrentTime:   now,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	options.Roots.AddCert(root.Certificate)
	options.Intermediates.AddCert(issuing.Certificate)
	if _, err := cert.Verify(options); err != nil {
		t.Errorf("for a client: %v", err)
	}
	options.KeyUsages = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	if _, err := cert.Verify(options); err == nil {
		t.Error("accepted for a server")
	}
}
