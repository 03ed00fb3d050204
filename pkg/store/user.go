package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"certctl/pkg/api"
)

// User is a user of a contract with their one slot.
type User struct {
	ID        string // internal: a user ID that is added again is another ID
	Ref       api.UserRef
	Name      string
	Emails    []string
	Role      api.Role
	TokenID   string // empty: none
	SealedPIN []byte // the hash of their PIN; nil: none
	Attempts  int    // wrong codes in a row
	Locked    time.Time
	Suspended time.Time
	Removed   time.Time
	Created   time.Time
	Slot      Slot
}

// Slot is the place for one certificate.
type Slot struct {
	State   api.SlotState // a stored one
	Issued  time.Time     // zero: never
	Current string        // serial of the current certificate; empty: none
	// Predecessor is the serial of the certificate that the current one renewed;
	// empty: none.
	Predecessor string
	Moment      int64 // see SlotRange; read only
}

// Holder is all that a decision about a user needs, read at one moment.
type Holder struct {
	User              User
	ContractSuspended time.Time // zero: active
	Token             *Token
	Certificate       *Certificate // the slot's current one
}

// InsertUser records a user; ErrExists where the ID is taken in the contract,
// ErrNotFound where there is no such contract.
func (t *Tx) InsertUser(ctx context.Context, u User) error {
	emails, err := json.Marshal(u.Emails)
	if err != nil {
		return fmt.Errorf("encode e-mail addresses: %w", err)
	}
	_, err = t.exec(ctx, "insert user",
		`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, token_id, sealed_pin, created_at, slot_state, issued_at, slot_at)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, COALESCE(CAST($12 AS BIGINT), 0))`,
		u.ID, u.Ref.ContractID, u.Ref.UserID, api.UserKey(u.Ref.UserID), u.Name, string(emails), string(u.Role),
		text(u.TokenID), u.SealedPIN, stamp(u.Created), string(u.Slot.State), stamp(u.Slot.Issued))
	return err
}

// LockUser makes every other transaction that locks or changes this user wait
// until this one ends. It says nothing about whether there is one.
func (t *Tx) LockUser(ctx context.Context, ref api.UserRef) error {
	_, err := t.exec(ctx, "lock user",
		`UPDATE users SET attempts = attempts WHERE contract_id = $1 AND user_key = $2 AND removed_at IS NULL`,
		ref.ContractID, api.UserKey(ref.UserID))
	return err
}

const holderSelect = `SELECT
	u.id, u.contract_id, u.user_id, u.name, u.emails, u.role, u.token_id, u.sealed_pin, u.attempts,
	u.locked_at, u.suspended_at, u.removed_at, u.created_at, u.slot_state, u.issued_at, u.current_serial, u.predecessor_serial, u.slot_at,
	c.suspended_at,
	t.type, t.digits, t.period, t.algorithm, t.sealed_secret, t.next_step, t.drift, t.attempts, t.confirmed_at, t.created_at,
	t.serial, t.last_used_at, t.expires_at, t.resync_needed,
	k.state, k.not_before, k.not_after
	FROM users u
	JOIN contracts c ON c.id = u.contract_id
	LEFT JOIN tokens t ON t.id = u.token_id
	LEFT JOIN certificates k ON k.serial = u.current_serial`

// Holder returns a living user; ErrNotFound.
func (t *Tx) Holder(ctx context.Context, ref api.UserRef) (Holder, error) {
	return t.holder(ctx, `WHERE u.contract_id = $1 AND u.user_key = $2 AND u.removed_at IS NULL`,
		ref.ContractID, api.UserKey(ref.UserID))
}

// HolderByID returns a user by internal ID, removed or not; ErrNotFound.
func (t *Tx) HolderByID(ctx context.Context, id string) (Holder, error) {
	return t.holder(ctx, `WHERE u.id = $1`, id)
}

func (t *Tx) holder(ctx context.Context, where string, args ...any) (Holder, error) {
	all, err := t.holders(ctx, where, args...)
	if err != nil {
		return Holder{}, err
	}
	if len(all) == 0 {
		return Holder{}, ErrNotFound
	}
	return all[0], nil
}

func (t *Tx) holders(ctx context.Context, where string, args ...any) ([]Holder, error) {
	var all []Holder
	err := t.rows(ctx, "read users", holderSelect+" "+where, args, func(s scanner) error {
		h, err := scanHolder(s)
		all = append(all, h)
		return err
	})
	return all, err
}

