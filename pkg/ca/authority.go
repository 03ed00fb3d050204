package ca

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

const (
	rootYears    = 20
	issuingYears = 10

	// backdate is how far before now an authority's certificate and a
	// revocation list begin, for readers whose clock is slow. It is that of
	// holders' certificates, so that none begins before its issuer.
	backdate = 5 * time.Minute
)

// The refusals that a caller may want to tell apart.
var (
	// ErrOutlives says that a certificate would end after its issuer.
	ErrOutlives = errors.New("certificate would outlive its issuer")
	// ErrForeignKey says that a key is not the one of a certificate.
	ErrForeignKey = errors.New("key of another certificate")
	// ErrName says that a name does not fit a certificate's subject.
	ErrName = errors.New("name not usable in a certificate")
)

// Authority is a certificate authority: its certificate and the key that goes
// with it. It is safe for concurrent use where its Signer is.
type Authority struct {
	Certificate *x509.Certificate
	Signer      crypto.Signer
}

// NewRoot makes a self-signed root with a new P-256 key, valid for 20 years
// from now, under which one level of authorities may stand. Its subject is
// "NAME Root CA". ErrName where name is empty, too long, or has control
// characters.
func NewRoot(name string, now time.Time) (*Authority, error) {
	template, err := authorityTemplate(name+" Root CA", name, now, rootYears)
	if err != nil {
		return nil, err
	}
	template.MaxPathLen = 1
	return newAuthority(template, nil)
}

// NewIssuing makes an authority under a with a new P-256 key, valid for 10
// years from now, that signs holders' certificates only: its own extended key
// usage holds relying parties to that (RFC 5280 4.2.1.12). Its subject is
// "NAME Issuing CA YEAR", so that successors can be told apart by people too, or,
// where one of others has that, "NAME Issuing CA YEAR-2" and so on, without "CA"
// where there is no room for it: relying parties look for a revocation list by
// this name.
// ErrOutlives where a ends before; ErrName as with NewRoot.
func (a *Authority) NewIssuing(name string, now time.Time, others ...*x509.Certificate) (*Authority, error) {
	cn := issuingName(name, now.UTC().Year(), others)
	template, err := authorityTemplate(cn, name, now, issuingYears)
	if err != nil {
		return nil, err
	}
	if template.NotAfter.After(a.Certificate.NotAfter) {
		return nil, fmt.Errorf("issuing authority until %s: %w", template.NotAfter.Format(time.RFC3339), ErrOutlives)
	}
	template.MaxPathLenZero = true
	// Whatever this key is made to sign is good for these alone.
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageOCSPSigning}
	return newAuthority(template, a)
}

// issuingName is the common name of the next issuing authority. No number is given
// twice in a year, with "CA" or without.
func issuingName(name string, year int, others []*x509.Certificate) string {
	taken := func(names ...string) bool {
		return slices.ContainsFunc(others, func(c *x509.Certificate) bool { return slices.Contains(names, c.Subject.CommonName) })
	}
	long := fmt.Sprintf("%s Issuing CA %d", name, year)
	short := long
	for n := 2; taken(long, short); n++ {
		long = fmt.Sprintf("%s Issuing CA %d-%d", name, year, n)
		short = fmt.Sprintf("%s Issuing %d-%d", name, year, n)
	}
	if utf8.RuneCountInString(long) > maxName {
		return short
	}
	return long
}

func authorityTemplate(cn, name string, now time.Time, years int) (*x509.Certificate, error) {
	if err := checkName(name, cn); err != nil {
		return nil, err
	}
	subject, err := marshalName(attribute{oidCommonName, cn})
	if err != nil {
		return nil, err
	}
	now = now.UTC().Truncate(time.Second)
	return &x509.Certificate{
		SerialNumber:          newSerial(),
		RawSubject:            subject,
		NotBefore:             now.Add(-backdate),
		NotAfter:              now.AddDate(years, 0, 0).Add(-time.Second),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}, nil
}

// newAuthority signs the template with parent's key or, where parent is nil,
// with the new key itself.
func newAuthority(template *x509.Certificate, parent *Authority) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make authority key: %w", err)
	}
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, fmt.Errorf("encode authority key: %w", err)
	}
	template.SubjectKeyId, err = keyID(spki)
	if err != nil {
		return nil, err
	}
	issuer, signer := template, crypto.Signer(key)
	if parent != nil {
		issuer, signer = parent.Certificate, parent.Signer
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), signer)
	if err != nil {
		return nil, fmt.Errorf("sign authority certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("parse authority certificate: %w", err)
	}
	return &Authority{Certificate: cert, Signer: key}, nil
}

// MarshalKey returns the authority's private key as PKCS#8 DER, to be sealed:
// it is the whole secret. An error where the Signer does not give its key away,
// as hardware does not.
func (a *Authority) MarshalKey() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(a.Signer)
	if err != nil {
		return nil, fmt.Errorf("encode authority key: %w", err)
	}
	return der, nil
}

// ParseAuthority reads what Certificate.Raw and MarshalKey gave. It refuses a
// certificate that is not an authority's and a key that is not its own.
func ParseAuthority(certDER, pkcs8 []byte) (*Authority, error) {
	cert, err := x509.ParseCertificate(certDER)
	if err != nil {
		return nil, fmt.Errorf("parse authority certificate: %w", err)
	}
	if !cert.IsCA || cert.KeyUsage&x509.KeyUsageCertSign == 0 {
		return nil, errors.New("parse authority certificate: it may not sign certificates")
	}
	key, err := x509.ParsePKCS8PrivateKey(pkcs8)
	if err != nil {
		return nil, fmt.Errorf("parse authority key: %w", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("parse authority key: it cannot sign")
	}
	public, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(cert.PublicKey) {
		return nil, fmt.Errorf("parse authority key: %w", ErrForeignKey)
	}
	return &Authority{Certificate: cert, Signer: signer}, nil
}

// EmptyCRL returns a revocation list (RFC 5280 §5) of a that revokes nothing,
// DER: number 1, next update when a itself ends. A root that revokes nothing
// needs no other, but readers such as nginx refuse every chain without one.
func (a *Authority) EmptyCRL(now time.Time) ([]byte, error) {
	f, err := a.emptyCRL(CRL{Number: 1, ThisUpdate: now.Add(-backdate), NextUpdate: a.Certificate.NotAfter})
	return f.der, err
}
