package store

import (
	"context"
	"time"
)

// Contract is a customer.
type Contract struct {
	ID        string
	Name      string
	Suspended time.Time // zero: active
	Created   time.Time
	Users     int // not removed; read only
}

// InsertContract records a contract; ErrExists where the ID is taken.
func (t *Tx) InsertContract(ctx context.Context, c Contract) error {
	_, err := t.exec(ctx, "insert contract",
		`INSERT INTO contracts (id, name, suspended_at, created_at) VALUES ($1, $2, $3, $4)`,
		c.ID, c.Name, stamp(c.Suspended), stamp(c.Created))
	return err
}

const contractSelect = `SELECT c.id, c.name, c.suspended_at, c.created_at,
	(SELECT COUNT(*) FROM users u WHERE u.contract_id = c.id AND u.removed_at IS NULL)
	FROM contracts c`

func scanContract(c *Contract) []any {
	return []any{&c.ID, &c.Name, instant{&c.Suspended}, instant{&c.Created}, &c.Users}
}

// Contract returns one contract; ErrNotFound.
func (t *Tx) Contract(ctx context.Context, id string) (Contract, error) {
	var c Contract
	err := t.row(ctx, "read contract", contractSelect+` WHERE c.id = $1`, []any{id}, scanContract(&c)...)
	return c, err
}

// ContractSuspended returns since when a contract is suspended, zero where it is
// active; ErrNotFound. Unlike Contract it counts no users, which takes the longer
// the more there are.
func (t *Tx) ContractSuspended(ctx context.Context, id string) (time.Time, error) {
	var at time.Time
	err := t.row(ctx, "look for contract", `SELECT suspended_at FROM contracts WHERE id = $1`, []any{id}, instant{&at})
	return at, err
}

// Contracts returns all contracts by ID.
func (t *Tx) Contracts(ctx context.Context) ([]Contract, error) {
	var all []Contract
	err := t.rows(ctx, "list contracts", contractSelect+` ORDER BY c.id`, nil, func(s scanner) error {
		var c Contract
		if err := s.Scan(scanContract(&c)...); err != nil {
			return err
		}
		all = append(all, c)
		return nil
	})
	return all, err
}
