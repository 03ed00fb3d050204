package api

import "strings"

// Reason is why a certificate was revoked (RFC 5280 §5.3.1), as records and
// JSON spell it.
type Reason string

// The reasons that certctl gives or takes.
const (
	ReasonUnspecified        Reason = "unspecified"
	ReasonKeyCompromise      Reason = "key_compromise"
	ReasonAffiliationChanged Reason = "affiliation_changed"
	ReasonSuperseded         Reason = "superseded"
	ReasonCessation          Reason = "cessation_of_operation"
	ReasonPrivilegeWithdrawn Reason = "privilege_withdrawn"
)

// Reasons returns all of them.
func Reasons() []Reason { return append(HolderReasons(), ReasonPrivilegeWithdrawn) }

// HolderReasons returns those that holders may give for their own certificate:
// that a privilege was withdrawn is for an administrator to say.
func HolderReasons() []Reason {
	return []Reason{ReasonUnspecified, ReasonKeyCompromise, ReasonAffiliationChanged, ReasonSuperseded, ReasonCessation}
}

// ParseReason reads a reason as records spell it, or as RFC 5280 does
// (keyCompromise), or with hyphens. Anything else is an Error with code Usage.
func ParseReason(text string) (Reason, error) {
	plain := func(s string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(strings.TrimSpace(s)))
	}
	for _, r := range Reasons() {
		if plain(string(r)) == plain(text) {
			return r, nil
		}
	}
	return "", &Error{Code: Usage, Field: "reason", Value: text}
}

// Number is the CRLReason of RFC 5280 §5.3.1; 0, which is unspecified, for a
// reason that is none of ours.
func (r Reason) Number() int {
	switch r {
	case ReasonKeyCompromise:
		return 1
	case ReasonAffiliationChanged:
		return 3
	case ReasonSuperseded:
		return 4
	case ReasonCessation:
		return 5
	case ReasonPrivilegeWithdrawn:
		return 9
	}
	return 0
}
