package otp

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/argon2"
)

// How PINs are hashed: argon2id (RFC 9106) with 19 MiB and two passes, about 25
// ms, which OWASP recommends where many may be checked at once. The hash has its
// parameters with it, so that they may be raised.
const (
	pinMemory  = 19 << 10 // KiB
	pinPasses  = 2
	pinThreads = 1
	pinSalt    = 16 // bytes
	pinSum     = 32 // bytes
)

// pinAlphabet are the characters of a new PIN: no two of them look alike.
const pinAlphabet = "abcdefghjkmnpqrstuvwxyz23456789"

// pinLength is how long a new PIN is: 49 bits, which nobody guesses in five tries.
const pinLength = 10

// ErrPIN is the error of HashPIN for what is no PIN. It holds nothing of it.
var ErrPIN = errors.New("a PIN has 6 to 12 letters and digits")

// NewPIN returns a random PIN.
func NewPIN() string {
	pin := make([]byte, pinLength)
	for i := range pin {
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(pinAlphabet)))) // never fails: the program ends before
		pin[i] = pinAlphabet[n.Int64()]
	}
	return string(pin)
}

// ValidPIN tells whether pin is 6 to 12 ASCII letters and digits, as Normalize
// returns them.
func ValidPIN(pin string) bool {
	for _, c := range []byte(pin) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (c < '0' || c > '9') {
			return false
		}
	}
	return len(pin) >= 6 && len(pin) <= 12
}

// HashPIN returns what is kept of a PIN, in the form of the argon2 reference
// program; ErrPIN where it is none.
func HashPIN(pin string) (string, error) {
	if !ValidPIN(pin) {
		return "", ErrPIN
	}
	salt := make([]byte, pinSalt)
	rand.Read(salt) // never fails: the program ends before
	sum := argon2.IDKey([]byte(pin), salt, pinPasses, pinMemory, pinThreads, pinSum)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, pinMemory, pinPasses, pinThreads, b64(salt), b64(sum)), nil
}

// MatchPIN tells whether pin is the one that hash was made of. What is no PIN is
// not hashed. An error says that hash is none of HashPIN's.
func MatchPIN(hash, pin string) (bool, error) {
	var version, memory, passes, threads int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, errors.New("not an argon2id hash")
	}
	_, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &threads)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err, saltErr, sumErr); err != nil {
		return false, fmt.Errorf("read argon2id hash: %w", err)
	}
	if version != argon2.Version || passes < 1 || threads < 1 || threads > 255 || memory < 8 || memory > 1<<20 || len(sum) < pinSalt {
		return false, errors.New("an argon2id hash with parameters that are not ours")
	}
	if !ValidPIN(pin) {
		return false, nil
	}
	got := argon2.IDKey([]byte(pin), salt, uint32(passes), uint32(memory), uint8(threads), uint32(len(sum)))
	return subtle.ConstantTimeCompare(got, sum) == 1, nil
}
