package ca_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/ca"
)

func TestAuthorityProfiles(t *testing.T) {
	root, issuing := newAuthorities(t)
	for _, test := range []struct {
		name       string
		cert       *x509.Certificate
		issuer     *x509.Certificate
		subject    string
		pathLen    int
		end        time.Time
		extensions []string
	}{
		{"root", root.Certificate, root.Certificate, "CN=Example Root CA", 1,
			time.Date(2047, 3, 1, 8, 59, 59, 0, time.UTC), []string{extKeyUsage, extConstraints, extSKI}},
		{"issuing", issuing.Certificate, root.Certificate, "CN=Example Issuing CA 2027", 0,
			time.Date(2037, 3, 1, 8, 59, 59, 0, time.UTC), []string{extKeyUsage, extConstraints, extSKI, extAKI, extEKU}},
	} {
		if got := test.cert.Subject.String(); got != test.subject {
			t.Errorf("%s: subject %s, want %s", test.name, got, test.subject)
		}
		if err := test.cert.CheckSignatureFrom(test.issuer); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if !test.cert.NotBefore.Equal(now.Add(-5*time.Minute)) || !test.cert.NotAfter.Equal(test.end) {
			t.Errorf("%s: valid %v to %v", test.name, test.cert.NotBefore, test.cert.NotAfter)
		}
		if !test.cert.IsCA || test.cert.MaxPathLen != test.pathLen || test.cert.MaxPathLenZero != (test.pathLen == 0) {
			t.Errorf("%s: CA %v, path length %d", test.name, test.cert.IsCA, test.cert.MaxPathLen)
		}
		if test.cert.KeyUsage != x509.KeyUsageCertSign|x509.KeyUsageCRLSign {
			t.Errorf("%s: key usage %b", test.name, test.cert.KeyUsage)
		}
		if key := test.cert.PublicKey.(*ecdsa.PublicKey); key.Curve != elliptic.P256() {
			t.Errorf("%s: curve %v", test.name, key.Curve)
		}
		if got := extensions(test.cert); !slices.Equal(got, test.extensions) {
			t.Errorf("%s: extensions %v, want %v", test.name, got, test.extensions)
		}
	}
	want := []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageOCSPSigning}
	if got := issuing.Certificate.ExtKeyUsage; !slices.Equal(got, want) {
		t.Errorf("the issuing CA may sign for %v, want %v", got, want)
	}
}

func TestIssuingMayNotOutliveRoot(t *testing.T) {
	root, _ := newAuthorities(t)
	if _, err := root.NewIssuing("Example", now.AddDate(10, 0, 0)); err != nil {
		t.Errorf("ten years before the root ends: %v", err)
	}
	if _, err := root.NewIssuing("Example", now.AddDate(10, 0, 0).Add(time.Second)); !errors.Is(err, ca.ErrOutlives) {
		t.Errorf("a second later: %v, want %v", err, ca.ErrOutlives)
	}
}

func TestAuthorityNamesThatAreRefused(t *testing.T) {
	root, _ := newAuthorities(t)
	for _, name := range []string{"", "  ", "a\nb", "a\xff", strings.Repeat("銀", 57)} {
		if _, err := ca.NewRoot(name, now); !errors.Is(err, ca.ErrName) {
			t.Errorf("root %q: %v, want %v", name, err, ca.ErrName)
		}
		if _, err := root.NewIssuing(name, now); !errors.Is(err, ca.ErrName) {
			t.Errorf("issuing %q: %v, want %v", name, err, ca.ErrName)
		}
	}
}

func TestAuthorityNamesMayFillTheirPlace(t *testing.T) {
	name := strings.Repeat("銀", 48)
	root, err := ca.NewRoot(name, now)
	if err != nil {
		t.Fatal(err)
	}
	issuing, err := root.NewIssuing(name, now)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := issuing.Certificate.Subject.CommonName, name+" Issuing CA 2027"; got != want {
		t.Errorf("common name %q, want %q", got, want)
	}
	if _, err := root.NewIssuing(name+"行", now); !errors.Is(err, ca.ErrName) {
		t.Errorf("a character more: %v, want %v", err, ca.ErrName)
	}
}

