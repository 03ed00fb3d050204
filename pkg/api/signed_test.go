package api_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"certctl/pkg/api"
)

var there = api.Address{Backend: "0123", Operation: api.OperationRenew, Nonce: "once"}

func selfSigned(t *testing.T, key crypto.Signer) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(7)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func newECKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestSignedRequestsOfEveryKeyType(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []crypto.Signer{newECKey(t, elliptic.P256()), newECKey(t, elliptic.P384()), rsaKey, edKey} {
		cert := selfSigned(t, key)
		signed, err := api.Sender{Key: key, Certificate: cert}.Sign(there, api.RenewRequest{CSR: []byte("csr"), Early: true})
		if err != nil {
			t.Errorf("%T: %v", key, err)
			continue
		}
		var got api.RenewRequest
		opened, err := signed.Open(there.Backend, there.Operation, &got)
		if err != nil || !opened.Certificate.Equal(cert) || opened.Nonce != "once" || string(got.CSR) != "csr" || !got.Early {
			t.Errorf("%T: %+v, %+v, %v", key, opened, got, err)
		}
	}
	p224 := newECKey(t, elliptic.P224())
	if _, err := (api.Sender{Key: p224, Certificate: selfSigned(t, p224)}).Sign(there, nil); err == nil {
		t.Error("signed with a key on P-224")
	}
}

func TestForgedSignedRequests(t *testing.T) {
	key, other := newECKey(t, elliptic.P256()), newECKey(t, elliptic.P256())
	good, err := api.Sender{Key: key, Certificate: selfSigned(t, key)}.Sign(there, api.RenewRequest{})
	if err != nil {
		t.Fatal(err)
	}
	stolen, err := api.Sender{Key: other, Certificate: selfSigned(t, key)}.Sign(there, api.RenewRequest{})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(good), ".")
	encode := base64.RawURLEncoding.EncodeToString
	header, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(old, new string) api.Signed {
		return api.Signed(encode([]byte(strings.Replace(string(header), old, new, 1))) + "." + parts[1] + "." + parts[2])
	}
	for what, req := range map[string]api.Signed{
		"nothing":                   "",
		"no JWS":                    "x.y.z",
		"another's certificate":     stolen,
		"another payload":           api.Signed(parts[0] + "." + encode([]byte(`{"early":true}`)) + "." + parts[2]),
		"no signature":              api.Signed(parts[0] + "." + parts[1] + "."),
		"alg none":                  replaced("ES256", "none"),
		"alg HS256":                 replaced("ES256", "HS256"),
		"an algorithm of others":    replaced("ES256", "ES384"),
		"another nonce":             replaced("once", "more"),
		"a header that is no JSON":  api.Signed(encode([]byte("{")) + "." + parts[1] + "." + parts[2]),
		"no certificate":            replaced("x5c", "x5d"),
		"more than a request takes": good + api.Signed(strings.Repeat("A", 1<<20)),
	} {
		_, err := req.Open(there.Backend, there.Operation, &api.RenewRequest{})
		if api.CodeOf(err) != api.BadRequest {
			t.Errorf("%s: %v, want %s", what, err, api.BadRequest)
		}
	}
	for _, elsewhere := range []api.Address{{Backend: "4567", Operation: there.Operation}, {Backend: there.Backend, Operation: api.OperationRevoke}} {
		if _, err := good.Open(elsewhere.Backend, elsewhere.Operation, &api.RenewRequest{}); api.CodeOf(err) != api.BadRequest {
			t.Errorf("opened for %+v: %v", elsewhere, err)
		}
	}
}

func TestReasons(t *testing.T) {
	for text, want := range map[string]api.Reason{
		"key_compromise": api.ReasonKeyCompromise, "keyCompromise": api.ReasonKeyCompromise, "key-compromise": api.ReasonKeyCompromise,
		"Superseded": api.ReasonSuperseded, "cessationOfOperation": api.ReasonCessation, " unspecified": api.ReasonUnspecified,
	} {
		if got, err := api.ParseReason(text); err != nil || got != want {
			t.Errorf("ParseReason(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "certificateHold", "removeFromCRL"} {
		_, err := api.ParseReason(text)
		wantUsage(t, err, "reason", text)
	}
	numbers := map[api.Reason]int{}
	for _, r := range api.Reasons() {
		numbers[r] = r.Number()
	}
	if len(numbers) != 6 || numbers[api.ReasonKeyCompromise] != 1 || numbers[api.ReasonPrivilegeWithdrawn] != 9 {
		t.Errorf("%v", numbers)
	}
}
