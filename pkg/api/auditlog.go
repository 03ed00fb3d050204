package api

import (
	"context"
	"time"
)

// Audits is the part of Admin that reads the audit log.
type Audits interface {
	// VerifyAudit recomputes every audit chain. A broken chain is in the
	// report, not an error.
	VerifyAudit(ctx context.Context, by Actor) (AuditReport, error)
	// AuditLog returns the last rows that f wants, in the order in which they
	// were written.
	AuditLog(ctx context.Context, by Actor, f AuditFilter) ([]AuditEntry, error)
	// ExportAudit calls found with every row of every chain, or of one
	// contract's, chain by chain and in order, as of one moment. It ends with
	// the first error of found, and returns it.
	ExportAudit(ctx context.Context, by Actor, contractID string, found func(AuditEntry) error) error
}

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

// AuditReport is what VerifyAudit found.
type AuditReport struct {
	Chains []AuditChain
}

// AuditChain is one chain: a contract's or, with an empty ContractID, the
// operator's.
type AuditChain struct {
	ContractID string
	Rows       int64
	// Broken is the sequence number of the first row that does not follow from
	// its predecessor; 0 where the chain holds.
	Broken int64
	Reason string // in a word: "edited", "missing", "head"
}

// OK tells whether every chain holds.
func (r AuditReport) OK() bool {
	for _, c := range r.Chains {
		if c.Broken != 0 {
			return false
		}
	}
	return true
}
