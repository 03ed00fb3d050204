package otp

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Secret is the key that a token and its verifier share, as raw bytes. It
// formats and marshals as REDACTED; string(s) and EncodeSecret give it away.
type Secret []byte

const redacted = "REDACTED"

// String returns REDACTED.
func (Secret) String() string { return redacted }

// Format writes REDACTED for every verb: %x and %d show nothing either.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, redacted) }

// MarshalText returns REDACTED, for encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Secrets shorter than 128 bits are refused (RFC 4226, section 4, R6); longer
// than the largest block of the HMACs brings nothing.
const (
	minSecret = 16
	maxSecret = 128
)

// ErrSecret is the only error of DecodeSecret. It holds nothing of the text.
var ErrSecret = errors.New("not a base32 secret of 16 to 128 bytes")

// NewSecret returns a random secret as long as the output of the algorithm's
// hash (RFC 6238, section 5.1): 20, 32 or 64 bytes.
func (p Params) NewSecret() Secret {
	secret := make(Secret, p.Algorithm.hash()().Size())
	rand.Read(secret) // never fails: the program ends before
	return secret
}

// EncodeSecret returns the secret in base32 (RFC 4648) without padding, as
// people type it and apps scan it.
func EncodeSecret(secret Secret) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// DecodeSecret reads what EncodeSecret wrote, or the same in lower case, in
// groups with spaces or hyphens, or with padding. The error is ErrSecret.
func DecodeSecret(text string) (Secret, error) {
	const longest = 4 * maxSecret // room for groups
	if len(text) > longest {
		return nil, ErrSecret
	}
	compact := strings.Map(func(r rune) rune {
		switch {
		case r == '-' || unicode.IsSpace(r):
			return -1
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, text)

	unpadded := strings.TrimRight(compact, "=")
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(unpadded)
	if err != nil || len(secret) < minSecret || len(secret) > maxSecret {
		return nil, ErrSecret
	}
	if len(EncodeSecret(secret)) != len(unpadded) {
		return nil, ErrSecret // a character too many, which the decoder drops
	}
	return secret, nil
}

// URI returns the otpauth URI of a token (Key Uri Format), the text of the QR
// code that authenticator apps scan. It contains the secret. issuer and
// account are shown by the app; a colon, which the format keeps for itself,
// becomes a hyphen. All parameters are spelled out, because apps differ in
// what they assume.
func (p Params) URI(issuer, account string, secret Secret) string {
	kind, moves := "totp", fmt.Sprintf("period=%d", p.Period/time.Second)
	if p.Counter {
		kind, moves = "hotp", "counter=0"
	}
	issuer = strings.ReplaceAll(issuer, ":", "-")
	account = strings.ReplaceAll(account, ":", "-")
	return fmt.Sprintf("otpauth://%s/%s:%s?secret=%s&issuer=%s&algorithm=%s&digits=%d&%s",
		kind, escape(issuer), escape(account), EncodeSecret(secret), escape(issuer),
		p.Algorithm, p.Digits, moves)
}

// escape percent-encodes all but letters, digits and "-_.~". A space is %20: in
// a label, and to many apps in the query too, "+" is a plus.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
