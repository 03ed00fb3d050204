package wallet

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"

	"software.sslmate.com/src/go-pkcs12"
)

// The reasons why ParseBundle cannot read a file, to be told apart with
// errors.Is.
var (
	// ErrFilePassword: the password does not open the file. With an empty
	// password: it needs one.
	ErrFilePassword = errors.New("wrong password of the file")
	// ErrNoBundle: it is neither PKCS#12 nor PEM, or a damaged one.
	ErrNoBundle = errors.New("neither PKCS#12 nor PEM")
	// ErrBER: PKCS#12 in BER, such as NSS and old programs write it.
	ErrBER = errors.New("PKCS#12 in BER instead of DER")
	// ErrNoMAC: PKCS#12 without a MAC: nothing shows that it is unchanged.
	ErrNoMAC = errors.New("PKCS#12 without a MAC")
	// ErrUnreadable: PKCS#12 made up or encrypted in a way that is not known here.
	ErrUnreadable = errors.New("PKCS#12 of an unknown kind")
	// ErrKeyEncrypted: PEM with an encrypted key.
	ErrKeyEncrypted = errors.New("the key is encrypted")
	// ErrNoKey: there is no private key in it.
	ErrNoKey = errors.New("no private key")
	// ErrSeveralKeys: there is more than one.
	ErrSeveralKeys = errors.New("more than one private key")
	// ErrNoCertificate: no certificate in it is the key's.
	ErrNoCertificate = errors.New("no certificate of the key")
)

// ParseBundle reads a key with its certificates as other programs write them:
// PKCS#12 in DER (RFC 7292) under a password, which may be empty, or PEM with
// an unencrypted key (PKCS#8, PKCS#1, SEC 1). The chain of the result begins
// with the key's certificate, goes on as far as certificates in the file have
// signed one another, and may lack a root. What does not belong to it is left
// out.
func ParseBundle(data []byte, password string) (*Bundle, error) {
	if TakesPassword(data) {
		return parsePKCS12(data, password)
	}
	return parsePEM(data)
}

// TakesPassword tells whether a password may open what ParseBundle is given: it
// is not PEM.
func TakesPassword(data []byte) bool { return !bytes.Contains(data, []byte("-----BEGIN ")) }

func parsePKCS12(data []byte, password string) (*Bundle, error) {
	if err := checkPFX(data); err != nil {
		return nil, err
	}
	key, leaf, others, err := pkcs12.DecodeChain(data, password)
	if err != nil {
		return nil, parseError(err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a key of type %T: %w", key, ErrNoKey)
	}
	return assemble(signer, append([]*x509.Certificate{leaf}, others...))
}

// pfx is the outermost structure of a PKCS#12 file (RFC 7292 4).
type pfx struct {
	Version  int
	AuthSafe asn1.RawValue
	MAC      asn1.RawValue `asn1:"optional"`
}

// checkPFX finds out what is wrong with a file that is opened by no password.
func checkPFX(data []byte) error {
	var outer pfx
	rest, err := asn1.Unmarshal(data, &outer)
	switch {
	case err != nil:
		return parseError(err)
	case len(rest) > 0 || outer.Version != 3:
		return ErrNoBundle
	case len(outer.MAC.FullBytes) == 0:
		return ErrNoMAC
	}
	return nil
}

// parseError sorts the errors of go-pkcs12 and encoding/asn1, most of which
// have no type.
func parseError(err error) error {
	unknown := pkcs12.NotImplementedError("")
	switch text := err.Error(); {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return ErrFilePassword
	case errors.As(err, &unknown):
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	case strings.Contains(text, "indefinite length"): // X.690 8.1.3.6
		return ErrBER
	case text == "pkcs12: expected exactly one key bag":
		return ErrSeveralKeys
	case text == "pkcs12: private key missing":
		return ErrNoKey
	case text == "pkcs12: certificate missing":
		return ErrNoCertificate
	}
	return fmt.Errorf("%w: %w", ErrNoBundle, err)
}

func parsePEM(data []byte) (*Bundle, error) {
	var keys []crypto.Signer
	var certs []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		switch {
		case block.Type == "CERTIFICATE":
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrNoBundle, err)
			}
			certs = append(certs, c)
		case block.Type == "ENCRYPTED PRIVATE KEY", block.Headers["DEK-Info"] != "":
			return nil, ErrKeyEncrypted
		case strings.HasSuffix(block.Type, "PRIVATE KEY"):
			key, err := parseKey(block)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrNoBundle, err)
			}
			keys = append(keys, key)
		}
	}
	switch {
	case len(keys) > 1:
		return nil, ErrSeveralKeys
	case len(keys) == 1:
		return assemble(keys[0], certs)
	case len(certs) == 0:
		return nil, ErrNoBundle
	}
	return nil, ErrNoKey
}

func parseKey(block *pem.Block) (crypto.Signer, error) {
	var key any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	default:
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a key of type %T signs nothing", key)
	}
	return signer, nil
}

// assemble finds the certificate of the key and those that sign it, in turn.
// Where several are the key's, the one that ends last is taken.
func assemble(key crypto.Signer, certs []*x509.Certificate) (*Bundle, error) {
	var leaf *x509.Certificate
	for _, c := range certs {
		if matches(c, key) && (leaf == nil || c.NotAfter.After(leaf.NotAfter)) {
			leaf = c
		}
	}
	if leaf == nil {
		return nil, ErrNoCertificate
	}
	chain := []*x509.Certificate{leaf}
	for {
		last := chain[len(chain)-1]
		i := slices.IndexFunc(certs, func(c *x509.Certificate) bool {
			return !slices.ContainsFunc(chain, c.Equal) && last.CheckSignatureFrom(c) == nil
		})
		if i < 0 || last.CheckSignatureFrom(last) == nil {
			return &Bundle{Key: key, Chain: chain}, nil
		}
		chain = append(chain, certs[i])
	}
}

// DefaultName returns a name for the bundle of a file, by what its subject says
// in the letters that a name may have: the common name, else the first other
// attribute that says anything, else the serial number.
func (b *Bundle) DefaultName() string {
	leaf := b.Chain[0]
	if name := NameOf(leaf.Subject.CommonName); name != "" {
		return name
	}
	for _, a := range slices.Backward(leaf.Subject.Names) {
		if name := NameOf(fmt.Sprint(a.Value)); name != "" {
			return name
		}
	}
	return NameOf(leaf.SerialNumber.Text(16))
}

// matches tells whether the certificate is the key's.
func matches(c *x509.Certificate, key crypto.Signer) bool {
	public, ok := c.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(key.Public())
}
