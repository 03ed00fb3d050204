package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

const (
	fewUsers, manyUsers = 1_000, 1_000_000
	makeLimit           = time.Minute
	userPage            = 50
)

// lists measures pages of `certctl user list` among a million users beside a
// thousand, of the command and of what it asks the backend for, with the records
// in SQLite and in PostgreSQL.
func lists(dir, certctl string) error {
	server, err := storetest.New("fsync=off", "max_wal_size=8GB", "shared_buffers=512MB")
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(server)
	var errs []error
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		var rolls []*roll
		for _, users := range []int{manyUsers, fewUsers} {
			r := &roll{users: users, home: filepath.Join(dir, fmt.Sprint(engine, users))}
			r.place = filepath.Join(r.home, "backend.db")
			if engine == "PostgreSQL" {
				r.place, err = newDatabase(server, fmt.Sprint("users", users))
			}
			if err == nil {
				err = r.fill(engine, certctl)
			}
			if err != nil {
				return fmt.Errorf("make %d users in %s: %w", users, engine, err)
			}
			rolls = append(rolls, r)
		}
		errs = append(errs, listed(engine, certctl, rolls[0], rolls[1]))
	}
	return errors.Join(errs...)
}

// newDatabase makes a database and returns its URL.
func newDatabase(server *storetest.Server, name string) (string, error) {
	db, err := sql.Open("pgx", server.URL("postgres", "postgres"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.Exec(`CREATE DATABASE ` + name)
	return server.URL("postgres", name), err
}

// roll is a backend with many users.
type roll struct {
	users int
	home  string
	place string // of the database
	made  time.Duration
	*issuer.Issuer
}

// env is the environment of a command on this backend.
func (r *roll) env() []string {
	env := []string{"HOME=" + r.home, "CERTCTL_HOME=" + r.home, "CERTCTL_NO_INPUT=true"}
	if store.IsPostgres(r.place) {
		env = append(env, "CERTCTL_STORE="+r.place)
	}
	return env
}

// fill makes the backend and, in SQL, its users: a thousand a contract, of ten
// eight with a certificate, whose end is anywhere in the year that began 90 days
// ago, one with one to acquire, and one without a token. The last is suspended,
// and the last but one is locked.
func (r *roll) fill(engine, certctl string) error {
	if err := os.Mkdir(r.home, 0o700); err != nil {
		return err
	}
	raw := make([]byte, seal.KeySize)
	rand.Read(raw)
	keyFile := filepath.Join(r.home, "seal.key")
	if err := os.WriteFile(keyFile, raw, 0o600); err != nil {
		return err
	}
	if _, _, err := timed(r.env(), certctl, "ca", "init", "--sealed-by", "file:"+keyFile); err != nil {
		return err
	}
	start := time.Now()
	if err := r.insert(engine); err != nil {
		return err
	}
	r.made = time.Since(start)
	key, err := seal.New(raw)
	if err != nil {
		return err
	}
	st, err := store.Open(context.Background(), r.place, store.Options{})
	if err != nil {
		return err
	}
	r.Issuer, err = issuer.Open(context.Background(), st, key, issuer.Config{})
	return err
}

func (r *roll) insert(engine string) error {
	driver, place := "sqlite", "file:"+r.place+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-800000)"
	if engine == "PostgreSQL" {
		driver, place = "pgx", r.place
	}
	db, err := sql.Open(driver, place)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1) `
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if engine == "PostgreSQL" {
		if _, err := tx.Exec(`SET LOCAL session_replication_role = replica`); err != nil { // looks up no foreign key
			return err
		}
	}
	for _, s := range []struct {
		sql  string
		rows int
		args []any
	}{
		{`INSERT INTO contracts (id, name, created_at) SELECT CAST(10000000000 + i AS TEXT), '', 0 FROM n`, max(1, r.users/1000), nil},
		{`INSERT INTO tokens (id, contract_id, type, digits, period, algorithm, sealed_secret, created_at)
		  SELECT 't' || (10000000 + i), CAST(10000000000 + i / 1000 AS TEXT), 'totp', 6, 30, 'SHA1', $1, 0 FROM n WHERE i % 10 <> 9`,
			r.users, []any{make([]byte, 60)}},
		{`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, token_id, created_at, slot_state, issued_at, slot_at, current_serial)
		  SELECT 'u' || (10000000 + i), CAST(10000000000 + i / 1000 AS TEXT), 'user' || (10000000 + i), 'user' || (10000000 + i), 'Name of a user', '["user@example.com"]', 'user',
		      CASE WHEN i % 10 <> 9 THEN 't' || (10000000 + i) END, 0,
		      CASE WHEN i % 10 < 8 THEN 'active' WHEN i % 10 = 8 THEN 'issued' ELSE 'not_issued' END,
		      CASE WHEN i % 10 < 9 THEN ` + ends + ` - 31536000 END,
		      CASE WHEN i % 10 < 8 THEN ` + ends + ` WHEN i % 10 = 8 THEN ` + ends + ` - 31536000 ELSE 0 END,
		      CASE WHEN i % 10 < 8 THEN 's' || (10000000 + i) END FROM n`, r.users, []any{time.Now().Unix()}},
		{`INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256, subject_o, subject_uid, subject_cn,
		      not_before, not_after, created_at, der)
		  SELECT 's' || (10000000 + i), 'u' || (10000000 + i), (SELECT serial FROM authorities WHERE kind = 'issuing'), 'good', $2, 's' || (10000000 + i), 'o', 'u', 'cn',
		      0, ` + ends + `, 0, $3 FROM n WHERE i % 10 < 8`, r.users, []any{time.Now().Unix(), make([]byte, 91), make([]byte, 500)}},
		{`UPDATE users SET suspended_at = 1 WHERE id = (SELECT 'u' || (10000000 + MAX(i)) FROM n)`, r.users, nil},
		{`UPDATE users SET locked_at = 1 WHERE id = (SELECT 'u' || (10000000 + MAX(i) - 1) FROM n)`, r.users, nil},
	} {
		if _, err := tx.Exec(fmt.Sprintf(numbers, s.rows)+s.sql, s.args...); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil || engine != "PostgreSQL" {
		return err
	}
	_, err = db.Exec(`ANALYZE`) // it does so by itself, in time
	return err
}

// ends is when the certificate of user i ends, in SQL: neighbours on other days.
const ends = `(CAST($1 AS BIGINT) - 90 * 86400 + i % 365 * 86400 + i / 365)`

// listed compares pages of both.
func listed(engine, certctl string, many, few *roll) error {
	const expiring = 30 * 24 * time.Hour
	title := "user list, " + engine
	var errs []error
	fmt.Printf("%-20s %d users made in SQL in %.0f s (SQLite: at most %.0f s)\n", title, many.users, many.made.Seconds(), makeLimit.Seconds())
	if engine == "SQLite" && many.made > makeLimit {
		errs = append(errs, fmt.Errorf("%s: %d users are made in %v", title, many.users, many.made))
	}
	command := func(r *roll) side {
		return side{fmt.Sprint(r.users), func(int) (time.Duration, error) {
			took, out, err := timed(r.env(), certctl, "user", "list", "--expiring", "30d", "--limit", fmt.Sprint(userPage), "-o", "json")
			var doc struct{ Users []struct{} }
			if err == nil {
				err = json.Unmarshal(out, &doc)
			}
			if err == nil && len(doc.Users) != userPage {
				err = fmt.Errorf("%d users", len(doc.Users))
			}
			return took, err
		}}
	}
	errs = append(errs, compare(title, 31, 2, command(many), command(few)))
	deep, err := deepPage(many, expiring)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name  string
		query api.UserQuery
	}{
		{"--expiring 30d", api.UserQuery{Expiring: expiring}},
		{"all", api.UserQuery{}},
		{"--no-otp", api.UserQuery{NoToken: true}},
		{"--state suspended", api.UserQuery{Status: api.StatusSuspended}},
		{"--state locked", api.UserQuery{Status: api.StatusLocked}},
		{"--state not_issued", api.UserQuery{State: api.SlotNotIssued}},
		{"--contract-id, --expiring 30d", api.UserQuery{ContractID: "10000000000", Expiring: expiring}},
		{"--contract-id, --state active", api.UserQuery{ContractID: "10000000000", State: api.SlotActive}},
	} {
		errs = append(errs, compare("  "+c.name, 31, 0, asked(many, c.query), asked(few, c.query)))
	}
	last, first := asked(many, api.UserQuery{Expiring: expiring, After: deep}), asked(many, api.UserQuery{Expiring: expiring})
	last.name, first.name = "behind 50000", "the first page"
	return errors.Join(append(errs, compare("  --expiring 30d", 31, 0, last, first))...)
}

// deepPage is behind 50,000 users.
func deepPage(r *roll, expiring time.Duration) (string, error) {
	q := api.UserQuery{Expiring: expiring}
	for range 50_000 / api.PageSize {
		page, err := r.Users(context.Background(), api.Actor{Role: api.RoleOperator}, q)
		if err != nil {
			return "", err
		}
		q.After = page.Next
	}
	return q.After, nil
}

// asked asks the backend for a page, without a process around it.
func asked(r *roll, q api.UserQuery) side {
	q.Limit = userPage
	return side{fmt.Sprint(r.users), func(int) (time.Duration, error) {
		start := time.Now()
		page, err := r.Users(context.Background(), api.Actor{Role: api.RoleOperator}, q)
		took := time.Since(start)
		if err == nil && len(page.Users) == 0 {
			err = errors.New("nobody")
		}
		return took, err
	}}
}
