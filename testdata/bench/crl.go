package main

import (
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	crlEntries   = 1_000_000
	crlMegabytes = 300 // what certctl may take
)

// revocations measures a revocation list of a million entries, read from the
// database, beside `cfssl gencrl` of the same list, read from a file.
func revocations(dir, certctl string) error {
	home := filepath.Join(dir, "revocations")
	env, err := deploy(dir, home, certctl)
	if err != nil {
		return err
	}
	list := filepath.Join(dir, "serials")
	if err := revokeMillion(filepath.Join(home, "backend.db"), list); err != nil {
		return fmt.Errorf("make a million revoked certificates: %w", err)
	}
	key, cert := filepath.Join(dir, "cfssl.key"), filepath.Join(dir, "cfssl.pem")
	_, _, err = timed(env, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
		"-subj", "/CN=Bench", "-keyout", key, "-out", cert)
	if err != nil {
		return err
	}
	var memory [2]int64 // the most of each side, in bytes
	out := filepath.Join(dir, "list.crl")
	ours := side{"certctl", measured(env, &memory[0], certctl, "ca", "crl", "--ca", "issuing", "--der", "--out", out)}
	theirs := side{"cfssl", measured(env, &memory[1], "cfssl", "gencrl", list, cert, key)}
	err = compare("ca crl (1,000,000)", 3, 0.5, ours, theirs)
	ratio := float64(memory[0]) / float64(memory[1])
	fmt.Printf("%-20s certctl %d MB, cfssl %d MB: %.2f× (at most 0.5×, and %d MB)\n", "  memory",
		memory[0]>>20, memory[1]>>20, ratio, crlMegabytes)
	if ratio > 0.5 || memory[0]>>20 > crlMegabytes {
		err = errors.Join(err, errors.New("ca crl takes too much memory"))
	}
	return err
}

// measured runs a program, whose output nobody reads, and keeps the most memory
// that it took.
func measured(env []string, most *int64, program string, args ...string) func(int) (time.Duration, error) {
	return func(int) (time.Duration, error) {
		cmd := exec.Command(program, args...)
		cmd.Env = env
		start := time.Now()
		err := cmd.Run()
		took := time.Since(start)
		if err != nil {
			return 0, fmt.Errorf("%s %s: %w", program, strings.Join(args, " "), err)
		}
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		*most = max(*most, usage.Maxrss<<10)
		return took, nil
	}
}

// revokeMillion writes certificates that are revoked, and nothing else, into a
// backend, and their serial numbers into a file as cfssl reads them: decimal.
func revokeMillion(database, list string) error {
	db, err := sql.Open("sqlite", database)
	if err != nil {
		return err
	}
	defer db.Close()
	now := time.Now().Unix()
	for _, query := range []string{
		`INSERT INTO contracts (id, name, created_at) VALUES ('12345678901', '', 0)`,
		`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, created_at, slot_state)
		 VALUES ('u', '12345678901', 'u', 'u', '', '[]', 'user', 0, 'not_issued')`,
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		 INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256, subject_o, subject_uid, subject_cn,
		     not_before, not_after, created_at, revoked_at, reason)
		 SELECT '7' || substr(lower(hex(randomblob(16))), 2), 'u', (SELECT serial FROM authorities WHERE kind = 'issuing'), 'revoked',
		     x'00', 's' || i, '12345678901', 'u', 'u', %d, %d, %d, %d, 'key_compromise' FROM n`,
			crlEntries, now-1000, now+100_000_000, now-1000, now-500),
	} {
		if _, err := db.Exec(query); err != nil {
			return err
		}
	}
	rows, err := db.Query(`SELECT serial FROM certificates`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var text strings.Builder
	for rows.Next() {
		var serial string
		if err := rows.Scan(&serial); err != nil {
			return err
		}
		n, _ := new(big.Int).SetString(serial, 16)
		text.WriteString(n.String() + "\n")
	}
	return errors.Join(rows.Err(), os.WriteFile(list, []byte(text.String()), 0o600))
}
