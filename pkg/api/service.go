package api

import (
	"context"
	"time"
)

// Service is what a holder's client needs of an issuing backend. Every method
// is safe for concurrent use, returns an *Error for each refusal, and leaves
// no half-done state when its context ends: a call whose answer was lost may
// be repeated as it was.
type Service interface {
	// Info describes the backend: who it is, what it trusts, and its policy for a
	// contract. Where contractID is empty, or no contract with a policy of its
	// own, that is the deployment's.
	Info(ctx context.Context, contractID string) (Info, error)

	// Begin is stage one: the IDs. It writes nothing. Where the policy is
	// frank, a user who could not acquire now is refused here, before a code
	// is spent: NotFound, Suspended, Locked, OTPNotRegistered, OTPExpired,
	// NotIssued, AcquireExpired, AlreadyAcquired, ReissueNeeded, CAEnding.
	Begin(ctx context.Context, req BeginRequest) (Session, error)

	// Complete is stage two: the code and the certificate request. The same
	// (session, code, request) gets the same outcome however often it is
	// sent. Besides Begin's refusals: OTPWrong, OTPSpent, OTPDrifted,
	// PINWrong, AuthFailed, SessionExpired, SessionUsed, BadCSR, WeakKey, KeyReused.
	Complete(ctx context.Context, req CompleteRequest) (Certificate, error)

	// PickUp returns the living certificate of the key that signed csr (DER,
	// PKCS#10), finishing one whose signature was not recorded. No code, no
	// session, nothing is counted: the key is the proof. NotFound where the
	// key was never certified here; KeyReused where its certificate is revoked
	// or expired; Suspended; BadCSR.
	PickUp(ctx context.Context, csr []byte) (Certificate, error)

	// Renew gives the holder of the current certificate another one, for
	// another key: the request is a RenewRequest, signed with the certificate
	// that is to be renewed. That stays good for the overlap. The same key gets
	// the same certificate however often it is sent. Refusals: AlreadyRenewed,
	// Expired, Revoked, Foreign, Suspended, NotDue, CAEnding, BadCSR, WeakKey,
	// KeyReused, BadRequest, NonceSpent. A user who is locked out may renew.
	Renew(ctx context.Context, req Signed) (Certificate, error)

	// Revoke revokes the certificate that signed the request, a RevokeRequest;
	// where that is the slot's current one, all living ones of its user, and
	// the slot. One that is revoked stays as it is, and the answer says how.
	// Refusals: Expired, Foreign, BadRequest, NonceSpent, and Usage for a
	// reason that a holder cannot give.
	Revoke(ctx context.Context, req Signed) (Revocation, error)
}

// Info describes a backend.
type Info struct {
	// DeploymentID is 32 lower-case hex digits, made once by ca init. The
	// holder's wallet files keys and certificates by it.
	DeploymentID string
	// Now is the backend's clock, UTC.
	Now time.Time
	// Root is the root certificate, DER.
	Root []byte
	// Policy is what the backend goes by for the contract that was asked about.
	Policy Policy
	// Nonce is for one signed request within the next five minutes. Every
	// answer has another.
	Nonce string
}

// BeginRequest is stage one.
type BeginRequest struct {
	ContractID string // as the holder wrote it
	UserID     string // as the holder wrote it
	// Replace asks for a certificate in the place of a living one, which is
	// revoked then: ReplaceDenied where the policy does not allow that.
	Replace bool
}

// Factor is what stage two asks for. The client never chooses it.
type Factor string

// The factors.
const (
	FactorOTP Factor = "otp" // a one-time password (RFC 4226, RFC 6238)
	FactorPIN Factor = "pin" // the confirmation PIN of users who never had a token
)

// Session is the answer to stage one.
type Session struct {
	// Token is opaque, sealed by the backend, and valid until Expires.
	Token   string
	Expires time.Time
	User    UserRef // canonical: what the second screen shows
	Factor  Factor
	// Digits is how long a code is (6 or 8); 0 of a PIN.
	Digits int
	// Name is the user's display name; empty where the policy is uniform.
	Name string
	// KeyTypes are what Complete accepts, first the preferred one.
	KeyTypes []KeyType
}

// CompleteRequest is stage two.
type CompleteRequest struct {
	Session string // Session.Token
	// Code is the OTP or the PIN as it was typed; spaces, hyphens and full-width
	// digits are the backend's to fold.
	Code Secret
	// CSR is a PKCS#10 request, DER, at most 64 KiB. Nothing is taken from it
	// but the key and the proof that the holder has it.
	CSR []byte
}

// Certificate is one certificate as the backend gives it to its holder.
type Certificate struct {
	User    UserRef
	Serial  string   // lower-case hex, no leading zeros
	Chain   [][]byte // DER: leaf, issuing CA, root
	Created time.Time
	State   CertificateState
	Policy  Policy // of the user's contract
}

// KeyType is a key algorithm with its size, as the flag --key-type spells it.
type KeyType string

// The key types.
const (
	ECP256  KeyType = "ec-p256"
	ECP384  KeyType = "ec-p384"
	RSA2048 KeyType = "rsa-2048"
	RSA3072 KeyType = "rsa-3072"
	Ed25519 KeyType = "ed25519"
)

// KeyTypes returns all key types, first the default.
func KeyTypes() []KeyType { return []KeyType{ECP256, ECP384, RSA2048, RSA3072, Ed25519} }

// Secret is a string that is never shown: it formats and marshals as REDACTED.
type Secret string

const redacted = "REDACTED"

// String returns REDACTED; string(s) is the secret itself.
func (Secret) String() string { return redacted }

// GoString returns REDACTED, for %#v.
func (Secret) GoString() string { return redacted }

// MarshalText returns REDACTED, for encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
