package store

import (
	"context"
	"time"
)

// AuditSelection says which rows of the audit log are wanted.
type AuditSelection struct {
	Chain   string    // empty: of all chains
	Subject string    // empty: of all; compared without case
	Since   time.Time // zero: from the first
	Limit   int
}

// LastAuditRows returns the last rows that were written of those wanted, the
// last one first. Those of all chains are found by the index on the time; those
// of one by its key, since a quiet chain's may be far back.
func (t *Tx) LastAuditRows(ctx context.Context, s AuditSelection) ([]AuditRow, error) {
	chain, order := `$1 = ''`, `at DESC, chain DESC, seq DESC`
	if s.Chain != "" {
		chain, order = `chain = $1`, `seq DESC`
	}
	var all []AuditRow
	err := t.rows(ctx, "read audit log",
		`SELECT `+auditColumns+` FROM audit
		 WHERE `+chain+` AND ($2 = '' OR lower(subject) = lower($2)) AND at >= $3
		 ORDER BY `+order+` LIMIT $4`,
		[]any{s.Chain, s.Subject, s.Since.Unix(), s.Limit}, func(row scanner) error {
			var r AuditRow
			err := row.Scan(scanAudit(&r)...)
			all = append(all, r)
			return err
		})
	return all, err
}
