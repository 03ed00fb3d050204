package api

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// IDs says what the identifiers of a deployment look like. Its zero value is
// the default: contract IDs of 11 digits.
type IDs struct {
	// ContractPattern is what a canonical contract ID must match, whole; nil
	// means 11 digits. Characters that are Unseen never match.
	ContractPattern *regexp.Regexp
}

// Contract returns the canonical form of a contract ID: compatibility forms
// folded (NFKC, so that full-width digits become ASCII), surrounding white
// space removed. Every ID that enters the system passes through here or
// through User, so that all spellings of one ID share one record and one
// counter. An ID that does not match the pattern is an Error with code Usage.
func (i IDs) Contract(id string) (string, error) {
	canonical := fold(id)
	if !i.isContract(canonical) {
		return "", &Error{Code: Usage, Field: "contract_id", Value: id}
	}
	return canonical, nil
}

func (i IDs) isContract(canonical string) bool {
	if i.ContractPattern != nil {
		return allSeen(canonical) && i.ContractPattern.MatchString(canonical)
	}
	return len(canonical) == 11 && strings.Trim(canonical, digits) == ""
}

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// User returns a user ID as it is shown (NFKC, trimmed, in the case in which
// it was written). A user ID is 1 to 30 ASCII letters and digits; anything
// else is an Error with code Usage. Two user IDs are the same user where their
// UserKey is equal.
func (i IDs) User(id string) (string, error) {
	canonical := fold(id)
	if !isUser(canonical) {
		return "", &Error{Code: Usage, Field: "user_id", Value: id}
	}
	return canonical, nil
}

func isUser(canonical string) bool {
	return len(canonical) >= 1 && len(canonical) <= 30 && strings.Trim(canonical, letters+digits) == ""
}

// Ref returns both IDs in the form that User and Contract give.
func (i IDs) Ref(contract, user string) (UserRef, error) {
	contract, err := i.Contract(contract)
	if err != nil {
		return UserRef{}, err
	}
	user, err = i.User(user)
	if err != nil {
		return UserRef{}, err
	}
	return UserRef{ContractID: contract, UserID: user}, nil
}

// UserKey is the form of a canonical user ID by which users are compared and
// looked up: lower case, since user IDs differ in more than case.
func UserKey(canonical string) string { return strings.ToLower(canonical) }

func fold(id string) string { return strings.TrimSpace(norm.NFKC.String(id)) }

// UserRef names one user: a contract ID and a user ID in canonical form.
type UserRef struct {
	ContractID string `json:"contract_id"`
	UserID     string `json:"user_id"`
}

// Same tells whether both name one user, without regard to the user ID's case.
func (r UserRef) Same(o UserRef) bool {
	return r.ContractID == o.ContractID && UserKey(r.UserID) == UserKey(o.UserID)
}
