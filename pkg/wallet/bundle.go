package wallet

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"software.sslmate.com/src/go-pkcs12"
)

const (
	// boxIterations is enough where the password is random (128 bits or more).
	boxIterations = 2048
	// exportIterations is for passwords that people choose.
	exportIterations = 600_000
)

// Bundle is a private key with its certificates: leaf, issuing, root. One that
// was imported may have the leaf alone.
type Bundle struct {
	Key   crypto.Signer
	Chain []*x509.Certificate
}

// String returns REDACTED.
func (Bundle) String() string { return redacted }

// GoString returns REDACTED, for %#v.
func (Bundle) GoString() string { return redacted }

// encodeBundle returns the PKCS#12 that a Box keeps. It leaves the root out:
// that is in the public chain, and without it the default bundle fits one item
// of every keyring. The leaf is always in it.
func encodeBundle(key crypto.Signer, chain []*x509.Certificate, password string) ([]byte, error) {
	p12, err := pkcs12.Modern2023.WithIterations(boxIterations).
		Encode(key, chain[0], chain[1:max(1, len(chain)-1)], password)
	if err != nil {
		return nil, fmt.Errorf("encode bundle: %w", err)
	}
	return p12, nil
}

func decodeBundle(s Secret) (*Bundle, error) {
	key, leaf, ca, err := pkcs12.DecodeChain(s.Data, s.Password)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("%w: a key of type %T", ErrDamaged, key)
	}
	return &Bundle{Key: signer, Chain: append([]*x509.Certificate{leaf}, ca...)}, nil
}

// complete extends the chain by the certificates of public that sign its end.
func (b *Bundle) complete(public []*x509.Certificate) {
	for _, c := range public {
		last := b.Chain[len(b.Chain)-1]
		if !last.Equal(c) && last.CheckSignatureFrom(c) == nil {
			b.Chain = append(b.Chain, c)
		}
	}
}

// Format is a file format that a bundle can be exported in.
type Format string

// The formats.
const (
	FormatPKCS12 Format = "p12" // PKCS#12 (RFC 7292), DER, under a password
	FormatPEM    Format = "pem" // the key as PKCS#8 (RFC 5958), unencrypted, then the chain
)

// ExportOptions say how a bundle is to leave the wallet.
type ExportOptions struct {
	Format   Format
	Password string // of PKCS#12; required there, refused with PEM
	// Legacy takes 3DES and SHA-1 instead of AES-256 and SHA-256, for readers
	// that know nothing better. Its protection is weak.
	Legacy bool
	// Iterations is how often the password of PKCS#12 is hashed, but with Legacy;
	// 0 is enough for one that a person chose.
	Iterations int
}

// Export returns the whole bundle as a file that other programs read. The
// caller keeps it private (0600).
func (b *Bundle) Export(o ExportOptions) ([]byte, error) {
	switch o.Format {
	case FormatPKCS12:
		if o.Password == "" {
			return nil, errors.New("export: PKCS#12 needs a password")
		}
		encoder := pkcs12.Modern2023.WithIterations(cmp.Or(o.Iterations, exportIterations))
		if o.Legacy {
			encoder = pkcs12.LegacyDES
		}
		data, err := encoder.Encode(b.Key, b.Chain[0], b.Chain[1:], o.Password)
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
		return data, nil
	case FormatPEM:
		if o.Password != "" || o.Legacy {
			return nil, errors.New("export: PEM takes no password")
		}
		return b.pem()
	}
	return nil, fmt.Errorf("export: unknown format %q", o.Format)
}

func (b *Bundle) pem() ([]byte, error) {
	key, err := b.keyPEM()
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return append(key, certificatesPEM(b.Chain)...), nil
}

// PEM returns what a TLS client reads: the certificates that it presents (leaf
// and issuing, without the root, which a server has), and the key as PKCS#8,
// unencrypted.
func (b *Bundle) PEM() (certificates, key []byte, err error) {
	key, err = b.keyPEM()
	return certificatesPEM(b.Presented()), key, err
}

// Presented returns the certificates that a TLS client presents: the chain
// without its root.
func (b *Bundle) Presented() []*x509.Certificate {
	last := b.Chain[len(b.Chain)-1]
	if len(b.Chain) > 1 && bytes.Equal(last.RawSubject, last.RawIssuer) {
		return b.Chain[:len(b.Chain)-1]
	}
	return b.Chain
}

func (b *Bundle) keyPEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(b.Key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

func certificatesPEM(chain []*x509.Certificate) []byte {
	var out bytes.Buffer
	for _, c := range chain {
		out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return out.Bytes()
}
