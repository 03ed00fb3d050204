// Package otp computes and checks one-time passwords: HOTP (RFC 4226), which
// moves on with each code, and TOTP on top of it (RFC 6238), which moves on with
// the time. Matching a code returns the step that matched, so that a step can be
// spent once; a yes or no would not do for that. It hashes PINs too.
//
// The package is pure: it remembers nothing, reads no clock, counts no
// attempts. Whoever keeps a token keeps its Memory and spends the matched step
// in the transaction that accepts the code.
package otp

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"time"
)

// Algorithm is the hash under the HMAC, as the otpauth URI spells it.
type Algorithm string

// The algorithms of RFC 6238. Some authenticator apps ignore the choice and
// compute SHA1 whatever the URI says.
const (
	SHA1   Algorithm = "SHA1"
	SHA256 Algorithm = "SHA256"
	SHA512 Algorithm = "SHA512"
)

// hash returns the constructor of the algorithm's hash; nil for an unknown one.
func (a Algorithm) hash() func() hash.Hash {
	switch a {
	case SHA1:
		return sha1.New
	case SHA256:
		return sha256.New
	case SHA512:
		return sha512.New
	}
	return nil
}

// Params are the public parameters of a token. Its methods want parameters that
// Validate accepts and panic with others; the zero value is not valid.
type Params struct {
	Digits    int           // length of a code: 6 or 8
	Period    time.Duration // length of a step: 30 or 60 s; 0 of a counter's
	Algorithm Algorithm
	// Counter: a step is a press of the token's button (HOTP), and no time.
	Counter bool
}

// DefaultParams returns what every authenticator app takes: 6 digits, 30
// seconds, SHA-1.
func DefaultParams() Params {
	return Params{Digits: 6, Period: 30 * time.Second, Algorithm: SHA1}
}

// ErrParams is the error of Validate; errors.Is finds it.
var ErrParams = errors.New("unsupported OTP parameters")

// Validate returns ErrParams, with the field that is wrong, unless the
// parameters are among those supported.
func (p Params) Validate() error {
	if p.Digits != 6 && p.Digits != 8 {
		return fmt.Errorf("%w: %d digits", ErrParams, p.Digits)
	}
	if p.Counter && p.Period != 0 || !p.Counter && p.Period != 30*time.Second && p.Period != 60*time.Second {
		return fmt.Errorf("%w: a period of %v", ErrParams, p.Period)
	}
	if p.Algorithm.hash() == nil {
		return fmt.Errorf("%w: algorithm %q", ErrParams, string(p.Algorithm))
	}
	return nil
}

// Step returns the number of the step that t falls into, counted from 1970
// (RFC 6238, section 4.2, with T0 = 0). Of a counter it is 0: it knows no time.
func (p Params) Step(t time.Time) int64 {
	if p.Counter {
		return 0
	}
	return t.Unix() / int64(p.Period/time.Second)
}

// Code returns the code that a token shows during step: p.Digits ASCII digits.
func (p Params) Code(secret Secret, step int64) string {
	return string(hotp(p.mac(secret), uint64(step), p.Digits))
}

func (p Params) mac(secret Secret) hash.Hash {
	return hmac.New(p.Algorithm.hash(), secret)
}

// hotp returns the HOTP value of a counter (RFC 4226, section 5.3) as digits
// ASCII digits, at most 9. mac is keyed with the secret, and is used up.
func hotp(mac hash.Hash, counter uint64, digits int) []byte {
	mac.Reset()
	mac.Write(binary.BigEndian.AppendUint64(nil, counter))
	sum := mac.Sum(nil)

	offset := sum[len(sum)-1] & 0xf
	value := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff

	code := make([]byte, digits)
	for i := digits - 1; i >= 0; i-- {
		code[i] = '0' + byte(value%10)
		value /= 10
	}
	return code
}
