package ca_test

import (
	"bytes"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/ca"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// newAuthorities returns a root and an issuing authority under it.
func newAuthorities(t testing.TB) (root, issuing *ca.Authority) {
	t.Helper()
	return newAuthoritiesAt(t, now)
}

func newAuthoritiesAt(t testing.TB, at time.Time) (root, issuing *ca.Authority) {
	t.Helper()
	root, err := ca.NewRoot("Example", at)
	if err != nil {
		t.Fatal(err)
	}
	issuing, err = root.NewIssuing("Example", at)
	if err != nil {
		t.Fatal(err)
	}
	return root, issuing
}

// newLeaf returns what the certificate of a new P-256 key is made from.
func newLeaf(t testing.TB) ca.Leaf {
	t.Helper()
	return ca.Leaf{
		Serial:     ca.NewSerial(),
		ContractID: "12345678901",
		UserID:     "tanaka",
		CommonName: "田中 太郎",
		NotBefore:  now.Add(-5 * time.Minute),
		NotAfter:   now.Add(365*24*time.Hour - time.Second),
		SPKI:       ecKey(elliptic.P256()).spki(),
	}
}

func sign(t testing.TB, authority *ca.Authority, leaf ca.Leaf) []byte {
	t.Helper()
	der, err := authority.Sign(leaf)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func parse(t testing.TB, der []byte) *x509.Certificate {
	t.Helper()
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// extensions lists a certificate's extensions by OID, "!" before the critical.
func extensions(cert *x509.Certificate) []string {
	var list []string
	for _, e := range cert.Extensions {
		oid := e.Id.String()
		if e.Critical {
			oid = "!" + oid
		}
		list = append(list, oid)
	}
	slices.Sort(list)
	return list
}

const (
	extSKI         = "2.5.29.14"
	extKeyUsage    = "!2.5.29.15"
	extConstraints = "!2.5.29.19"
	extCRL         = "2.5.29.31"
	extAKI         = "2.5.29.35"
	extEKU         = "2.5.29.37"
	extAIA         = "1.3.6.1.5.5.7.1.1"
)

// The profile of SPEC §8, field by field.
func TestLeafProfile(t *testing.T) {
	_, issuing := newAuthorities(t)
	leaf := newLeaf(t)
	cert := parse(t, sign(t, issuing, leaf))

	if got := ca.FormatSerial(cert.SerialNumber); got != leaf.Serial {
		t.Errorf("serial %s, want %s", got, leaf.Serial)
	}
	var subject pkix.RDNSequence
	if _, err := asn1.Unmarshal(cert.RawSubject, &subject); err != nil {
		t.Fatal(err)
	}
	if got, want := subject.String(), "CN=田中 太郎,0.9.2342.19200300.100.1.1=#130674616e616b61,O=12345678901"; got != want {
		t.Errorf("subject %s, want %s", got, want)
	}
	if !bytes.Contains(cert.RawSubject, append([]byte{0x0c, 13}, "田中 太郎"...)) {
		t.Errorf("subject %x: no UTF8String CN", cert.RawSubject)
	}
	if !bytes.Equal(cert.RawIssuer, issuing.Certificate.RawSubject) {
		t.Errorf("issuer %v", cert.Issuer)
	}
	if !cert.NotBefore.Equal(leaf.NotBefore) || !cert.NotAfter.Equal(leaf.NotAfter) {
		t.Errorf("valid %v to %v", cert.NotBefore, cert.NotAfter)
	}
	if cert.Version != 3 || cert.SignatureAlgorithm != x509.ECDSAWithSHA256 {
		t.Errorf("version %d, signed with %v", cert.Version, cert.SignatureAlgorithm)
	}
	if !bytes.Equal(cert.RawSubjectPublicKeyInfo, leaf.SPKI) {
		t.Errorf("key %x", cert.RawSubjectPublicKeyInfo)
	}
	if cert.KeyUsage != x509.KeyUsageDigitalSignature {
		t.Errorf("key usage %b", cert.KeyUsage)
	}
	if !slices.Equal(cert.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}) || cert.UnknownExtKeyUsage != nil {
		t.Errorf("extended key usage %v %v", cert.ExtKeyUsage, cert.UnknownExtKeyUsage)
	}
	if !cert.BasicConstraintsValid || cert.IsCA {
		t.Errorf("basic constraints %v, CA %v", cert.BasicConstraintsValid, cert.IsCA)
	}
	// RFC 7093 §2 method 1, of the 65 bytes that end a P-256 key.
	sum := sha256.Sum256(leaf.SPKI[len(leaf.SPKI)-65:])
	if !bytes.Equal(cert.SubjectKeyId, sum[:20]) {
		t.Errorf("subject key id %x, want %x", cert.SubjectKeyId, sum[:20])
	}
	if !bytes.Equal(cert.AuthorityKeyId, issuing.Certificate.SubjectKeyId) {
		t.Errorf("authority key id %x, want %x", cert.AuthorityKeyId, issuing.Certificate.SubjectKeyId)
	}
	if got, want := extensions(cert), []string{extKeyUsage, extConstraints, extSKI, extAKI, extEKU}; !slices.Equal(got, want) {
		t.Errorf("extensions %v, want %v", got, want)
	}
}

func TestLeafNamesConfiguredURLs(t *testing.T) {
	_, issuing := newAuthorities(t)
	leaf := newLeaf(t)
	leaf.CRLURL = "http://ca.example/issuing.crl"
	leaf.OCSPURL = "http://ca.example/ocsp"
	leaf.IssuerURL = "http://ca.example/issuing.cer"
	cert := parse(t, sign(t, issuing, leaf))
	got := slices.Concat(cert.CRLDistributionPoints, cert.OCSPServer, cert.IssuingCertificateURL)
	if want := []string{leaf.CRLURL, leaf.OCSPURL, leaf.IssuerURL}; !slices.Equal(got, want) {
		t.Errorf("URLs %v, want %v", got, want)
	}
	if got, want := extensions(cert), []string{extKeyUsage, extConstraints, extAIA, extSKI, extCRL, extAKI, extEKU}; !slices.Equal(got, want) {
		t.Errorf("extensions %v, want %v", got, want)
	}
}

func TestCommonNameIsMadeToFit(t *testing.T) {
	_, issuing := newAuthorities(t)
	for name, want := range map[string]string{
		"Tanaka Tarō":                      "Tanaka Tarō",
		"":                                 "tanaka",
		" \t\n":                            "tanaka",
		"田中\x00 太郎\x1b[31m":                "田中 太郎[31m",
		"\xff\xfe田中":                       "田中",
		strings.Repeat("田", 65):            strings.Repeat("田", 64),
		strings.Repeat("a", 63) + " b":     strings.Repeat("a", 63),
		"a*b&c@d_e, O=99999999999+CN=root": "a*b&c@d_e, O=99999999999+CN=root",
	} {
		leaf := newLeaf(t)
		leaf.CommonName = name
		cert := parse(t, sign(t, issuing, leaf))
		if cert.Subject.CommonName != want || len(cert.Subject.Names) != 3 {
			t.Errorf("%q: subject %v, want CN %q", name, cert.Subject, want)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	_, issuing := newAuthorities(t)
	end := issuing.Certificate.NotAfter
	for name, test := range map[string]struct {
		change func(*ca.Leaf)
		want   error // nil: any
	}{
		"outliving its issuer":   {func(l *ca.Leaf) { l.NotAfter = end.Add(time.Second) }, ca.ErrOutlives},
		"contract ID of 65":      {func(l *ca.Leaf) { l.ContractID = strings.Repeat("1", 65) }, ca.ErrName},
		"no contract ID":         {func(l *ca.Leaf) { l.ContractID = "" }, ca.ErrName},
		"user ID of 65":          {func(l *ca.Leaf) { l.UserID = strings.Repeat("a", 65) }, ca.ErrName},
		"no user ID":             {func(l *ca.Leaf) { l.UserID = " " }, ca.ErrName},
		"user ID on two lines":   {func(l *ca.Leaf) { l.UserID = "a\nb" }, ca.ErrName},
		"user ID not in UTF-8":   {func(l *ca.Leaf) { l.UserID = "a\xff" }, ca.ErrName},
		"ends before it begins":  {func(l *ca.Leaf) { l.NotAfter = l.NotBefore.Add(-time.Second) }, nil},
		"no serial":              {func(l *ca.Leaf) { l.Serial = "" }, nil},
		"serial 0":               {func(l *ca.Leaf) { l.Serial = "0" }, nil},
		"negative serial":        {func(l *ca.Leaf) { l.Serial = "-1" }, nil},
		"serial in capitals":     {func(l *ca.Leaf) { l.Serial = "AB" }, nil},
		"serial of 129 bits":     {func(l *ca.Leaf) { l.Serial = "1" + strings.Repeat("0", 32) }, nil},
		"no key":                 {func(l *ca.Leaf) { l.SPKI = nil }, nil},
		"key with trailing data": {func(l *ca.Leaf) { l.SPKI = append(l.SPKI, 5, 0) }, nil},
	} {
		leaf := newLeaf(t)
		test.change(&leaf)
		der, err := issuing.Sign(leaf)
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if der != nil {
			t.Errorf("%s: a certificate came with the refusal", name)
		}
	}
}

func TestLeafMayEndWithItsIssuer(t *testing.T) {
	_, issuing := newAuthorities(t)
	leaf := newLeaf(t)
	leaf.NotAfter = issuing.Certificate.NotAfter.Add(999 * time.Millisecond)
	cert := parse(t, sign(t, issuing, leaf))
	if !cert.NotAfter.Equal(issuing.Certificate.NotAfter) {
		t.Errorf("ends %v, issuer %v", cert.NotAfter, issuing.Certificate.NotAfter)
	}
}

// A record signed again after a crash gives the same certificate but for the
// signature.
func TestSigningAgainChangesTheSignatureOnly(t *testing.T) {
	_, issuing := newAuthorities(t)
	leaf := newLeaf(t)
	first, second := parse(t, sign(t, issuing, leaf)), parse(t, sign(t, issuing, leaf))
	if !bytes.Equal(first.RawTBSCertificate, second.RawTBSCertificate) {
		t.Error("two certificates from one record")
	}
}

// A key that signs for another authority than its certificate's must not get a
// certificate out.
func TestSignNoticesAForeignKey(t *testing.T) {
	root, issuing := newAuthorities(t)
	mixed := &ca.Authority{Certificate: issuing.Certificate, Signer: root.Signer}
	if der, err := mixed.Sign(newLeaf(t)); err == nil {
		t.Errorf("signed %x", der)
	}
}

func TestSerials(t *testing.T) {
	seen := make(map[string]bool)
	for range 2000 {
		serial := ca.NewSerial()
		if seen[serial] || len(serial) > 32 || strings.Trim(serial, "0123456789abcdef") != "" || serial[0] == '0' {
			t.Fatalf("serial %q", serial)
		}
		seen[serial] = true
	}
}
