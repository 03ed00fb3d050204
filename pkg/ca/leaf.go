package ca

import (
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"time"
)

// Leaf is all that makes one holder's certificate different from another's. A
// record of it and the issuer's key make the same certificate again, but for
// the signature.
type Leaf struct {
	// Serial is as NewSerial returned it.
	Serial string
	// ContractID and UserID become O and UID; 1 to 64 characters.
	ContractID, UserID string
	// CommonName becomes CN: the display name. It is made to fit (control
	// characters dropped, cut to 64 characters); the user ID where nothing is
	// left.
	CommonName string
	// NotBefore and NotAfter are the first and the last moment of validity;
	// fractions of a second are dropped.
	NotBefore, NotAfter time.Time
	// SPKI is the holder's public key, a SubjectPublicKeyInfo in DER.
	SPKI []byte
	// CRLURL is where the issuer's revocation list is, OCSPURL its responder,
	// IssuerURL its certificate. Each is left out where empty.
	CRLURL, OCSPURL, IssuerURL string
}

// Sign makes a certificate for TLS client authentication after RFC 5280 and
// returns it in DER, parsed and verified against a once more. ErrOutlives where
// it would end after a; ErrName where an ID does not fit the subject.
func (a *Authority) Sign(leaf Leaf) ([]byte, error) {
	template, err := leaf.template()
	if err != nil {
		return nil, err
	}
	if template.NotAfter.After(a.Certificate.NotAfter) {
		return nil, fmt.Errorf("certificate until %s: %w", template.NotAfter.Format(time.RFC3339), ErrOutlives)
	}
	public, err := x509.ParsePKIXPublicKey(leaf.SPKI)
	if err != nil {
		return nil, fmt.Errorf("parse public key: %w", err)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.Certificate, public, a.Signer)
	if err != nil {
		return nil, fmt.Errorf("sign certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("parse signed certificate: %w", err)
	}
	if err := cert.CheckSignatureFrom(a.Certificate); err != nil {
		return nil, fmt.Errorf("verify signed certificate: %w", err)
	}
	return der, nil
}

func (l Leaf) template() (*x509.Certificate, error) {
	serial, err := parseSerial(l.Serial)
	if err != nil {
		return nil, err
	}
	subject, err := l.subject()
	if err != nil {
		return nil, err
	}
	id, err := keyID(l.SPKI)
	if err != nil {
		return nil, err
	}
	notBefore, notAfter := l.NotBefore.UTC().Truncate(time.Second), l.NotAfter.UTC().Truncate(time.Second)
	if notAfter.Before(notBefore) {
		return nil, errors.New("certificate would end before it begins")
	}
	return &x509.Certificate{
		SerialNumber:          serial,
		RawSubject:            subject,
		NotBefore:             notBefore,
		NotAfter:              notAfter,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true, // cA FALSE, critical
		SubjectKeyId:          id,
		CRLDistributionPoints: optional(l.CRLURL),
		OCSPServer:            optional(l.OCSPURL),
		IssuingCertificateURL: optional(l.IssuerURL),
	}, nil
}

func (l Leaf) subject() ([]byte, error) {
	for _, id := range []string{l.ContractID, l.UserID} {
		if err := checkName(id, id); err != nil {
			return nil, err
		}
	}
	cn := fitName(l.CommonName)
	if cn == "" {
		cn = l.UserID
	}
	return marshalName(
		attribute{oidOrganization, l.ContractID},
		attribute{oidUserID, l.UserID},
		attribute{oidCommonName, cn},
	)
}

func optional(url string) []string {
	if url == "" {
		return nil
	}
	return []string{url}
}
