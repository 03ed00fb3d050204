package api

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A certificate's subject holds at most so many characters of a name
// (ub-common-name, RFC 5280 appendix A.1). An authority's name is shorter, for
// it has " Issuing CA YEAR" behind it.
const (
	maxName          = 64
	maxAuthorityName = 48
)

// DisplayName returns the name of a person or a contract as it is kept: without
// the white space around it. An empty one is no name, and allowed; one that is
// blank, is longer than 64 characters or has characters that nobody sees is an
// Error with code Usage and the given field.
func DisplayName(field, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	return checkName(field, name, maxName)
}

// Why returns the reason for an act as it is kept, in the words of who gives it;
// it may be empty. It has at most 200 characters; else it is as DisplayName, with
// the field why.
func Why(reason string) (string, error) {
	if reason == "" {
		return "", nil
	}
	return checkName("why", reason, 200)
}

// AuthorityName returns the name of a certificate authority as it is kept. It
// must not be empty and has at most 48 characters; else it is as DisplayName,
// with the field ca_name.
func AuthorityName(name string) (string, error) {
	return checkName("ca_name", name, maxAuthorityName)
}

func checkName(field, name string, most int) (string, error) {
	kept := strings.TrimSpace(name)
	if kept == "" || utf8.RuneCountInString(kept) > most || !allSeen(kept) {
		return "", &Error{Code: Usage, Field: field, Value: name}
	}
	return kept, nil
}

// Unseen tells whether a character does something else than appear: a control,
// one that turns the writing around, one of no width, a separator of lines. The
// full-width space, which Japanese names have, is one that appears. No text that
// is kept has any, and one from elsewhere is shown with them escaped.
func Unseen(r rune) bool { return r != '\u3000' && !unicode.IsPrint(r) }

func allSeen(text string) bool { return utf8.ValidString(text) && !strings.ContainsFunc(text, Unseen) }

// maxEmail is how many bytes an address has at most (RFC 5321, section 4.5.3.1.3,
// without the brackets).
const maxEmail = 254

// Emails returns e-mail addresses as they are kept: bare (RFC 5322 addr-spec),
// without white space around them. One that has characters that nobody sees, or
// that a program could take for an option of its command line, is an Error with
// code Usage, as is anything else.
func Emails(addresses []string) ([]string, error) {
	var kept []string
	for _, a := range addresses {
		a = strings.TrimSpace(a)
		parsed, err := mail.ParseAddress(a)
		if err != nil || parsed.Address != a || len(a) > maxEmail || a[0] == '-' || !allSeen(a) {
			return nil, &Error{Code: Usage, Field: "email", Value: a}
		}
		kept = append(kept, a)
	}
	return kept, nil
}
