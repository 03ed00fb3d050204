package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// AuditRow is one row of an audit chain. Its MAC covers every other field and
// the MAC of the row before it.
type AuditRow struct {
	Chain   string // contract ID; empty: the operator's chain
	Seq     int64  // from 1, without gaps
	At      time.Time
	Actor   string
	Action  string // "user add", "acquire"
	Subject string // the user ID, or what else the act was about: how many tokens, which backup; may be empty
	Outcome string // "ok" or an error's code
	Serial  string // of the certificate concerned; may be empty
	Why     string // in the actor's words; may be empty
	Token   string // the OTP token concerned; may be empty
	MAC     []byte
}

// AuditHead is the end of a chain.
type AuditHead struct {
	Chain string
	Seq   int64 // 0: no row yet
	MAC   []byte
}

// ExtendAudit locks a chain's head, takes the next sequence number and returns
// it with the MAC of the row before. It must be followed by InsertAudit in the
// same transaction, and should be the last lock that one takes.
func (t *Tx) ExtendAudit(ctx context.Context, chain string) (AuditHead, error) {
	head := AuditHead{Chain: chain}
	err := t.row(ctx, "extend audit chain",
		`INSERT INTO audit_heads (chain, seq, mac) VALUES ($1, 1, $2)
		 ON CONFLICT (chain) DO UPDATE SET seq = audit_heads.seq + 1
		 RETURNING seq, mac`, []any{chain, []byte{}}, &head.Seq, &head.MAC)
	return head, err
}

// InsertAudit writes a row and makes it its chain's head. ErrCorrupt where a row has
// its number, for then the head is not the chain's end.
func (t *Tx) InsertAudit(ctx context.Context, r AuditRow) error {
	_, err := t.exec(ctx, "insert audit row",
		`INSERT INTO audit (chain, seq, at, actor, action, subject, outcome, serial, why, token, mac)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		r.Chain, r.Seq, stamp(r.At), r.Actor, r.Action, r.Subject, r.Outcome, r.Serial, r.Why, r.Token, r.MAC)
	if errors.Is(err, ErrExists) {
		return fmt.Errorf("audit chain %q goes on after its head: %w", r.Chain, ErrCorrupt)
	}
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "move audit head", `UPDATE audit_heads SET mac = $2 WHERE chain = $1`, r.Chain, r.MAC)
	return err
}

// AuditHeads returns the ends of all chains.
func (t *Tx) AuditHeads(ctx context.Context) ([]AuditHead, error) {
	var all []AuditHead
	err := t.rows(ctx, "read audit heads", `SELECT chain, seq, mac FROM audit_heads ORDER BY chain`, nil,
		func(s scanner) error {
			var h AuditHead
			if err := s.Scan(&h.Chain, &h.Seq, &h.MAC); err != nil {
				return err
			}
			all = append(all, h)
			return nil
		})
	return all, err
}

// AuditChains returns the name of every chain that has a row, its head's row
// lost or not.
func (t *Tx) AuditChains(ctx context.Context) ([]string, error) {
	var all []string
	err := t.rows(ctx, "read audit chains", `SELECT DISTINCT chain FROM audit ORDER BY chain`, nil,
		func(s scanner) error {
			var c string
			if err := s.Scan(&c); err != nil {
				return err
			}
			all = append(all, c)
			return nil
		})
	return all, err
}

const auditColumns = `chain, seq, at, actor, action, subject, outcome, serial, why, token, mac`

func scanAudit(r *AuditRow) []any {
	return []any{&r.Chain, &r.Seq, instant{&r.At}, &r.Actor, &r.Action, &r.Subject, &r.Outcome, &r.Serial, &r.Why, &r.Token, &r.MAC}
}

// ErrForeignRow says that a row holds what this program never writes.
var ErrForeignRow = errors.New("not a row that was written here")

// AuditRows calls fn with each row of a chain in order, until fn fails.
// ErrForeignRow where a column is not of its type.
func (t *Tx) AuditRows(ctx context.Context, chain string, fn func(AuditRow) error) error {
	return t.rows(ctx, "read audit rows",
		`SELECT `+auditColumns+` FROM audit WHERE chain = $1 ORDER BY seq`,
		[]any{chain}, func(s scanner) error {
			var r AuditRow
			if err := s.Scan(scanAudit(&r)...); err != nil {
				return fmt.Errorf("%w: %w", ErrForeignRow, err)
			}
			return fn(r)
		})
}
