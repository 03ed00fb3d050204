// Package seal keeps secrets in a database that others may read: it encrypts
// one value so that it opens only under the same 32-byte sealing key and in
// the same row, and it authenticates what is kept in clear.
//
// It knows no place to keep the sealing key (that is a keyring or a file, and
// the command line's business), no database, and no way to change keys.
//
// The sealing key itself encrypts and authenticates nothing. HKDF-SHA256
// (RFC 5869) makes one key for each use from it, so that neither a weakness
// nor a limit of one use reaches another.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// KeySize is the length of a sealing key in bytes.
const KeySize = 32

// Overhead is how many bytes Seal adds: a nonce of 12 and a tag of 16.
const Overhead = 12 + 16

// ErrOpen is the only error of Open. It does not say whether the key, the row
// or the bytes were wrong, because nobody but an attacker could use that.
var ErrOpen = errors.New("sealed value does not open")

// The uses of a key. They are part of the format: changing one makes every
// value sealed before unreadable.
const (
	useSeal   = "certctl/1/seal"
	useMAC    = "certctl/1/mac"
	useDerive = "certctl/1/derive/"
)

// Key is a sealing key with the keys made from it. It is safe for concurrent
// use and formats as REDACTED. The zero value is not usable.
type Key struct {
	root []byte
	mac  []byte
	aead cipher.AEAD
}

// New makes a Key from KeySize random bytes, which it copies. Any other length
// is an error.
func New(raw []byte) (*Key, error) {
	if len(raw) != KeySize {
		return nil, fmt.Errorf("sealing key has %d bytes instead of %d", len(raw), KeySize)
	}
	return newKey(slices.Clone(raw)), nil
}

func newKey(root []byte) *Key {
	block, err := aes.NewCipher(subkey(root, useSeal))
	if err != nil {
		panic("seal: " + err.Error()) // only a wrong key size, and that is a constant
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("seal: " + err.Error()) // only a block cipher that is not AES
	}
	return &Key{root: root, mac: subkey(root, useMAC), aead: aead}
}

// subkey returns the key of one use.
func subkey(root []byte, use string) []byte {
	key, err := hkdf.Key(sha256.New, root, nil, use, KeySize)
	if err != nil {
		panic("seal: " + err.Error()) // only a length beyond HKDF's, and that is a constant
	}
	return key
}

// Bytes returns what New was given, for a backup: whoever has it opens all that
// was sealed.
func (k *Key) Bytes() []byte { return slices.Clone(k.root) }

// Derive returns the key of a purpose of its own, such as "session" or
// "audit". It opens nothing that k or another purpose sealed, and its MACs are
// not theirs. The same purpose always gives the same key.
func (k *Key) Derive(purpose string) *Key {
	return newKey(subkey(k.root, useDerive+purpose))
}

// Seal encrypts plaintext with AES-256-GCM under a random 96-bit nonce, which
// comes first in the result: len(plaintext)+Overhead bytes, different at every
// call. aad says which row and column the value belongs to, such as
// "token/123/secret"; it is not in the result, and Open needs the same.
//
// One key seals at most 2^32 values (NIST SP 800-38D, section 8.3).
func (k *Key) Seal(plaintext []byte, aad string) []byte {
	return k.aead.Seal(nil, nil, plaintext, []byte(aad))
}

// Open returns what Seal was given with the same key and aad; anything else is
// ErrOpen.
func (k *Key) Open(sealed []byte, aad string) ([]byte, error) {
	plaintext, err := k.aead.Open(nil, nil, sealed, []byte(aad))
	if err != nil {
		return nil, ErrOpen
	}
	return plaintext, nil
}

// MAC returns the HMAC-SHA256 (32 bytes) of the parts. Each counts with its
// length, so that ("ab", "c") and ("a", "bc") differ. Compare MACs with
// hmac.Equal.
func (k *Key) MAC(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, k.mac)
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return h.Sum(nil)
}

// String returns REDACTED.
func (Key) String() string { return "REDACTED" }

// Format writes REDACTED for every verb: %#v and %x show no key either.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, k.String()) }
