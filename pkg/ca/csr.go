package ca

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// The two ways to refuse a certificate request; the reason is wrapped around
// them.
var (
	// ErrBadCSR says that it is not a well-formed request signed by its key.
	ErrBadCSR = errors.New("bad certificate request")
	// ErrWeakKey says that its key is of a kind or quality not certified here.
	ErrWeakKey = errors.New("key not acceptable")
)

// maxCSR is the size of the largest request that is looked at, in bytes.
const maxCSR = 64 << 10

// The names of the key types, as the policy spells them.
const (
	keyECP256  = "ec-p256"
	keyECP384  = "ec-p384"
	keyRSA2048 = "rsa-2048"
	keyRSA3072 = "rsa-3072"
	keyEd25519 = "ed25519"
)

// Request is what is taken from a certificate request: its key. The name, the
// extensions and whatever else it asks for are not here to be used.
type Request struct {
	// SPKI is the key as a SubjectPublicKeyInfo in DER, encoded anew from the
	// parsed key, so that one key has one form.
	SPKI []byte
	// SPKIHash is the SHA-256 of SPKI in lower-case hex: the key's identity.
	SPKIHash string
	// KeyType is one of ec-p256, ec-p384, rsa-2048, rsa-3072 and ed25519.
	KeyType string
}

// CheckCSR parses a certificate request (PKCS#10, DER), at most 64 KiB, whose
// key must be of one of the allowed types, of sound make, and the one that
// signed it: the proof of possession (RFC 2986 §4.2). ErrBadCSR or ErrWeakKey,
// with a reason such as "RSA exponent 3".
func CheckCSR(der []byte, allowed []string) (Request, error) {
	if len(der) > maxCSR {
		return Request{}, fmt.Errorf("%w: %d bytes, more than %d", ErrBadCSR, len(der), maxCSR)
	}
	csr, err := parseCSR(der)
	if err != nil {
		return Request{}, fmt.Errorf("%w: %w", ErrBadCSR, err)
	}
	keyType, err := checkKey(csr.PublicKey)
	if err != nil {
		return Request{}, fmt.Errorf("%w: %w", ErrWeakKey, err)
	}
	if !slices.Contains(allowed, keyType) {
		return Request{}, fmt.Errorf("%w: key type %s not allowed here", ErrWeakKey, keyType)
	}
	if !soundSignature(csr.SignatureAlgorithm) {
		return Request{}, fmt.Errorf("%w: signed with %v", ErrBadCSR, csr.SignatureAlgorithm)
	}
	if err := csr.CheckSignature(); err != nil {
		return Request{}, fmt.Errorf("%w: signature: %w", ErrBadCSR, err)
	}
	spki, err := x509.MarshalPKIXPublicKey(csr.PublicKey)
	if err != nil {
		return Request{}, fmt.Errorf("%w: encode key: %w", ErrBadCSR, err)
	}
	sum := sha256.Sum256(spki)
	return Request{SPKI: spki, SPKIHash: hex.EncodeToString(sum[:]), KeyType: keyType}, nil
}

// parseCSR is the standard library's parser, but for elements behind the
// signature, which that lets pass: a request is three elements and no more.
func parseCSR(der []byte) (*x509.CertificateRequest, error) {
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return nil, err
	}
	var elements []asn1.RawValue
	if _, err := asn1.Unmarshal(der, &elements); err != nil {
		return nil, err
	}
	if len(elements) != 3 {
		return nil, fmt.Errorf("%d elements instead of 3", len(elements))
	}
	return csr, nil
}

// soundSignature names the algorithms accepted, since the standard library
// takes SHA-1 in a request.
func soundSignature(algorithm x509.SignatureAlgorithm) bool {
	switch algorithm {
	case x509.ECDSAWithSHA256, x509.ECDSAWithSHA384, x509.ECDSAWithSHA512,
		x509.SHA256WithRSA, x509.SHA384WithRSA, x509.SHA512WithRSA,
		x509.SHA256WithRSAPSS, x509.SHA384WithRSAPSS, x509.SHA512WithRSAPSS,
		x509.PureEd25519:
		return true
	}
	return false
}

// checkKey returns the type of a sound key, and the reason where it is not one.
// That an EC point is on its curve was seen to when it was parsed.
func checkKey(public any) (string, error) {
	switch key := public.(type) {
	case *ecdsa.PublicKey:
		switch key.Curve {
		case elliptic.P256():
			return keyECP256, nil
		case elliptic.P384():
			return keyECP384, nil
		}
		return "", fmt.Errorf("curve %s", key.Curve.Params().Name)
	case *rsa.PublicKey:
		return checkRSA(key)
	case ed25519.PublicKey:
		return keyEd25519, checkEd25519(key)
	}
	return "", errors.New("unknown algorithm")
}