// Successors in one year are told apart by a number, as like the first as there is
// room for, also beside the names that earlier releases gave.
func TestIssuingAuthoritiesOfOneYear(t *testing.T) {
	for name, want := range map[string][]string{
		"Example":               {"Example Issuing CA 2027", "Example Issuing CA 2027-2", "Example Issuing CA 2027-3"},
		strings.Repeat("銀", 46): {strings.Repeat("銀", 46) + " Issuing CA 2027", strings.Repeat("銀", 46) + " Issuing CA 2027-2"},
		strings.Repeat("銀", 47): {strings.Repeat("銀", 47) + " Issuing CA 2027", strings.Repeat("銀", 47) + " Issuing 2027-2", strings.Repeat("銀", 47) + " Issuing 2027-3"},
	} {
		root, err := ca.NewRoot(name, now)
		if err != nil {
			t.Fatal(err)
		}
		var others []*x509.Certificate
		for _, cn := range want {
			issuing, err := root.NewIssuing(name, now, others...)
			if err != nil {
				t.Fatal(err)
			}
			if got := issuing.Certificate.Subject.CommonName; got != cn {
				t.Errorf("common name %q, want %q", got, cn)
			}
			others = append(others, issuing.Certificate)
		}
	}
	root, err := ca.NewRoot("Example", now)
	if err != nil {
		t.Fatal(err)
	}
	earlier := []*x509.Certificate{
		{Subject: pkix.Name{CommonName: "Example Issuing CA 2027"}}, {Subject: pkix.Name{CommonName: "Example Issuing 2027-2"}},
	}
	issuing, err := root.NewIssuing("Example", now, earlier...)
	if err != nil || issuing.Certificate.Subject.CommonName != "Example Issuing CA 2027-3" {
		t.Errorf("beside an earlier name: %v, %v", issuing.Certificate.Subject, err)
	}
}

func TestParseAuthorityReadsWhatWasMarshalled(t *testing.T) {
	root, issuing := newAuthorities(t)
	key, err := issuing.MarshalKey()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ca.ParseAuthority(issuing.Certificate.Raw, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := parse(t, sign(t, again, newLeaf(t))).CheckSignatureFrom(issuing.Certificate); err != nil {
		t.Error(err)
	}

	holder := ecKey(elliptic.P256())
	template := newLeaf(t)
	template.SPKI = holder.spki()
	leaf := sign(t, issuing, template)
	holderKey, err := x509.MarshalPKCS8PrivateKey(holder.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, parts := range map[string][2][]byte{
		"another's certificate": {root.Certificate.Raw, key},
		"a holder's":            {leaf, holderKey},
		"no certificate":        {nil, key},
		"no key":                {issuing.Certificate.Raw, nil},
		"half a key":            {issuing.Certificate.Raw, key[:len(key)/2]},
	} {
		if _, err := ca.ParseAuthority(parts[0], parts[1]); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestEmptyCRL(t *testing.T) {
	root, _ := newAuthorities(t)
	der, err := root.EmptyCRL(now)
	if err != nil {
		t.Fatal(err)
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		t.Fatal(err)
	}
	if err := list.CheckSignatureFrom(root.Certificate); err != nil {
		t.Error(err)
	}
	if list.Number.Cmp(big.NewInt(1)) != 0 || len(list.RevokedCertificateEntries) != 0 {
		t.Errorf("number %v, %d entries", list.Number, len(list.RevokedCertificateEntries))
	}
	if !list.ThisUpdate.Equal(now.Add(-5*time.Minute)) || !list.NextUpdate.Equal(root.Certificate.NotAfter) {
		t.Errorf("from %v to %v", list.ThisUpdate, list.NextUpdate)
	}
	if !bytes.Equal(list.AuthorityKeyId, root.Certificate.SubjectKeyId) {
		t.Errorf("authority key id %x", list.AuthorityKeyId)
	}
}
