package api

import "time"

// AuditEntry is one row of the audit log.
type AuditEntry struct {
	ContractID string // empty: the operator's chain
	Seq        int64  // within the chain, from 1
	At         time.Time
	Actor      string
	Action     string // "user add", "acquire"
	UserID     string // whom it is about; may be empty
	Outcome    string // "ok" or an error's code
	Serial     string // of the certificate concerned; may be empty
	Why        string // in the actor's words; may be empty
	MAC        []byte // binds the row to the one before it
}

// AuditFilter says which rows of the audit log are wanted. Its zero value wants
// the last hundred.
type AuditFilter struct {
	ContractID string    // empty: of all chains
	UserID     string    // empty: of all; compared without case
	Since      time.Time // zero: from the first
	Limit      int       // 0: 100
}
