package issuer

import (
	"context"
	"slices"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// AuditLog implements api.Audits.
func (i *Issuer) AuditLog(ctx context.Context, by api.Actor, f api.AuditFilter) ([]api.AuditEntry, error) {
	if f.Limit == 0 {
		f.Limit = 100
	}
	wanted := store.AuditSelection{Since: f.Since, Limit: f.Limit}
	var err error
	if wanted.Chain, err = i.contractOrNone(f.ContractID); err != nil {
		return nil, err
	}
	if f.UserID != "" {
		if wanted.Subject, err = i.ids.User(f.UserID); err != nil {
			return nil, err
		}
	}
	var all []api.AuditEntry
	err = i.look(ctx, by, deployment, func(tx *store.Tx) error {
		rows, err := tx.LastAuditRows(ctx, wanted)
		if err == nil && len(rows) == 0 { // rows are shown, even where their contract is gone
			err = known(ctx, tx, wanted.Chain)
		}
		slices.Reverse(rows)
		for _, r := range rows {
			all = append(all, auditEntry(r))
		}
		return err
	})
	return all, translate(err)
}

// ExportAudit implements api.Audits.
func (i *Issuer) ExportAudit(ctx context.Context, by api.Actor, contractID string, found func(api.AuditEntry) error) error {
	contractID, err := i.contractOrNone(contractID)
	if err != nil {
		return err
	}
	return translate(i.look(ctx, by, deployment, func(tx *store.Tx) error {
		chains, err := tx.AuditChains(ctx)
		if err != nil {
			return err
		}
		if contractID != "" {
			if !slices.Contains(chains, contractID) {
				return known(ctx, tx, contractID)
			}
			chains = []string{contractID}
		}
		for _, chain := range chains {
			err := tx.AuditRows(ctx, chain, func(r store.AuditRow) error { return found(auditEntry(r)) })
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func auditEntry(r store.AuditRow) api.AuditEntry {
	return api.AuditEntry{
		ContractID: r.Chain, Seq: r.Seq, At: r.At, Actor: r.Actor, Action: r.Action,
		UserID: r.Subject, Outcome: r.Outcome, Serial: r.Serial, Why: r.Why, Token: r.Token, MAC: r.MAC,
	}
}
