package wallet

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// DistinguishedName writes a subject or issuer as it is in a certificate
// (RawSubject, RawIssuer) in the string form of RFC 4514: last attribute
// first, "CN=田中 花子,UID=tanaka,O=12345678901". crypto/x509/pkix does not know
// UID and would write its object identifier and hexadecimal digits. A name
// that does not parse is written as its digits, after a "#".
func DistinguishedName(der []byte) string {
	var rdns pkix.RDNSequence
	if rest, err := asn1.Unmarshal(der, &rdns); err != nil || len(rest) > 0 {
		return "#" + hex.EncodeToString(der)
	}
	parts := make([]string, len(rdns))
	for i, rdn := range rdns {
		values := make([]string, len(rdn))
		for j, a := range rdn {
			values[j] = attribute(a)
		}
		parts[len(rdns)-1-i] = strings.Join(values, "+")
	}
	return strings.Join(parts, ",")
}

func attribute(a pkix.AttributeTypeAndValue) string {
	name := a.Type.String()
	if short := attributeName(name); short != "" {
		name = short
	}
	text, ok := a.Value.(string)
	if !ok {
		return fmt.Sprintf("%s=%v", name, a.Value)
	}
	return name + "=" + escapeValue(text)
}

// attributeName returns the short name of an attribute type (RFC 4514 3, and
// what OpenSSL calls the others); empty for any other.
func attributeName(oid string) string {
	switch oid {
	case "2.5.4.3":
		return "CN"
	case "2.5.4.5":
		return "serialNumber"
	case "2.5.4.6":
		return "C"
	case "2.5.4.7":
		return "L"
	case "2.5.4.8":
		return "ST"
	case "2.5.4.10":
		return "O"
	case "2.5.4.11":
		return "OU"
	case "0.9.2342.19200300.100.1.1":
		return "UID"
	case "0.9.2342.19200300.100.1.25":
		return "DC"
	}
	return ""
}

// escapeValue escapes what RFC 4514 2.4 wants escaped, and control characters.
func escapeValue(s string) string {
	var b strings.Builder
	for i, r := range s {
		edge := i == 0 && (r == ' ' || r == '#') || i == len(s)-1 && r == ' '
		switch {
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\%02X`, string(r))
		case edge || strings.ContainsRune(`"+,;<>\`, r):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
