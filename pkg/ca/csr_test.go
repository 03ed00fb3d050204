package ca_test

import (
	"bytes"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titanous/rocacheck"

	"certctl/pkg/api"
	"certctl/pkg/ca"
)

func TestKeyTypesAreThoseOfTheAPI(t *testing.T) {
	for _, keyType := range api.KeyTypes() {
		der := readSpecimen(t, "ok-"+string(keyType))
		if _, err := ca.CheckCSR(der, []string{string(keyType)}); err != nil {
			t.Errorf("%s allowed: %v", keyType, err)
		}
		others := slices.DeleteFunc(slices.Clone(allKeyTypes), func(s string) bool { return s == string(keyType) })
		if _, err := ca.CheckCSR(der, others); !errors.Is(err, ca.ErrWeakKey) {
			t.Errorf("%s not allowed: %v", keyType, err)
		}
	}
}

func TestRequestIsTheKey(t *testing.T) {
	key := ecKey(elliptic.P256())
	got, err := ca.CheckCSR(key.request(), allKeyTypes)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.SPKI, key.spki()) {
		t.Errorf("key %x, want %x", got.SPKI, key.spki())
	}
	sum := sha256.Sum256(key.spki())
	if want := hex.EncodeToString(sum[:]); got.SPKIHash != want {
		t.Errorf("hash %s, want %s", got.SPKIHash, want)
	}
}

// Whatever a request asks for, the certificate is that of a bare one with the
// same key.
func TestNothingButTheKeyIsTaken(t *testing.T) {
	_, issuing := newAuthorities(t)
	key := ecKey(elliptic.P256())
	leaf := newLeaf(t)
	var signed [2][]byte
	for i, der := range [][]byte{key.request(), greedyRequest(key)} {
		request, err := ca.CheckCSR(der, allKeyTypes)
		if err != nil {
			t.Fatal(err)
		}
		leaf.SPKI = request.SPKI
		signed[i] = parse(t, sign(t, issuing, leaf)).RawTBSCertificate
	}
	if !bytes.Equal(signed[0], signed[1]) {
		t.Errorf("certificates differ:\n%x\n%x", signed[0], signed[1])
	}
}

func TestLargeRequestIsRefusedUnread(t *testing.T) {
	der := readSpecimen(t, "ok-ec-p256")
	for size, want := range map[int]string{64 << 10: "trailing data", 64<<10 + 1: "65537 bytes"} {
		_, err := ca.CheckCSR(append(slices.Clone(der), make([]byte, size-len(der))...), allKeyTypes)
		if !errors.Is(err, ca.ErrBadCSR) || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes: %v, want %q", size, err, want)
		}
	}
}

// The test for ROCA is checked against another implementation of it, on keys
// of both sorts.
func TestROCAAgreesWithOracle(t *testing.T) {
	for _, name := range []string{"ok-rsa-2048", "ok-rsa-3072", "rsa-roca-2048", "rsa-roca-3072", "rsa-close-primes", "rsa-square"} {
		der := readSpecimen(t, name)
		csr, err := x509.ParseCertificateRequest(der)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ca.CheckCSR(der, allKeyTypes)
		got := err != nil && strings.Contains(err.Error(), "ROCA")
		if want := rocacheck.IsWeak(csr.PublicKey.(*rsa.PublicKey)); got != want {
			t.Errorf("%s: ROCA %v, oracle says %v", name, got, want)
		}
	}
}

func FuzzCheckCSR(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(corpusDir, "*.der"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no corpus in %s: %v", corpusDir, err)
	}
	for _, file := range files {
		der, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		request, err := ca.CheckCSR(der, allKeyTypes)
		if err != nil {
			if errors.Is(err, ca.ErrBadCSR) == errors.Is(err, ca.ErrWeakKey) {
				t.Fatalf("not one refusal: %v", err)
			}
			return
		}
		if !slices.Contains(allKeyTypes, request.KeyType) {
			t.Fatalf("key type %q", request.KeyType)
		}
		key, err := x509.ParsePKIXPublicKey(request.SPKI)
		if err != nil {
			t.Fatal(err)
		}
		again, err := x509.MarshalPKIXPublicKey(key)
		if err != nil || !bytes.Equal(again, request.SPKI) {
			t.Fatalf("key in a second form: %x and %x, %v", request.SPKI, again, err)
		}
	})
}

func readSpecimen(t testing.TB, name string) []byte {
	t.Helper()
	der, err := os.ReadFile(filepath.Join(corpusDir, name+".der"))
	if err != nil {
		t.Fatal(err)
	}
	return der
}
