package ca_test

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"iter"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/ca"
)

func sequence(entries []ca.Revoked) iter.Seq2[ca.Revoked, error] {
	return func(yield func(ca.Revoked, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func randomEntries(n int) []ca.Revoked {
	reasons := []int{0, 1, 3, 4, 5, 9}
	all := make([]ca.Revoked, n)
	for i := range all {
		at := time.Date(2027+rand.IntN(40), 3, 1, 9, 0, rand.IntN(60), 0, time.UTC)
		all[i] = ca.Revoked{Serial: ca.NewSerial(), At: at, Reason: reasons[rand.IntN(len(reasons))]}
	}
	return all
}

// What the library reads of a list is what was put into it, at every size at
// which a length takes another byte.
func TestSignCRL(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	root, err := ca.NewRoot("Test", now)
	if err != nil {
		t.Fatal(err)
	}
	issuing, err := root.NewIssuing("Test", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 2, 3, 5, 6, 1300, 40_000} {
		entries := randomEntries(n)
		if n > 2 {
			entries[0].Serial, entries[1].Serial, entries[2].Serial = "1", "80", "7f"
		}
		c := ca.CRL{Number: int64(n) + 7, ThisUpdate: now, NextUpdate: now.Add(7 * 24 * time.Hour)}
		der, err := issuing.SignCRL(c, sequence(entries))
		if err != nil {
			t.Fatal(err)
		}
		list, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatalf("%d entries: %v", n, err)
		}
		if err := list.CheckSignatureFrom(issuing.Certificate); err != nil {
			t.Errorf("%d entries: %v", n, err)
		}
		if list.Number.Int64() != c.Number || !list.ThisUpdate.Equal(c.ThisUpdate) || !list.NextUpdate.Equal(c.NextUpdate) {
			t.Errorf("%d entries: %v, %v, %v", n, list.Number, list.ThisUpdate, list.NextUpdate)
		}
		var got []ca.Revoked
		for _, e := range list.RevokedCertificateEntries {
			got = append(got, ca.Revoked{Serial: ca.FormatSerial(e.SerialNumber), At: e.RevocationTime, Reason: e.ReasonCode})
		}
		if !slices.EqualFunc(got, entries, func(a, b ca.Revoked) bool {
			return a.Serial == b.Serial && a.At.Equal(b.At) && a.Reason == b.Reason
		}) {
			t.Errorf("%d entries came back as %d, or others", n, len(got))
		}
	}
}

// openssl reads a list, and finds its signature right.
func TestOpenSSLReadsTheCRL(t *testing.T) {
	now := time.Now()
	root, err := ca.NewRoot("Test", now)
	if err != nil {
		t.Fatal(err)
	}
	entries := []ca.Revoked{{Serial: "abc", At: now, Reason: 1}, {Serial: "8000", At: now}}
	der, err := root.SignCRL(ca.CRL{Number: 300, ThisUpdate: now, NextUpdate: now.Add(time.Hour)}, sequence(entries))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	crl, chain := filepath.Join(dir, "crl.der"), filepath.Join(dir, "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate.Raw})
	if err := errors.Join(os.WriteFile(crl, der, 0o600), os.WriteFile(chain, text, 0o600)); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("openssl", "crl", "-inform", "DER", "-in", crl, "-CAfile", chain, "-noout", "-text").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"verify OK", "Serial Number: 0ABC", "Serial Number: 8000", "Key Compromise", "300"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("openssl says nothing of %q:\n%s", want, out)
		}
	}
}

// An entry that cannot be read makes no list, rather than a shorter one.
func TestSignCRLOfBadEntries(t *testing.T) {
	now := time.Now()
	root, err := ca.NewRoot("Test", now)
	if err != nil {
		t.Fatal(err)
	}
	c := ca.CRL{Number: 1, ThisUpdate: now, NextUpdate: now.Add(time.Hour)}
	for _, serial := range []string{"", "xyz", "-1", fmt.Sprintf("%x", new(big.Int).Lsh(big.NewInt(1), 200))} {
		if _, err := root.SignCRL(c, sequence([]ca.Revoked{{Serial: serial, At: now}})); err == nil {
			t.Errorf("serial %q: a list", serial)
		}
	}
	broken := errors.New("broken")
	_, err = root.SignCRL(c, func(yield func(ca.Revoked, error) bool) {
		if yield(ca.Revoked{Serial: "1", At: now}, nil) {
			yield(ca.Revoked{}, broken)
		}
	})
	if !errors.Is(err, broken) {
		t.Errorf("an error among the entries: %v", err)
	}
}
