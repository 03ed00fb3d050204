package api

import (
	"errors"
	"fmt"
	"time"
)

// Kind is the class of an Error; it decides the exit code of a command and the
// status of an HTTP answer.
type Kind int

// The kinds, by what the caller can do about them.
const (
	KindInternal    Kind = iota // a defect; nothing the caller did
	KindUsage                   // the request is malformed
	KindNotFound                // no such thing
	KindDenied                  // refused: wrong or spent code, locked, policy
	KindConflict                // already there, already done, taken
	KindUnavailable             // cannot be served now; try again
	KindFollowUp                // done, but what was to follow it failed: a hook, an installation
	KindDue                     // asked whether something is due: it is
	KindCancelled               // the person cancelled (SIGINT, Ctrl-C, Esc)
	KindTerminated              // SIGTERM
)

// Code is the stable name of an error: lower-case snake case, never
// translated, never renamed. The zero Code is not valid.
type Code string

// The codes of the specification. A comment is given where the name does not
// say all.
const (
	Internal         Code = "internal"
	Usage            Code = "usage"
	NotFound         Code = "not_found"
	OTPWrong         Code = "otp_wrong"
	OTPSpent         Code = "otp_spent"          // used, or older than one used
	OTPDrifted       Code = "otp_drifted"        // right for another time within ±10 minutes
	OTPNotRegistered Code = "otp_not_registered" // the user has no token
	OTPExpired       Code = "otp_expired"        // the token was to help out, and its time is over
	PINWrong         Code = "pin_wrong"
	PINRefused       Code = "pin_refused"     // the user has a token, or the policy knows no PINs
	AuthFailed       Code = "auth_failed"     // one of several causes that the policy does not tell apart
	Locked           Code = "locked"          // too many wrong codes
	Suspended        Code = "suspended"       // by an administrator
	NotIssued        Code = "not_issued"      // the administrator has not issued the slot
	AcquireExpired   Code = "acquire_expired" // issued, but the time to acquire is over
	ReissueNeeded    Code = "reissue_needed"  // revoked, or expired beyond re-acquisition
	WeakKey          Code = "weak_key"
	BadCSR           Code = "bad_csr"
	SessionExpired   Code = "session_expired"
	Expired          Code = "expired"        // the certificate that signed a request is over
	Revoked          Code = "revoked"        // the certificate that signed a request is revoked
	Foreign          Code = "foreign"        // the certificate is not one of this backend's
	NotDue           Code = "not_due"        // the time to renew has not come
	BadRequest       Code = "bad_request"    // a signed request that does not hold
	NonceSpent       Code = "nonce_spent"    // a signed request that came twice, or too late
	ReplaceDenied    Code = "replace_denied" // the policy lets nobody replace a living certificate
	SessionUsed      Code = "session_used"
	AlreadyAcquired  Code = "already_acquired"
	AlreadyRenewed   Code = "already_renewed" // the certificate has a successor
	KeyReused        Code = "key_reused"      // the key was certified before and may not be again
	NameTaken        Code = "name_taken"      // a wallet name of another user or backend
	Exists           Code = "exists"
	KeyringAbsent    Code = "keyring_absent"
	KeyringLocked    Code = "keyring_locked"
	KeyringDenied    Code = "keyring_denied"
	WalletFull       Code = "wallet_full" // the wallet cannot hold a bundle of this size
	WalletLocked     Code = "wallet_locked"
	WalletDamaged    Code = "wallet_damaged"
	DiskFull         Code = "disk_full"
	StoreLocked      Code = "store_locked"
	StoreCorrupt     Code = "store_corrupt"
	StoreTooNew      Code = "store_too_new"
	StoreAbsent      Code = "store_absent"      // no backend here yet: certctl ca init
	StoreUnreachable Code = "store_unreachable" // the database server does not answer
	StoreLogin       Code = "store_login"       // the database server does not let this user in
	OutcomeUnknown   Code = "outcome_unknown"   // whether the transaction was committed could not be found out
	StoreDenied      Code = "store_denied"      // may not be opened here: permissions, or a network file system
	SealWrong        Code = "seal_wrong"        // the sealing key does not open this database
	AuditBroken      Code = "audit_broken"      // a row of the audit log was changed, removed or swapped
	CAEnding         Code = "ca_ending"         // the issuing CA ends before the certificate would
	ChainUntrusted   Code = "chain_untrusted"
	HookFailed       Code = "hook_failed"    // a renewal is done, the command of --exec failed
	Unsupported      Code = "unsupported"    // this system has not what it takes
	TargetLocked     Code = "target_locked"  // a store to install into is in use by another program
	TargetDamaged    Code = "target_damaged" // a store to install into cannot be used
	InstallFailed    Code = "install_failed" // done, but not in every store
	MailFailed       Code = "mail_failed"
	PasswordWrong    Code = "password_wrong" // of a file, or of a store to install into
	LastAdmin        Code = "last_admin"     // the contract would have no administrator who can act
	Forbidden        Code = "forbidden"      // the actor's role does not go that far
	BackupForeign    Code = "backup_foreign" // the file is no backup
	BackupTruncated  Code = "backup_truncated"
	BackupDamaged    Code = "backup_damaged"
	BackupTooNew     Code = "backup_too_new"
	RootOffline      Code = "root_offline"      // the root's key is kept in a file, and none is given
	RootForeign      Code = "root_foreign"      // the key that is given is another root's
	ClockBehind      Code = "clock_behind"      // it is earlier here than when the backup was taken
	OTPResyncNeeded  Code = "otp_resync_needed" // after a restore: where the counter is, nobody knows
	Timeout          Code = "timeout"
	Due              Code = "due" // of --check: a certificate is to be renewed or acquired
	Cancelled        Code = "cancelled"
	Terminated       Code = "terminated"
)

// Error is a refusal or a failure that a caller may tell apart by its Code.
// Only the fields that the Code needs are set.
type Error struct {
	Code Code
	// Field names the input that was refused, as in JSON (contract_id).
	Field string
	// Value is that input as it came, unescaped: whoever shows it quotes it.
	Value string
	// TriesLeft is how many wrong codes remain before the user is locked, with
	// OTPWrong and OTPDrifted where the policy is frank; nil says nothing.
	TriesLeft *int
	// Time belongs to the code: when a window ended or an object expires. Zero
	// where there is none.
	Time time.Time
	// Err is the cause, for logs; nil at a plain refusal. It may name files and
	// never holds a secret.
	Err error
}

// Error describes the refusal for a log; a person reads a sentence made from
// the Code instead.
func (e *Error) Error() string {
	s := string(e.Code)
	if e.Field != "" {
		s += " " + e.Field
	}
	if e.Value != "" {
		s += fmt.Sprintf(" %q", e.Value)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an *Error with the same Code, so that
// errors.Is(err, Refuse(api.Locked)) reads as it should.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Refuse returns an Error with nothing but a code.
func Refuse(code Code) *Error { return &Error{Code: code} }

// Fail returns an Error with a code and its cause.
func Fail(code Code, cause error) *Error { return &Error{Code: code, Err: cause} }

// CodeOf returns the code of the first *Error in err's chain; Internal for any
// other error, and the empty Code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
