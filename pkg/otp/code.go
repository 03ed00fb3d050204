package otp

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestCode is how long a typed code is looked at, in bytes: room for eight
// full-width digits with anything sensible between them.
const longestCode = 256

// Normalize returns a code as Match takes it, from what a person typed or
// pasted: full-width digits become ASCII (NFKC), and white space, invisible
// characters and everything that looks like a hyphen are left out. Other
// characters stay, so that Valid can refuse them. Text far too long for a code
// is returned as it is.
func Normalize(code string) string {
	if len(code) > longestCode {
		return code
	}
	return strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(code))
}

// isSeparator tells whether r only separates digits. Japanese keyboards give a
// minus sign or a long-vowel mark where a hyphen is meant.
func isSeparator(r rune) bool {
	const minus, longVowel = '\u2212', '\u30fc'
	return r == minus || r == longVowel || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf)
}

// Valid tells whether code is exactly so many ASCII digits.
func Valid(code string, digits int) bool {
	for _, c := range []byte(code) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(code) == digits
}