func scanHolder(s scanner) (Holder, error) {
	var (
		h      Holder
		emails string
		token  nullableToken
		cert   nullableCertificate
	)
	u := &h.User
	err := s.Scan(&u.ID, &u.Ref.ContractID, &u.Ref.UserID, &u.Name, &emails, (*string)(&u.Role), maybe{&u.TokenID}, &u.SealedPIN, &u.Attempts,
		instant{&u.Locked}, instant{&u.Suspended}, instant{&u.Removed}, instant{&u.Created},
		(*string)(&u.Slot.State), instant{&u.Slot.Issued}, maybe{&u.Slot.Current}, maybe{&u.Slot.Predecessor}, &u.Slot.Moment,
		instant{&h.ContractSuspended},
		&token.kind, &token.digits, &token.period, &token.algorithm, &token.secret, &token.next, &token.drift,
		&token.attempts, instant{&token.confirmed}, instant{&token.created},
		maybe{&token.serial}, instant{&token.lastUsed}, instant{&token.expires}, &token.resync,
		&cert.state, instant{&cert.notBefore}, instant{&cert.notAfter})
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal([]byte(emails), &u.Emails); err != nil {
		return h, fmt.Errorf("e-mail addresses of user %s: %w", u.ID, ErrCorrupt)
	}
	h.Token = token.value(u)
	h.Certificate = cert.value(u)
	if u.Slot.State == api.SlotActive && h.Certificate == nil {
		return h, fmt.Errorf("active slot of user %s without a certificate: %w", u.ID, ErrCorrupt)
	}
	return h, nil
}

// ClaimAttempt counts an attempt of a user before the code is compared, and
// returns how many there were with it. ErrNotFound where limit was reached
// before, or the user is locked or suspended.
func (t *Tx) ClaimAttempt(ctx context.Context, id string, limit int) (int, error) {
	var n int
	err := t.row(ctx, "claim attempt",
		`UPDATE users SET attempts = attempts + 1
		 WHERE id = $1 AND attempts < $2 AND locked_at IS NULL AND suspended_at IS NULL RETURNING attempts`,
		[]any{id, limit}, &n)
	return n, err
}

// ReleaseAttempt takes back one that ClaimAttempt counted.
func (t *Tx) ReleaseAttempt(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "release attempt",
		`UPDATE users SET attempts = attempts - 1 WHERE id = $1 AND attempts > 0`, id)
	return err
}

// ClearAttempts sets a user's attempts to nought after a right code.
func (t *Tx) ClearAttempts(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "clear attempts", `UPDATE users SET attempts = 0 WHERE id = $1`, id)
	return err
}

// SetLocked locks a user.
func (t *Tx) SetLocked(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "lock out user", `UPDATE users SET locked_at = $2 WHERE id = $1`, id, stamp(now))
	return err
}

// Resume lifts lock and suspension and sets the attempts to nought.
func (t *Tx) Resume(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "resume user",
		`UPDATE users SET locked_at = NULL, suspended_at = NULL, attempts = 0 WHERE id = $1`, id)
	return err
}

// SetToken gives a user a token, which ends their PIN, or takes it away where
// tokenID is empty. The token that they had is free, with its replay memory.
func (t *Tx) SetToken(ctx context.Context, id, tokenID string) error {
	_, err := t.exec(ctx, "set token", `UPDATE users SET token_id = $2, sealed_pin = NULL WHERE id = $1`, id, text(tokenID))
	return err
}

// SetIssued moves the slot to issued and takes its certificates out.
func (t *Tx) SetIssued(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "issue slot",
		`UPDATE users SET slot_state = 'issued', issued_at = $2, slot_at = $2, current_serial = NULL, predecessor_serial = NULL WHERE id = $1`, id, stamp(now))
	return err
}

// LockOwner is LockUser for the owner of a certificate.
func (t *Tx) LockOwner(ctx context.Context, serial string) error {
	_, err := t.exec(ctx, "lock owner",
		`UPDATE users SET attempts = attempts WHERE id = (SELECT user_id FROM certificates WHERE serial = $1)`, serial)
	return err
}

// SetActive puts a certificate into the slot. One that is there already, and
// living, is superseded now: it becomes the predecessor.
func (t *Tx) SetActive(ctx context.Context, id, serial string, now time.Time) error {
	_, err := t.exec(ctx, "supersede certificate",
		`UPDATE certificates SET superseded_at = $3
		 WHERE serial = (SELECT current_serial FROM users WHERE id = $1 AND slot_state = 'active')
		   AND serial <> $2 AND state = 'good' AND not_after >= $3`, id, serial, stamp(now))
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "fill slot",
		`UPDATE users SET slot_state = 'active', current_serial = $2,
		   slot_at = (SELECT not_after FROM certificates WHERE serial = $2), predecessor_serial =
		   (SELECT c.serial FROM certificates c
		    WHERE c.serial = users.current_serial AND c.state = 'good' AND c.superseded_at IS NOT NULL)
		 WHERE id = $1`, id, serial)
	return err
}

// SetRevoked marks a slot whose certificates are revoked.
func (t *Tx) SetRevoked(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "revoke slot", `UPDATE users SET slot_state = 'revoked', slot_at = 0 WHERE id = $1`, id)
	return err
}

// SetRemoved removes a user. The row stays, so that keys and audit rows keep
// their owner; the ID is free again.
func (t *Tx) SetRemoved(ctx context.Context, id string, now time.Time) error {
	_, err := t.exec(ctx, "remove user",
		`UPDATE users SET slot_state = 'removed', slot_at = 0, removed_at = $2, token_id = NULL, sealed_pin = NULL WHERE id = $1`, id, stamp(now))
	return err
}
