package issuer

import (
	"context"
	"crypto/hmac"
	"encoding/binary"
	"fmt"
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
	serial   string
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
	}
	row.MAC = i.auditMAC(head.MAC, row)
	return tx.InsertAudit(ctx, row)
}

// auditMAC binds a row to the one before it.
func (i *Issuer) auditMAC(previous []byte, r store.AuditRow) []byte {
	var numbers [16]byte
	binary.BigEndian.PutUint64(numbers[:8], uint64(r.Seq))
	binary.BigEndian.PutUint64(numbers[8:], uint64(r.At.Unix()))
	return i.audits.MAC(previous, numbers[:], []byte(r.Chain), []byte(r.Actor), []byte(r.Action),
		[]byte(r.Subject), []byte(r.Outcome), []byte(r.Serial))
}

// VerifyAudit implements api.Admin. It sees every row that was edited, removed
// or swapped, and a head that is not its chain's last row. It does not see a
// tail that was cut together with its head, nor a chain removed whole.
func (i *Issuer) VerifyAudit(ctx context.Context, _ api.Actor) (api.AuditReport, error) {
	var report api.AuditReport
	err := i.st.View(ctx, func(tx *store.Tx) error {
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
			head := byChain[name]
			delete(byChain, name)
			c, err := i.verifyChain(ctx, tx, name, head)
			if err != nil {
				return err
			}
			report.Chains = append(report.Chains, c)
		}
		for name := range byChain {
			report.Chains = append(report.Chains, api.AuditChain{ContractID: name, Broken: 1, Reason: "missing"})
		}
		return nil
	})
	return report, translate(err)
}

func (i *Issuer) verifyChain(ctx context.Context, tx *store.Tx, name string, head store.AuditHead) (api.AuditChain, error) {
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
		previous = r.MAC
		return nil
	})
	if err != nil {
		return c, fmt.Errorf("read audit chain %q: %w", name, err)
	}
	if c.Broken == 0 && (head.Seq != c.Rows || !hmac.Equal(head.MAC, previous)) {
		c.Broken, c.Reason = c.Rows+1, "head"
	}
	return c, nil
}
