package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"certctl/pkg/seal"
)

const row = "token/123/secret"

func newKey(t testing.TB, fill byte) *seal.Key {
	t.Helper()
	key, err := seal.New(bytes.Repeat([]byte{fill}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestNewRefusesOtherSizes(t *testing.T) {
	for _, size := range []int{0, 16, 31, 33, 64} {
		if _, err := seal.New(make([]byte, size)); err == nil {
			t.Errorf("a key of %d bytes is accepted", size)
		}
	}
}

func TestNewCopiesTheKey(t *testing.T) {
	raw := bytes.Repeat([]byte{1}, seal.KeySize)
	key, err := seal.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw)
	if want, got := newKey(t, 1).Derive("x").MAC(), key.Derive("x").MAC(); !bytes.Equal(want, got) {
		t.Error("the key changes with the slice it was made from")
	}
}

func TestSealOpens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), seal.KeySize, seal.KeySize).Draw(t, "key")
		plaintext := rapid.SliceOf(rapid.Byte()).Draw(t, "plaintext")
		aad := rapid.String().Draw(t, "aad")

		key, err := seal.New(raw)
		if err != nil {
			t.Fatal(err)
		}
		sealed := key.Seal(plaintext, aad)
		if len(sealed) != len(plaintext)+seal.Overhead {
			t.Fatalf("sealed %d bytes to %d", len(plaintext), len(sealed))
		}
		again, err := seal.New(raw)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := again.Open(sealed, aad)
		if err != nil || !bytes.Equal(opened, plaintext) {
			t.Fatalf("opened %x, %v; want %x", opened, err, plaintext)
		}
		if other := aad + "x"; !errors.Is(openError(key, sealed, other), seal.ErrOpen) {
			t.Fatalf("sealed as %q opens as %q", aad, other)
		}
	})
}

func openError(key *seal.Key, sealed []byte, aad string) error {
	_, err := key.Open(sealed, aad)
	return err
}

func TestOpenRefuses(t *testing.T) {
	key := newKey(t, 1)
	sealed := key.Seal([]byte("secret"), row)
	tests := []struct {
		name   string
		key    *seal.Key
		sealed []byte
		aad    string
	}{
		{"another row", key, sealed, "token/124/secret"},
		{"another column", key, sealed, "token/123/name"},
		{"no row", key, sealed, ""},
		{"another key", newKey(t, 2), sealed, row},
		{"a derived key", key.Derive("session"), sealed, row},
		{"what a derived key sealed", key, key.Derive("session").Seal([]byte("secret"), row), row},
		{"another purpose", key.Derive("audit"), key.Derive("session").Seal(nil, row), row},
		{"a purpose twice", key.Derive("a"), key.Derive("a").Derive("a").Seal(nil, row), row},
		{"a longer value", key, append(slices.Clone(sealed), 0), row},
		{"nil", key, nil, row},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if opened, err := test.key.Open(test.sealed, test.aad); err != seal.ErrOpen || opened != nil {
				t.Errorf("opened %x, %v; want ErrOpen itself", opened, err)
			}
		})
	}
}

func TestOpenRefusesEveryFlippedBitAndEveryPrefix(t *testing.T) {
	key := newKey(t, 1)
	sealed := key.Seal([]byte("a secret of a row"), row)
	for i := range len(sealed) * 8 {
		flipped := slices.Clone(sealed)
		flipped[i/8] ^= 1 << (i % 8)
		if err := openError(key, flipped, row); err != seal.ErrOpen {
			t.Errorf("bit %d flipped: %v", i, err)
		}
	}
	for n := range sealed {
		if err := openError(key, sealed[:n], row); err != seal.ErrOpen {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
}

func TestSealNeverRepeats(t *testing.T) {
	key := newKey(t, 1)
	seen := map[string]bool{}
	for range 1000 {
		nonce := string(key.Seal(nil, row)[:12])
		if seen[nonce] {
			t.Fatal("a nonce came twice")
		}
		seen[nonce] = true
	}
}

// A sealed value and MACs of a key of bytes 0x01, as the first version of the
// format made them, computed apart from this package by another implementation of
// HKDF, HMAC and AES-GCM. They must come out the same for ever.
func TestFormatStays(t *testing.T) {
	key := newKey(t, 1)
	if got := hex.EncodeToString(key.MAC([]byte("ab"), []byte("c"))); got != "ff386219967ceccb98c0471d2f88f24eb79555a6ff2797d88df27da7d1969726" {
		t.Errorf("MAC = %s", got)
	}
	if got := hex.EncodeToString(key.Derive("audit").MAC()); got != "9a12a28b27e7f84d509c38f47a2449e2074ff32a395feb541529811b120c87b7" {
		t.Errorf("derived MAC = %s", got)
	}
	sealed, err := hex.DecodeString("000102030405060708090a0b031fa842803433627ac95c1cb86594329957d0137e72")
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := key.Open(sealed, row); err != nil || string(opened) != "secret" {
		t.Errorf("opened %q, %v", opened, err)
	}
}

func TestMACTellsPartsApart(t *testing.T) {
	key := newKey(t, 1)
	messages := [][][]byte{
		nil,
		{{}},
		{{}, {}},
		{[]byte("abc")},
		{[]byte("ab"), []byte("c")},
		{[]byte("a"), []byte("bc")},
		{[]byte("abc"), {}},
		{{}, []byte("abc")},
		{make([]byte, 8)},
	}
	seen := map[string]int{}
	for i, parts := range messages {
		for _, k := range []*seal.Key{key, newKey(t, 2), key.Derive(""), key.Derive("audit"), key.Derive("session")} {
			mac := k.MAC(parts...)
			if len(mac) != 32 {
				t.Fatalf("a MAC of %d bytes", len(mac))
			}
			if !bytes.Equal(mac, k.MAC(parts...)) {
				t.Errorf("message %d has two MACs", i)
			}
			if j, ok := seen[string(mac)]; ok {
				t.Errorf("messages %d and %d share a MAC", i, j)
			}
			seen[string(mac)] = i
		}
	}
}

func TestKeyIsNeverShown(t *testing.T) {
	raw := bytes.Repeat([]byte{0xa5}, seal.KeySize)
	key := newKey(t, 0xa5)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		for _, shown := range []string{
			fmt.Sprintf(verb, key), fmt.Sprintf(verb, *key), fmt.Sprintf(verb, struct{ K *seal.Key }{key}),
		} {
			if !strings.Contains(shown, "REDACTED") || strings.Contains(strings.ToLower(shown), "a5a5") || strings.Contains(shown, "165 165") {
				t.Errorf("%s shows %s", verb, shown)
			}
		}
	}
	if _, err := seal.New(raw[1:]); strings.Contains(fmt.Sprint(err), "a5a5") {
		t.Errorf("the error shows the key: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	key := newKey(f, 1)
	f.Add(key.Seal([]byte("secret"), row), row)
	f.Add([]byte{}, "")
	f.Fuzz(func(t *testing.T, sealed []byte, aad string) {
		opened, err := key.Open(sealed, aad)
		if err != nil && (err != seal.ErrOpen || opened != nil) {
			t.Errorf("opened %x, %v", opened, err)
		}
	})
}
