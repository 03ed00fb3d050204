package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"certctl/pkg/api"
)

// SetName changes a user's display name.
func (t *Tx) SetName(ctx context.Context, id, name string) error {
	_, err := t.exec(ctx, "name user", `UPDATE users SET name = $2 WHERE id = $1`, id, name)
	return err
}

// SetEmails changes a user's e-mail addresses.
func (t *Tx) SetEmails(ctx context.Context, id string, addresses []string) error {
	emails, err := json.Marshal(addresses)
	if err != nil {
		return fmt.Errorf("encode e-mail addresses: %w", err)
	}
	_, err = t.exec(ctx, "set e-mail addresses", `UPDATE users SET emails = $2 WHERE id = $1`, id, string(emails))
	return err
}

// SetRole changes a user's role.
func (t *Tx) SetRole(ctx context.Context, id string, role api.Role) error {
	_, err := t.exec(ctx, "set role", `UPDATE users SET role = $2 WHERE id = $1`, id, string(role))
	return err
}

// SetSuspended suspends a user. One who is suspended stays so from when it was.
func (t *Tx) SetSuspended(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "suspend user",
		`UPDATE users SET suspended_at = $2 WHERE id = $1 AND suspended_at IS NULL`, id, stamp(now))
	return err
}

// LockContract makes every other transaction that locks or changes this contract
// wait until this one ends. ErrNotFound where there is none.
func (t *Tx) LockContract(ctx context.Context, id string) error {
	return t.changeContract(ctx, "lock contract", `UPDATE contracts SET name = name WHERE id = $1`, id)
}

// SetContractName renames a contract; ErrNotFound.
func (t *Tx) SetContractName(ctx context.Context, id, name string) error {
	return t.changeContract(ctx, "name contract", `UPDATE contracts SET name = $2 WHERE id = $1`, id, name)
}

// SuspendContract suspends a contract, or keeps it suspended from when it was;
// ErrNotFound.
func (t *Tx) SuspendContract(ctx context.Context, id string, now time.Time) error {
	return t.changeContract(ctx, "suspend contract",
		`UPDATE contracts SET suspended_at = COALESCE(suspended_at, $2) WHERE id = $1`, id, stamp(now))
}

// ResumeContract lifts a contract's suspension; ErrNotFound.
func (t *Tx) ResumeContract(ctx context.Context, id string) error {
	return t.changeContract(ctx, "resume contract", `UPDATE contracts SET suspended_at = NULL WHERE id = $1`, id)
}

func (t *Tx) changeContract(ctx context.Context, op, query string, args ...any) error {
	n, err := t.exec(ctx, op, query, args...)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// OtherAdmins counts the administrators of a contract who can act, without one
// user.
func (t *Tx) OtherAdmins(ctx context.Context, contractID, id string) (int, error) {
	var n int
	err := t.row(ctx, "count administrators",
		`SELECT COUNT(*) FROM users WHERE contract_id = $1 AND id <> $2 AND role = 'admin'
		 AND removed_at IS NULL AND suspended_at IS NULL AND locked_at IS NULL`, []any{contractID, id}, &n)
	return n, err
}
