package ca

import (
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters an attribute of a subject may have: the upper
// bound ub-organization-name and ub-common-name of RFC 5280 §A.1, kept for the
// user ID too.
const maxName = 64

var (
	oidCommonName   = asn1.ObjectIdentifier{2, 5, 4, 3}
	oidOrganization = asn1.ObjectIdentifier{2, 5, 4, 10}
	oidUserID       = asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1} // RFC 4519 §2.39
)

type attribute struct {
	oid   asn1.ObjectIdentifier
	value string
}

// marshalName encodes a distinguished name with one attribute in each relative
// name, in the order given. A value is a PrintableString where its alphabet
// allows and a UTF8String otherwise: the two that RFC 5280 §4.1.2.4 leaves.
func marshalName(attributes ...attribute) ([]byte, error) {
	var sequence pkix.RDNSequence
	for _, a := range attributes {
		sequence = append(sequence, pkix.RelativeDistinguishedNameSET{{Type: a.oid, Value: a.value}})
	}
	der, err := asn1.Marshal(sequence)
	if err != nil {
		return nil, fmt.Errorf("encode subject: %w", err)
	}
	return der, nil
}

// checkName refuses an attribute whose essential part is empty, and a whole
// that does not fit.
func checkName(part, whole string) error {
	switch {
	case strings.TrimSpace(part) == "":
		return fmt.Errorf("%w: empty", ErrName)
	case !utf8.ValidString(whole) || strings.ContainsFunc(whole, unicode.IsControl):
		return fmt.Errorf("%w: %q has control characters", ErrName, whole)
	case utf8.RuneCountInString(whole) > maxName:
		return fmt.Errorf("%w: %q has more than %d characters", ErrName, whole, maxName)
	}
	return nil
}

// fitName makes a display name fit: what is not text is dropped, what is
// beyond the limit is cut off, by character. A name that came from a person
// must not be why a certificate cannot be signed.
func fitName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[:maxName])
	}
	return strings.TrimSpace(name)
}

// keyID returns the subject key identifier of a SubjectPublicKeyInfo (DER):
// the leftmost 160 bits of the SHA-256 of its BIT STRING, RFC 7093 §2 method 1.
func keyID(spki []byte) ([]byte, error) {
	var info struct {
		Algorithm asn1.RawValue
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(spki, &info); err != nil {
		return nil, fmt.Errorf("parse public key: %w", err)
	}
	sum := sha256.Sum256(info.Key.Bytes)
	return sum[:20], nil
}
