package enroll

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"

	"certctl/pkg/api"
	"certctl/pkg/wallet"
)

// generate makes a key pair of a type. An unknown type is an error with code
// Usage.
func generate(t api.KeyType) (crypto.Signer, error) {
	switch t {
	case api.ECP256:
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case api.ECP384:
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case api.RSA2048:
		return rsa.GenerateKey(rand.Reader, 2048)
	case api.RSA3072:
		return rsa.GenerateKey(rand.Reader, 3072)
	case api.Ed25519:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	default:
		return nil, &api.Error{Code: api.Usage, Field: "key_type", Value: string(t)}
	}
}

// request proves the possession of a key (PKCS#10, RFC 2986, DER). It names
// nobody: the subject comes from the backend's records.
func request(key crypto.Signer) ([]byte, error) {
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		return nil, fmt.Errorf("sign certificate request: %w", err)
	}
	return csr, nil
}

// newPending makes a key pair and the request for a certificate of it.
func newPending(t api.KeyType, name string) (wallet.Pending, error) {
	key, err := generate(t)
	if err != nil {
		return wallet.Pending{}, fmt.Errorf("make key pair: %w", err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return wallet.Pending{}, fmt.Errorf("encode key: %w", err)
	}
	csr, err := request(key)
	if err != nil {
		return wallet.Pending{}, err
	}
	return wallet.Pending{Name: name, KeyType: string(t), PKCS8: pkcs8, CSR: csr}, nil
}

// signer reads the key of a pending entry.
func signer(p wallet.Pending) (crypto.Signer, error) {
	key, err := x509.ParsePKCS8PrivateKey(p.PKCS8)
	if err != nil {
		return nil, fmt.Errorf("read pending key: %w: %w", wallet.ErrDamaged, err)
	}
	s, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("read pending key: %w: a %T", wallet.ErrDamaged, key)
	}
	return s, nil
}
