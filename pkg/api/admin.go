package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"
)

// Admin is what an administrator or operator does to a backend. Every act is
// audited in the transaction that does it, under the Actor's name. A method
// returns an *Error for each refusal and is safe for concurrent use. Each refuses
// as Forbidden, before it says anything about a record, an Actor whose role does
// not go that far: an administrator acts on the users and tokens of their own
// contract, and reads the contract; all else is the operator's.
type Admin interface {
	// AddContract makes an active contract. Exists where the ID is taken.
	AddContract(ctx context.Context, by Actor, c NewContract) (Contract, error)
	// Contracts lists all contracts by ID.
	Contracts(ctx context.Context, by Actor) ([]Contract, error)
	// Contract returns one; NotFound.
	Contract(ctx context.Context, by Actor, id string) (Contract, error)

	// AddUser makes a user and, with a token or a PIN, registers it and issues
	// the slot, in one transaction. Exists where the ID is taken; Suspended where
	// the contract is; OTPWrong or OTPDrifted where Token.Code is given and does
	// not match: nothing is written then. With a Key that a user was added with
	// before it changes nothing and returns that user.
	AddUser(ctx context.Context, by Actor, u NewUser) (User, error)
	// Users returns a page of the users that q wants. Usage where After is no
	// place in such a list; NotFound where there is no such contract. Removed
	// users are not listed.
	Users(ctx context.Context, by Actor, q UserQuery) (UserPage, error)
	// User returns one; NotFound.
	User(ctx context.Context, by Actor, ref UserRef) (User, error)
	// Issue authorises the user to acquire (発行). Exists where the slot is
	// already issued or holds a certificate, ReissueNeeded where it was used
	// before, OTPNotRegistered where the user could not prove themselves.
	Issue(ctx context.Context, by Actor, ref UserRef) (User, error)
	// Reissue authorises the user to acquire again (再発行); a living
	// certificate is revoked at once. NotIssued where Issue is meant.
	Reissue(ctx context.Context, by Actor, ref UserRef) (User, error)
	// Resume lifts a lock or a suspension and sets the wrong-code counters of
	// the user and of their tokens to nought.
	Resume(ctx context.Context, by Actor, ref UserRef) (User, error)
	// RemoveUser revokes every unexpired certificate, voids the user's
	// sessions and frees the token, which keeps its replay memory. The ID may be
	// added again as another user. LastAdmin as in Changes.
	RemoveUser(ctx context.Context, by Actor, ref UserRef) (User, error)

	Changes
	Tokens
	Notices
	Audits
	Authorities
	Backups
}

// NewContract is a contract to be made.
type NewContract struct {
	ID   string
	Name string // may be empty
}

// Contract is a customer with its users.
type Contract struct {
	ID      string
	Name    string
	Status  UserStatus // StatusActive or StatusSuspended
	Created time.Time
	Users   int // not removed
}

// NewUser is a user to be made.
type NewUser struct {
	Ref    UserRef
	Name   string // display name; may be empty
	Emails []string
	Role   Role
	Token  *NewToken // nil: registered later, and the slot is not issued
	PIN    Secret    // in the place of a token; empty: none
	// Key makes adding the user again, after an answer that was lost, the same
	// as adding them once: see NewKey. Empty: none.
	Key string
}

// NewKey returns a key for NewUser: 128 random bits in lower-case hex.
func NewKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// ValidKey tells whether NewKey makes such keys.
func ValidKey(key string) bool {
	return len(key) == 32 && strings.Trim(key, "0123456789abcdef") == ""
}

// User is a user with the state of their slot, as of the backend's clock.
type User struct {
	Ref    UserRef
	Name   string
	Emails []string
	Role   Role
	Status UserStatus
	// ContractSuspended is why Status is StatusSuspended, whatever else is.
	ContractSuspended bool
	// Factor is what the user proves themselves with; empty: nothing yet.
	Factor Factor
	Token  *Token // nil: none registered
	// Slot is the derived state.
	Slot SlotState
	// Deadline belongs to Slot: until when to acquire, renew or re-acquire;
	// zero where there is none.
	Deadline    time.Time
	Created     time.Time
	Issued      time.Time // zero: never
	Certificate *CertificateInfo
}

// CertificateInfo describes the current certificate of a slot.
type CertificateInfo struct {
	Serial    string
	State     CertificateState
	NotBefore time.Time
	NotAfter  time.Time
}
