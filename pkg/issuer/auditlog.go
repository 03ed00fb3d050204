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
	if f.ContractID != "" {
		if wanted.Chain, err = i.ids.Contract(f.ContractID); err != nil {
			return nil, err
		}
	}
	if f.UserID != "" {
		if wanted.Subject, err = i.ids.User(f.UserID); err != nil {
			return nil, err
		}
	}
	var all []api.AuditEntry
	err = i.look(ctx, by, deployment, func(tx *store.Tx) error {
		rows, err := tx.LastAuditRows(ctx, wanted)
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
	if contractID != "" {
		id, err := i.ids.Contract(contractID)
		if err != nil {
			return err
		}
		contractID = id
	}
	return translate(i.look(ctx, by, deployment, func(tx *store.Tx) error {
		chains, err := tx.AuditChains(ctx)
		if err != nil {
			return err
		}
		for _, chain := range chains {
			if contractID != "" && chain != contractID {
				continue
			}
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
