package issuer

import (
	"context"
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// outcomeOK is the outcome of what was done; a refusal's is its code.
const outcomeOK = "ok"

// holderActor is who acquires: the one whom the row is about.
var holderActor = api.Actor{Name: "holder"}

// event is what an audit row says.
type event struct {
	actor    api.Actor
	action   string
	contract string // the chain; empty: the operator's
	user     string
	outcome  string
	serial   string // of a certificate
	token    string // as tokenName has it
}

// audit writes an event into its chain. It is the last thing that a
// transaction does, since every other one on that chain waits for its end.
func (i *Issuer) audit(ctx context.Context, tx *store.Tx, e event, now time.Time) error {
	head, err := tx.ExtendAudit(ctx, e.contract)
	if err != nil {
		return err
	}
	row := store.AuditRow{
		Chain:   e.contract,
		Seq:     head.Seq,
		At:      now,
		Actor:   e.actor.Name,
		Action:  e.action,
		Subject: e.user,
		Outcome: e.outcome,
		Serial:  e.serial,
		Why:     e.actor.Why,
		Token:   e.token,
	}
	row.MAC = i.auditMAC(head.MAC, row)
	return tx.InsertAudit(ctx, row)
}

// auditMAC binds a row to the one before it. A row without a token has the MAC
// that it had before there were tokens in the log: no parts are the same as
// others with one more.
func (i *Issuer) auditMAC(previous []byte, r store.AuditRow) []byte {
	var numbers [16]byte
	binary.BigEndian.PutUint64(numbers[:8], uint64(r.Seq))
	binary.BigEndian.PutUint64(numbers[8:], uint64(r.At.Unix()))
	parts := [][]byte{previous, numbers[:], []byte(r.Chain), []byte(r.Actor), []byte(r.Action),
		[]byte(r.Subject), []byte(r.Outcome), []byte(r.Serial), []byte(r.Why)}
	if r.Token != "" {
		parts = append(parts, []byte(r.Token))
	}
	return i.audits.MAC(parts...)
}

// VerifyAudit implements api.Audits. It sees every row that was edited, removed
// or swapped, a chain that is gone, and a head that is not its chain's last row.
// A tail that was cut together with its head it sees as far as the checkpoints
// that are left go. It does not see what was done to other records than the log.
func (i *Issuer) VerifyAudit(ctx context.Context, by api.Actor, kept ...api.SignedCheckpoint) (api.AuditReport, error) {
	var report api.AuditReport
	err := i.look(ctx, by, deployment, func(tx *store.Tx) error {
		signed, err := i.verifyCheckpoints(ctx, tx, kept)
		if err != nil {
			return err
		}
		report.Checkpoints = signed.report
		heads, err := tx.AuditHeads(ctx)
		if err != nil {
			return err
		}
		byChain := make(map[string]store.AuditHead, len(heads))
		for _, h := range heads {
			byChain[h.Chain] = h
		}
		chains, err := tx.AuditChains(ctx)
		if err != nil {
			return err
		}
		for _, name := range chains {
			c, err := i.verifyChain(ctx, tx, name, byChain[name], signed.rows[name])
			if err != nil {
				return err
			}
			c.Signed = signed.reach[name]
			report.Chains = append(report.Chains, c)
		}
		known := slices.AppendSeq(slices.Collect(maps.Keys(byChain)), maps.Keys(signed.rows))
		lost, err := lostChains(ctx, tx, chains, known)
		for _, name := range lost {
			report.Chains = append(report.Chains, api.AuditChain{ContractID: name, Broken: 1, Reason: "missing"})
		}
		return err
	})
	return report, translate(err)
}

// lostChains names the chains that must be there, since the deployment and each
// contract began with an audited act, or they are known from a head or a
// checkpoint, and are not.
func lostChains(ctx context.Context, tx *store.Tx, there, known []string) ([]string, error) {
	contracts, err := tx.Contracts(ctx)
	want := append(known, "")
	for _, c := range contracts {
		want = append(want, c.ID)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	return slices.DeleteFunc(want, func(name string) bool { return slices.Contains(there, name) }), err
}

// verifyChain follows a chain to its head, and looks for the rows that
// checkpoints name.
func (i *Issuer) verifyChain(ctx context.Context, tx *store.Tx, name string, head store.AuditHead, signed map[int64]signedRow) (api.AuditChain, error) {
	c := api.AuditChain{ContractID: name}
	previous := []byte{}
	err := tx.AuditRows(ctx, name, func(r store.AuditRow) error {
		c.Rows++
		if c.Broken != 0 {
			return nil
		}
		if r.Seq != c.Rows {
			c.Broken, c.Reason = c.Rows, "missing"
			return nil
		}
		if !hmac.Equal(r.MAC, i.auditMAC(previous, r)) {
			c.Broken, c.Reason = r.Seq, "edited"
			return nil
		}
		if want, found := signed[r.Seq]; found && want.mac != hex.EncodeToString(r.MAC) {
			c.Broken, c.Reason, c.Checkpoint = r.Seq, "forked", want.checkpoint
			return nil
		}
		previous = r.MAC
		return nil
	})
	if errors.Is(err, store.ErrForeignRow) {
		c.Broken, c.Reason = c.Rows+1, "edited"
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("read audit chain %q: %w", name, err)
	}
	for row, by := range signed {
		if row > c.Rows && (c.Broken == 0 || c.Reason == "cut" && by.checkpoint < c.Checkpoint) {
			c.Broken, c.Reason, c.Checkpoint = c.Rows+1, "cut", by.checkpoint
		}
	}
	if c.Broken == 0 && (head.Seq != c.Rows || !hmac.Equal(head.MAC, previous)) {
		c.Broken, c.Reason = c.Rows+1, "head"
	}
	return c, nil
}
