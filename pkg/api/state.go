package api

import "time"

// SlotState is the state of a certificate slot: as stored, or as derived from
// the clock and the policy.
type SlotState string

// The stored states are NotIssued to Removed in the order of a slot's life;
// the rest is derived.
const (
	SlotNotIssued SlotState = "not_issued"
	SlotIssued    SlotState = "issued"
	SlotActive    SlotState = "active"
	SlotRevoked   SlotState = "revoked"
	SlotRemoved   SlotState = "removed"

	SlotAcquirable          SlotState = "acquirable"           // issued, within the time to acquire
	SlotAcquireExpired      SlotState = "acquire_expired"      // issued, but too long ago
	SlotRenewable           SlotState = "renewable"            // active, in the renewal window
	SlotExpiredReacquirable SlotState = "expired_reacquirable" // expired, may be acquired again with a code
	SlotExpiredReissue      SlotState = "expired_reissue"      // expired beyond that: reissue first
)

// CertificateState is the stored state of a certificate.
type CertificateState string

// The states of a certificate.
const (
	CertificateSigning CertificateState = "signing" // every field fixed, the signature possibly made
	CertificateGood    CertificateState = "good"
	CertificateRevoked CertificateState = "revoked"
)

// UserStatus is the status of a user or, without Locked, of a contract.
type UserStatus string

// The statuses.
const (
	StatusActive    UserStatus = "active"
	StatusLocked    UserStatus = "locked"    // too many wrong codes
	StatusSuspended UserStatus = "suspended" // by an administrator
)

// Role is what somebody may do.
type Role string

// The roles. The first two are those of users.
const (
	RoleUser     Role = "user"
	RoleAdmin    Role = "admin"    // of a contract
	RoleOperator Role = "operator" // of the backend
)

// Reveal says how much a refusal at acquisition tells.
type Reveal string

// The degrees of Reveal.
const (
	RevealFrank   Reveal = "frank"   // the true cause
	RevealUniform Reveal = "uniform" // auth_failed until a code was right
)

// Replace says whether a code may put another certificate in the place of a
// living one.
type Replace string

// The two answers.
const (
	ReplaceDeny  Replace = "deny"
	ReplaceAllow Replace = "allow"
)

const day = 24 * time.Hour

// Policy is what a deployment goes by. DefaultPolicy has the defaults; no
// field may be zero but Overlap.
type Policy struct {
	AcquireWithin   time.Duration // from issue, inclusive
	Validity        time.Duration // of a certificate, from acquisition
	RenewFrom       time.Duration // before the end
	ReacquireWithin time.Duration // after the end, inclusive
	UserAttempts    int           // wrong codes in a row that lock the user
	TokenAttempts   int           // wrong codes in a row that lock the token
	Session         time.Duration // from Begin to Complete
	Overlap         time.Duration // a renewed certificate stays good for this
	Replace         Replace
	Reveal          Reveal
	AcquireAuth     AcquireAuth // empty: AuthByUser
	KeyTypes        []KeyType   // accepted, first the preferred one
}

// AcquireAuth says what users may prove themselves with.
type AcquireAuth string

// The ways.
const (
	// AuthByUser asks for the token if the user has one, or ever had; else for
	// the PIN. Where the policy is uniform nobody is asked for a PIN: the answer
	// would tell who has no token.
	AuthByUser AcquireAuth = "by_user"
	AuthOTP    AcquireAuth = "otp_only"
)

// PINs tells whether users without a token may prove themselves with a PIN.
func (p Policy) PINs() bool { return p.AcquireAuth != AuthOTP && p.Reveal == RevealFrank }

// DefaultPolicy returns the policy of a deployment that sets nothing.
func DefaultPolicy() Policy {
	return Policy{
		AcquireWithin:   80 * day,
		Validity:        365 * day,
		RenewFrom:       30 * day,
		ReacquireWithin: 90 * day,
		UserAttempts:    5,
		TokenAttempts:   20,
		Session:         5 * time.Minute,
		Overlap:         14 * day,
		Replace:         ReplaceDeny,
		Reveal:          RevealFrank,
		AcquireAuth:     AuthByUser,
		KeyTypes:        KeyTypes(),
	}
}
