package api

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
