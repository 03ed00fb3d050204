package main

import (
	"context"
	"crypto/rand"
	"time"
)

// transaction is what one transaction of an acquisition runs.
type transaction struct {
	reads      bool
	statements []statement
}

// statement has the name that certctl's seam has for it.
type statement struct {
	op, sql string
	args    []any
}

const (
	users = `SELECT
	u.id, u.contract_id, u.user_id, u.name, u.emails, u.role, u.token_id, u.attempts,
	u.locked_at, u.suspended_at, u.removed_at, u.created_at, u.slot_state, u.issued_at, u.current_serial, u.predecessor_serial, u.slot_at,
	c.suspended_at,
	t.type, t.digits, t.period, t.algorithm, t.sealed_secret, t.next_step, t.drift, t.attempts, t.confirmed_at, t.created_at,
	k.state, k.not_before, k.not_after
	FROM users u
	JOIN contracts c ON c.id = u.contract_id
	LEFT JOIN tokens t ON t.id = u.token_id
	LEFT JOIN certificates k ON k.serial = u.current_serial `
	certificates = `SELECT serial, user_id, issuer_serial, state, spki, spki_sha256,
	subject_o, subject_uid, subject_cn, not_before, not_after, created_at, der, superseded_at, revoked_at, reason
	FROM certificates `
	authorities = `SELECT serial, kind, certificate, sealed_key, crl, created_at FROM authorities `
	current     = authorities + `WHERE kind = $1 ORDER BY created_at DESC, serial LIMIT 1`
)

// acquisition adds a user and returns all that an acquisition by them runs.
func (p *bareProgram) acquisition(ctx context.Context) ([]transaction, error) {
	h, err := p.backend.addHolder(ctx)
	if err != nil {
		return nil, err
	}
	key, now := h.ref.UserID, time.Now().Unix()
	var user, token, issuer string
	err = p.db.QueryRowContext(ctx, `SELECT u.id, u.token_id, (SELECT serial FROM authorities WHERE kind = 'issuing')
		FROM users u WHERE u.contract_id = $1 AND u.user_key = $2`, contractID, key).Scan(&user, &token, &issuer)
	if err != nil {
		return nil, err
	}
	serial, nonce, hash, der := rand.Text(), rand.Text(), rand.Text(), make([]byte, 600)
	do := func(op, sql string, args ...any) statement { return statement{op, sql, args} }
	living := do("read users", users+`WHERE u.contract_id = $1 AND u.user_key = $2 AND u.removed_at IS NULL`, contractID, key)
	byID := do("read users", users+`WHERE u.id = $1`, user)
	issuing := do("read authority", current, "issuing")
	lock := do("lock user", `UPDATE users SET attempts = attempts WHERE contract_id = $1 AND user_key = $2 AND removed_at IS NULL`, contractID, key)
	audit := []statement{
		{"extend audit chain", `INSERT INTO audit_heads (chain, seq, mac) VALUES ($1, 1, $2)
			ON CONFLICT (chain) DO UPDATE SET seq = audit_heads.seq + 1 RETURNING seq, mac`, []any{contractID, []byte{}}},
		{"insert audit row", `INSERT INTO audit (chain, at, actor, action, subject, outcome, serial, why, mac, seq)
			VALUES ($1, $2, 'holder', 'acquire', $3, 'ok', $4, '', $5, $6)`, []any{contractID, now, key, serial, der[:32]}},
		{"move audit head", `UPDATE audit_heads SET mac = $2 WHERE chain = $1`, []any{contractID, der[:32]}},
	}
	decide := append([]statement{
		lock,
		do("read try", `SELECT outcome, tries_left, serial FROM tries WHERE nonce = $1 AND code_mac = $2 AND csr_sha256 = $3`, nonce, hash, hash),
		do("read certificate", certificates+`WHERE spki_sha256 = $1`, hash),
		do("purge sessions", `DELETE FROM sessions WHERE created_at < $1`, now-86400),
		do("open session", `INSERT INTO sessions (nonce, created_at) VALUES ($1, $2)
			ON CONFLICT (nonce) DO UPDATE SET nonce = excluded.nonce RETURNING spent, succeeded`, nonce, now),
		issuing,
		living,
		do("claim attempt", `UPDATE users SET attempts = attempts + 1
			WHERE id = $1 AND attempts < $2 AND locked_at IS NULL AND suspended_at IS NULL RETURNING attempts`, user, 5),
		do("claim token attempt", `UPDATE tokens SET attempts = attempts + 1 WHERE id = $1 AND attempts < $2 RETURNING attempts`, token, 20),
		do("spend step", `UPDATE tokens SET next_step = CAST($2 AS BIGINT) + 1, drift = $3, attempts = 0, confirmed_at = COALESCE(confirmed_at, $4)
			WHERE id = $1 AND next_step <= $2`, token, now/30, 0, now),
		do("clear attempts", `UPDATE users SET attempts = 0 WHERE id = $1`, user),
		do("revoke unrecorded certificates", `UPDATE certificates SET state = 'revoked', revoked_at = $2, reason = $3
			WHERE user_id = $1 AND state = 'signing'`, user, now, "superseded"),
		do("insert certificate", `INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256,
			subject_o, subject_uid, subject_cn, not_before, not_after, created_at)
			VALUES ($1, $2, $3, 'signing', $4, $5, $6, $7, $8, $9, $10, $11)`,
			serial, user, issuer, der[:91], hash, contractID, key, key, now, now+365*86400, now),
		do("close session", `UPDATE sessions SET succeeded = 1 WHERE nonce = $1`, nonce),
		do("insert try", `INSERT INTO tries (nonce, code_mac, csr_sha256, outcome, tries_left, serial) VALUES ($1, $2, $3, 'ok', NULL, $4)`,
			nonce, hash, hash, serial),
	}, audit...)
	record := append([]statement{
		lock,
		do("record certificate", `UPDATE certificates SET state = 'good', der = $2 WHERE serial = $1 AND state = 'signing'`, serial, der),
		do("supersede certificate", `UPDATE certificates SET superseded_at = $3
			WHERE serial = (SELECT current_serial FROM users WHERE id = $1 AND slot_state = 'active')
			  AND serial <> $2 AND state = 'good' AND not_after >= $3`, user, serial, now),
		do("fill slot", `UPDATE users SET slot_state = 'active', current_serial = $2,
			slot_at = (SELECT not_after FROM certificates WHERE serial = $2), predecessor_serial =
			(SELECT c.serial FROM certificates c
			 WHERE c.serial = users.current_serial AND c.state = 'good' AND c.superseded_at IS NOT NULL)
			WHERE id = $1`, user, serial),
	}, audit...)
	if p.marks {
		decide, record = append(decide, mark()), append(record, mark())
	}
	return []transaction{
		{true, []statement{issuing, living}},
		{false, decide},
		{true, []statement{
			do("read certificate", certificates+`WHERE serial = $1`, serial),
			byID,
			do("read authority", authorities+`WHERE serial = $1`, issuer),
			do("read authority", current, "root"),
		}},
		{false, record},
	}, nil
}

// mark is what a transaction leaves behind on PostgreSQL, to be found by.
func mark() statement {
	return statement{"mark transaction", `WITH old AS (
		DELETE FROM outcomes WHERE id IN (
			SELECT id FROM outcomes WHERE at < CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) - $2
			LIMIT 4 FOR UPDATE SKIP LOCKED))
		INSERT INTO outcomes (id, at) VALUES ($1, CAST(EXTRACT(EPOCH FROM now()) AS BIGINT))`, []any{rand.Text(), 900}}
}
