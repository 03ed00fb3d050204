package api

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Signed is a request that a holder has signed with the key of a certificate: a
// JWS (RFC 7515) in its compact form. Its protected header has alg, by the
// key's type, x5c, the certificate, nonce, from the backend's Info, and url,
// the backend and the operation; the payload is the request in JSON. So it
// passes whatever ends TLS on the way, and cannot be sent to another backend,
// for another purpose, or twice.
type Signed string

// Operation is what a signed request asks for.
type Operation string

// The operations.
const (
	OperationRenew  Operation = "renew"
	OperationRevoke Operation = "revoke"
)

// RenewRequest is the payload of Service.Renew.
type RenewRequest struct {
	CSR []byte `json:"csr"` // PKCS#10, DER, of a key that was never certified
	// Early asks for a renewal before its time. The audit log says so.
	Early bool `json:"early"`
}

// RevokeRequest is the payload of Service.Revoke.
type RevokeRequest struct {
	Serial string `json:"serial"` // of the certificate that signs
	Reason Reason `json:"reason"` // one of HolderReasons
}

// Revocation says how a certificate was revoked.
type Revocation struct {
	Serial string
	Reason Reason
	Time   time.Time
}

// maxSigned is the size of the largest signed request that is looked at: a
// request for a certificate, its signer's certificate, and room.
const maxSigned = 256 << 10 // bytes

// Sender is who signs a request: a certificate of the backend with its key.
type Sender struct {
	Key         crypto.Signer
	Certificate *x509.Certificate
}

// Address is what a signed request is for, and once.
type Address struct {
	Backend   string // DeploymentID
	Operation Operation
	Nonce     string // Info.Nonce
}

// url is how the address stands in the protected header.
func (a Address) url() string { return "certctl:" + a.Backend + "/" + string(a.Operation) }

// Sign signs a request for an address.
func (s Sender) Sign(to Address, request any) (Signed, error) {
	payload, err := json.Marshal(request)
	if err != nil {
		return "", fmt.Errorf("encode request: %w", err)
	}
	algorithm, err := algorithmOf(s.Key.Public())
	if err != nil {
		return "", fmt.Errorf("sign request: %w", err)
	}
	options := (&jose.SignerOptions{}).
		WithHeader("x5c", []string{base64.StdEncoding.EncodeToString(s.Certificate.Raw)}).
		WithHeader("nonce", to.Nonce).
		WithHeader("url", to.url())
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: s.Key}, options)
	if err != nil {
		return "", fmt.Errorf("sign request: %w", err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign request: %w", err)
	}
	text, err := jws.CompactSerialize()
	return Signed(text), err
}

// Opened is a signed request whose signature holds. Nothing is known of the
// certificate but that its key made the signature.
type Opened struct {
	Certificate *x509.Certificate
	Nonce       string
}

// Open checks the signature of a request to an operation of a backend and
// decodes its payload into request. BadRequest where it is malformed, for
// another backend or operation, or not signed by the key of its certificate.
func (s Signed) Open(backend string, operation Operation, request any) (Opened, error) {
	opened, err := s.open(Address{Backend: backend, Operation: operation}, request)
	if err != nil {
		return Opened{}, Fail(BadRequest, err)
	}
	return opened, nil
}

func (s Signed) open(to Address, request any) (Opened, error) {
	if len(s) > maxSigned {
		return Opened{}, fmt.Errorf("%d bytes, more than %d", len(s), maxSigned)
	}
	jws, err := jose.ParseSignedCompact(string(s), algorithms())
	if err != nil {
		return Opened{}, err
	}
	header := jws.Signatures[0].Protected
	if url := header.ExtraHeaders["url"]; url != to.url() {
		return Opened{}, fmt.Errorf("it is for %q", url)
	}
	cert, err := s.signer()
	if err != nil {
		return Opened{}, err
	}
	if wanted, err := algorithmOf(cert.PublicKey); err != nil || string(wanted) != header.Algorithm {
		return Opened{}, fmt.Errorf("signed with %s by a %T", header.Algorithm, cert.PublicKey)
	}
	payload, err := jws.Verify(cert.PublicKey)
	if err != nil {
		return Opened{}, err
	}
	if err := json.Unmarshal(payload, request); err != nil {
		return Opened{}, err
	}
	return Opened{Certificate: cert, Nonce: header.Nonce}, nil
}

// signer reads the certificate out of the protected header, which go-jose hands
// out only to who trusts a root. Whether it is one of ours is for the records to
// say.
func (s Signed) signer() (*x509.Certificate, error) {
	encoded, _, _ := strings.Cut(string(s), ".")
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	var header struct {
		X5C [][]byte `json:"x5c"` // base64, not base64url (RFC 7515 §4.1.6)
	}
	if err := json.Unmarshal(text, &header); err != nil {
		return nil, err
	}
	if len(header.X5C) == 0 {
		return nil, errors.New("no x5c")
	}
	return x509.ParseCertificate(header.X5C[0])
}

// algorithms are those that a request may be signed with.
func algorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.ES256, jose.ES384, jose.PS256, jose.EdDSA}
}

// algorithmOf is the one algorithm that goes with a key.
func algorithmOf(public crypto.PublicKey) (jose.SignatureAlgorithm, error) {
	switch key := public.(type) {
	case *ecdsa.PublicKey:
		switch key.Curve {
		case elliptic.P256():
			return jose.ES256, nil
		case elliptic.P384():
			return jose.ES384, nil
		}
	case *rsa.PublicKey:
		return jose.PS256, nil
	case ed25519.PublicKey:
		return jose.EdDSA, nil
	}
	return "", fmt.Errorf("no algorithm for a %T", public)
}
