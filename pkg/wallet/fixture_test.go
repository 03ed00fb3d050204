package wallet_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"certctl/pkg/wallet"
)

// keyTypes are all that a backend certifies.
var keyTypes = []string{"ec-p256", "ec-p384", "rsa-2048", "rsa-3072", "ed25519"}

func newKey(t testing.TB, keyType string) crypto.Signer {
	t.Helper()
	var key crypto.Signer
	var err error
	switch keyType {
	case "ec-p256":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "ec-p384":
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "rsa-2048":
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case "rsa-3072":
		key, err = rsa.GenerateKey(rand.Reader, 3072)
	case "ed25519":
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		t.Fatalf("unknown key type %q", keyType)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// authority is a root and an issuing CA as the backend has them.
type authority struct {
	root, issuing *x509.Certificate
	key           crypto.Signer // of issuing
	urls          []string      // of the CRL and the issuer, in each leaf
}

func newAuthority(t testing.TB, keyType, name string) *authority {
	t.Helper()
	rootKey, issuingKey := newKey(t, keyType), newKey(t, keyType)
	ca := func(serial int64, cn string) *x509.Certificate {
		return &x509.Certificate{
			SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: cn},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(10, 0, 0),
			IsCA: true, BasicConstraintsValid: true,
			KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		}
	}
	root := ca(1, name+" root")
	root = sign(t, root, root, rootKey.Public(), rootKey)
	issuing := sign(t, ca(2, name+" issuing"), root, issuingKey.Public(), rootKey)
	return &authority{root: root, issuing: issuing, key: issuingKey}
}

// chain certifies public for a user: leaf, issuing, root.
func (a *authority) chain(t testing.TB, public crypto.PublicKey, o wallet.Owner) []*x509.Certificate {
	t.Helper()
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{
		SerialNumber: serial,
		Subject: pkix.Name{
			Organization: []string{o.ContractID}, CommonName: o.UserID,
			ExtraNames: []pkix.AttributeTypeAndValue{{
				Type: asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}, Value: o.UserID,
			}},
		},
		NotBefore: time.Now().Add(-5 * time.Minute), NotAfter: time.Now().AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		CRLDistributionPoints: a.urls, IssuingCertificateURL: a.urls, OCSPServer: a.urls,
	}
	return []*x509.Certificate{sign(t, leaf, a.issuing, public, a.key), a.issuing, a.root}
}

func sign(t testing.TB, template, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var tanaka = wallet.Owner{Backend: "0123456789abcdef0123456789abcdef", ContractID: "12345678901", UserID: "Tanaka"}

// entry is a new certificate of tanaka as Put takes it.
func entry(name string) wallet.Entry {
	return wallet.Entry{
		Name: name, Owner: tanaka, State: "active", AcquiredAt: time.Now().Truncate(time.Second),
		Policy: wallet.Policy{RenewFrom: wallet.Seconds(30 * 24 * time.Hour), ReacquireWithin: wallet.Seconds(90 * 24 * time.Hour)},
	}
}

// pending is a key that waits, with a request for it.
func pending(t testing.TB, key crypto.Signer, name string) wallet.Pending {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		t.Fatal(err)
	}
	return wallet.Pending{Name: name, KeyType: wallet.KeyType(key.Public()), PKCS8: der, CSR: csr}
}
