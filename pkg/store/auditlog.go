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
// last one first.
func (t *Tx) LastAuditRows(ctx context.Context, s AuditSelection) ([]AuditRow, error) {
	var all []AuditRow
	err := t.rows(ctx, "read audit log",
		`SELECT chain, seq, at, actor, action, subject, outcome, serial, why, mac FROM audit
		 WHERE ($1 = '' OR chain = $1) AND ($2 = '' OR lower(subject) = lower($2)) AND at >= $3
		 ORDER BY at DESC, chain DESC, seq DESC LIMIT $4`,
		[]any{s.Chain, s.Subject, s.Since.Unix(), s.Limit}, func(row scanner) error {
			var r AuditRow
			err := row.Scan(&r.Chain, &r.Seq, instant{&r.At}, &r.Actor, &r.Action, &r.Subject, &r.Outcome, &r.Serial, &r.Why, &r.MAC)
			all = append(all, r)
			return err
		})
	return all, err
}
