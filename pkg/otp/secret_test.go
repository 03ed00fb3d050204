package otp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/otp"
)

// secret20 in base32.
const encoded20 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestNewSecret(t *testing.T) {
	for algorithm, size := range map[otp.Algorithm]int{otp.SHA1: 20, otp.SHA256: 32, otp.SHA512: 64} {
		p := otp.DefaultParams()
		p.Algorithm = algorithm
		a, b := p.NewSecret(), p.NewSecret()
		if len(a) != size {
			t.Errorf("%s: %d bytes, want %d", algorithm, len(a), size)
		}
		if bytes.Equal(a, b) {
			t.Errorf("%s: the same secret twice", algorithm)
		}
	}
}

func TestDecodeSecret(t *testing.T) {
	for _, text := range []string{
		encoded20,
		strings.ToLower(encoded20),
		"GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
		"gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq",
		" " + encoded20 + "\r\n",
		encoded20 + "======",
		"GEZDGNBVGY3TQOJQ　GEZDGNBVGY3TQOJQ",
	} {
		secret, err := otp.DecodeSecret(text)
		if err != nil || string(secret) != secret20 {
			t.Errorf("%q gives %q, %v", text, []byte(secret), err)
		}
	}
}

func TestDecodeSecretRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":          "",
		"only padding":   "======",
		"short":          otp.EncodeSecret(make(otp.Secret, 15)),
		"long":           otp.EncodeSecret(make(otp.Secret, 129)),
		"very long":      strings.Repeat(" ", 1<<20) + encoded20,
		"not base32":     "1" + encoded20[1:],
		"hexadecimal":    "3132333435363738393031323334353637383930",
		"impossible end": encoded20 + "A",
		"padding inside": "GEZDGNBV====" + encoded20,
		"full-width":     "ＧＥＺＤ" + encoded20[4:],
		"dotless i":      "ı" + encoded20[1:],
		"control":        encoded20 + "\x00",
		"no UTF-8":       encoded20 + "\xff",
		"an otpauth URI": "otpauth://totp/a?secret=" + encoded20,
		"underscore":     encoded20[:8] + "_" + encoded20[8:],
	} {
		if secret, err := otp.DecodeSecret(text); err != otp.ErrSecret || secret != nil {
			t.Errorf("%s: %d bytes, %v; want ErrSecret itself", name, len(secret), err)
		}
	}
}

func TestEncodeSecretDecodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := anySecret().Draw(t, "secret")
		decoded, err := otp.DecodeSecret(otp.EncodeSecret(secret))
		if err != nil || !bytes.Equal(decoded, secret) {
			t.Fatalf("%x comes back as %x, %v", secret, []byte(decoded), err)
		}
	})
}

func TestSecretIsNeverShown(t *testing.T) {
	secret := otp.Secret(secret20)
	holder := struct {
		Secret otp.Secret `json:"secret"`
	}{secret}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b"} {
		for _, shown := range []string{fmt.Sprintf(verb, secret), fmt.Sprintf(verb, holder), fmt.Sprintf(verb, &holder)} {
			leaks := strings.Contains(shown, secret20) || strings.Contains(shown, "31323334") ||
				strings.Contains(shown, "49 50") || strings.Contains(shown, "110001")
			if leaks || !strings.Contains(shown, "REDACTED") {
				t.Errorf("%s shows %s", verb, shown)
			}
		}
	}
	document, err := json.Marshal(holder)
	if err != nil || string(document) != `{"secret":"REDACTED"}` {
		t.Errorf("JSON is %s, %v", document, err)
	}
}

func TestURI(t *testing.T) {
	want := "otpauth://totp/certctl:12345678901%2Fyamada1?secret=" + encoded20 +
		"&issuer=certctl&algorithm=SHA1&digits=6&period=30"
	if got := otp.DefaultParams().URI("certctl", "12345678901/yamada1", otp.Secret(secret20)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}

	p := otp.Params{Digits: 8, Period: time.Minute, Algorithm: otp.SHA256}
	want = "otpauth://totp/A%20%26%20B-C:%E5%B1%B1%E7%94%B0%20%2B%3F%23%25?secret=" + encoded20 +
		"&issuer=A%20%26%20B-C&algorithm=SHA256&digits=8&period=60"
	if got := p.URI("A & B:C", "山田 +?#%", otp.Secret(secret20)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestURIReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		name := rapid.StringMatching(`[^:]{1,30}`)
		issuer, account := name.Draw(t, "issuer"), name.Draw(t, "account")

		uri, err := url.Parse(p.URI(issuer, account, secret))
		if err != nil {
			t.Fatal(err)
		}
		query, err := url.ParseQuery(uri.RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		if uri.Scheme != "otpauth" || uri.Host != "totp" || uri.Path != "/"+issuer+":"+account || query.Get("issuer") != issuer {
			t.Fatalf("%q of %q reads as %v", account, issuer, uri.Redacted())
		}
		if decoded, err := otp.DecodeSecret(query.Get("secret")); err != nil || !bytes.Equal(decoded, secret) {
			t.Fatalf("the secret reads as %x, %v", []byte(decoded), err)
		}
	})
}

func FuzzDecodeSecret(f *testing.F) {
	for _, text := range []string{encoded20, "gezd gnbv-", "=", "\xff", strings.Repeat("A", 205), "ı"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		secret, err := otp.DecodeSecret(text)
		if err != nil {
			if err != otp.ErrSecret || secret != nil {
				t.Errorf("%d bytes, %v", len(secret), err)
			}
			return
		}
		if len(secret) < 16 || len(secret) > 128 {
			t.Errorf("a secret of %d bytes", len(secret))
		}
		again, err := otp.DecodeSecret(otp.EncodeSecret(secret))
		if err != nil || !bytes.Equal(again, secret) {
			t.Errorf("the secret does not come back: %v", err)
		}
	})
}
