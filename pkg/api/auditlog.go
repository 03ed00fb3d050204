package api

import (
	"context"
	"crypto/ed25519"
	"time"
)

// Audits is the part of Admin that reads the audit log, and signs how far it
// has come.
type Audits interface {
	// VerifyAudit recomputes every audit chain, and compares it with the
	// checkpoints of the backend and those that were kept elsewhere. What is
	// broken is in the report, not an error. Usage where what was kept is no
	// checkpoint, or one of another deployment.
	VerifyAudit(ctx context.Context, by Actor, kept ...SignedCheckpoint) (AuditReport, error)
	// MakeCheckpoint signs where every audit chain ends now, and keeps that. It
	// tells whether the one before does not verify with the key that signs now.
	MakeCheckpoint(ctx context.Context, by Actor) (signed SignedCheckpoint, rekeyed bool, err error)
	// CheckpointKey returns the key that checkpoints are verified with.
	CheckpointKey(ctx context.Context, by Actor) (ed25519.PublicKey, error)
	// AuditLog returns the last rows that f wants, in the order in which they
	// were written. NotFound where there is no such contract.
	AuditLog(ctx context.Context, by Actor, f AuditFilter) ([]AuditEntry, error)
	// ExportAudit calls found with every row of every chain, or of one
	// contract's, chain by chain and in order, as of one moment. It ends with
	// the first error of found, and returns it. NotFound where there is no such
	// contract.
	ExportAudit(ctx context.Context, by Actor, contractID string, found func(AuditEntry) error) error
}

// AuditEntry is one row of the audit log.
type AuditEntry struct {
	ContractID string // empty: the operator's chain
	Seq        int64  // within the chain, from 1
	At         time.Time
	Actor      string
	Action     string // "user add", "acquire"
	UserID     string // whom it is about, or what else: how many tokens, which backup; may be empty
	Outcome    string // "ok" or an error's code
	Serial     string // of the certificate concerned; may be empty
	Why        string // in the actor's words; may be empty
	// Token is the OTP token concerned: the serial of hardware, or "software";
	// "OLD -> NEW" where one took the place of the other; may be empty.
	Token string
	MAC   []byte // binds the row to the one before it
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
	Chains      []AuditChain
	Checkpoints CheckpointReport
}

// AuditChain is one chain: a contract's or, with an empty ContractID, the
// operator's.
type AuditChain struct {
	ContractID string
	Rows       int64
	// Broken is the sequence number of the first row that does not follow from
	// its predecessor; 0 where the chain holds.
	Broken int64
	Reason string // in a word: "edited", "missing", "head", "cut", "forked"
	// Signed is the last row that is named by a checkpoint of those that were
	// kept, or of the records where none was; 0: by none. Rows after it could be
	// cut off unseen.
	Signed int64
	// Checkpoint is the number of the one that shows a chain "cut" or "forked".
	Checkpoint int64
}

// CheckpointReport is what VerifyAudit found of the checkpoints.
type CheckpointReport struct {
	Count  int   // in the backend's records
	Kept   int   // given by the caller
	Last   int64 // the number of the newest that was kept, or of the records where none was; 0: none
	LastAt time.Time
	Broken []BrokenCheckpoint
}

// BrokenCheckpoint is a checkpoint that does not hold.
type BrokenCheckpoint struct {
	Number int64
	Kept   bool // given by the caller
	// Reason in a word: "signature"; "predecessor", where it does not follow from
	// the one before it in the records; of one that was kept, "gone" from the
	// records, or "other", where they have another one in its place.
	Reason string
}

// OK tells whether every chain and every checkpoint holds.
func (r AuditReport) OK() bool {
	if len(r.Checkpoints.Broken) > 0 {
		return false
	}
	for _, c := range r.Chains {
		if c.Broken != 0 {
			return false
		}
	}
	return true
}
