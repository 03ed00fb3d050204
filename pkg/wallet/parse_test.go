package wallet_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"certctl/pkg/wallet"
)

// foreign returns a file of testdata/p12; the README there says who made it.
func foreign(t testing.TB, names ...string) []byte {
	t.Helper()
	var all []byte
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "p12", name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	return all
}

func TestFilesOfOtherProgramsAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files    []string
		password string
		name     string // by default
		chain    int
	}{
		{[]string{"openssl-modern.p12"}, "test", "old00123456-sato", 3},
		{[]string{"openssl-legacy.p12"}, "test", "old00123457-ito", 3},
		{[]string{"openssl-3des-leaf-only.p12"}, "test", "old00123456-sato", 1},
		{[]string{"openssl-no-password.p12"}, "", "old00123456-sato", 3},
		{[]string{"gnutls.p12"}, "test", "old00123456-sato", 1},
		{[]string{"keytool.p12"}, "testtest", "old00123456-sato", 3},
		{[]string{"openssl.pem"}, "", "old00123456-sato", 3},
		{[]string{"openssl-certificates.pem", "openssl-sec1.key"}, "", "old00123456-sato", 3}, // root first
		{[]string{"openssl-pkcs1.pem"}, "", "old00123457-ito", 1},
	} {
		b, err := wallet.ParseBundle(foreign(t, c.files...), c.password)
		if err != nil {
			t.Errorf("%v: %v", c.files, err)
			continue
		}
		if len(b.Chain) != c.chain || b.DefaultName() != c.name {
			t.Errorf("%v: %d certificates, named %q", c.files, len(b.Chain), b.DefaultName())
		}
		w := fileWallet(t.TempDir(), nil)
		e, err := w.Put(t.Context(), wallet.Entry{Name: "old", AcquiredAt: time.Now()}, b.Key, b.Chain)
		if err != nil || !e.Imported() {
			t.Fatalf("%v: put: %v, imported: %v", c.files, err, e.Imported())
		}
		kept, err := w.Bundle(t.Context(), "old")
		if err != nil || len(kept.Chain) != c.chain || !kept.Chain[0].Equal(b.Chain[0]) {
			t.Errorf("%v: kept as %+v, %v", c.files, kept, err)
		}
	}
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	t.Parallel()
	modern := foreign(t, "openssl-modern.p12")
	for name, c := range map[string]struct {
		data     []byte
		password string
		want     error
	}{
		"empty":              {nil, "", wallet.ErrNoBundle},
		"text":               {[]byte("hello"), "", wallet.ErrNoBundle},
		"no password":        {modern, "", wallet.ErrFilePassword},
		"wrong password":     {modern, "Test", wallet.ErrFilePassword},
		"cut off":            {modern[:len(modern)-1], "test", wallet.ErrNoBundle},
		"longer":             {append(foreign(t, "openssl-modern.p12"), 0), "test", wallet.ErrNoBundle},
		"BER":                {foreign(t, "nss.p12"), "test", wallet.ErrBER},
		"no MAC":             {foreign(t, "openssl-nomac.p12"), "test", wallet.ErrNoMAC},
		"three parts":        {foreign(t, "gnutls-chain.p12"), "test", wallet.ErrUnreadable},
		"no key":             {foreign(t, "openssl-no-key.p12"), "test", wallet.ErrNoKey},
		"two keys":           {foreign(t, "keytool-two-keys.p12"), "testtest", wallet.ErrSeveralKeys},
		"certificates alone": {foreign(t, "openssl-certificates.pem"), "", wallet.ErrNoKey},
		"key alone":          {foreign(t, "openssl-sec1.key"), "", wallet.ErrNoCertificate},
		"encrypted key":      {foreign(t, "openssl-certificates.pem", "openssl-encrypted.key"), "", wallet.ErrKeyEncrypted},
		"encrypted SEC 1":    {foreign(t, "openssl-certificates.pem", "openssl-encrypted-sec1.key"), "", wallet.ErrKeyEncrypted},
		"empty PEM":          {[]byte("-----BEGIN NOTHING-----\n-----END NOTHING-----\n"), "", wallet.ErrNoBundle},
		"broken certificate": {[]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "", wallet.ErrNoBundle},
		"broken key":         {[]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "", wallet.ErrNoBundle},
	} {
		if _, err := wallet.ParseBundle(c.data, c.password); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// An imported certificate belongs to nobody that another one could belong to
// too: nothing takes its place.
func TestNothingReplacesAnImportedEntry(t *testing.T) {
	t.Parallel()
	w := fileWallet(t.TempDir(), nil)
	first, err := wallet.ParseBundle(foreign(t, "openssl.pem"), "")
	if err != nil {
		t.Fatal(err)
	}
	second, err := wallet.ParseBundle(foreign(t, "openssl-pkcs1.pem"), "")
	if err != nil {
		t.Fatal(err)
	}
	e := wallet.Entry{Name: "old", AcquiredAt: time.Now()}
	if _, err := w.Put(t.Context(), e, first.Key, first.Chain); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Put(t.Context(), e, second.Key, second.Chain); !errors.Is(err, wallet.ErrNameTaken) {
		t.Errorf("another import under the name: %v", err)
	}
	key := newKey(t, "ec-p256")
	if _, err := w.Put(t.Context(), entry("old"), key, newAuthority(t, "ec-p256", "Test").chain(t, key.Public(), tanaka)); !errors.Is(err, wallet.ErrNameTaken) {
		t.Errorf("an acquired certificate under the name: %v", err)
	}
	if b, err := w.Bundle(t.Context(), "old"); err != nil || !b.Chain[0].Equal(first.Chain[0]) {
		t.Errorf("the first one is gone: %v", err)
	}
}

func TestNamesAreMadeOfSubjects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Sato Taro":            "sato-taro",
		"  --x..y--  z.":       "x..y-z",
		"佐藤":                   "",
		"佐藤 S12":               "s12",
		"a@example.com":        "a-example.com",
		"_.-":                  "",
		"NUL":                  "",
		"Con. Sato":            "",
		"12345678901 / TANAKA": "12345678901-tanaka",
	} {
		if got := wallet.NameOf(text); got != want || got != "" && !wallet.ValidName(got) {
			t.Errorf("%q makes %q, want %q", text, got, want)
		}
	}
}

func FuzzParseBundle(f *testing.F) {
	f.Add(foreign(f, "openssl.pem"))
	f.Add(foreign(f, "gnutls.p12"))
	f.Add(foreign(f, "nss.p12"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := wallet.ParseBundle(data, "test")
		if err == nil && (b.Key == nil || len(b.Chain) == 0) {
			t.Error("neither a bundle nor an error")
		}
	})
}
