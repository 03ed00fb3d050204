package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// importing measures `certctl user import` of a list, an OTP token for each user,
// beside a bare program that does nothing but INSERT the same rows in as many
// transactions: it seals nothing, chains no audit log, and keeps no result file.
func importing(dir, certctl string) error {
	server, err := storetest.New()
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(server)
	inSchema := func() (string, error) { return newSchema(server) }
	inFile := func() (string, error) { return "sqlite", nil }
	return errors.Join(
		importInto(dir, certctl, "SQLite", inFile, 5000),
		importInto(dir, certctl, "PostgreSQL", inSchema, 1000), // a server's commits take longer
	)
}

// importInto measures it on one database, both sides in turn.
func importInto(dir, certctl, name string, database func() (string, error), users int) error {
	list := filepath.Join(dir, name+".csv")
	if err := os.WriteFile(list, userList(users), 0o600); err != nil {
		return err
	}
	sides := [2]func(home, place string) (time.Duration, error){
		func(home, place string) (time.Duration, error) { return importList(home, place, certctl, list) },
		func(home, place string) (time.Duration, error) { return insertRows(home, place, users) },
	}
	var took [2][]time.Duration
	const rounds, limit = 3, 2.0
	for round := range rounds {
		for turn := range sides {
			i := (round + turn) % 2
			place, err := database()
			if err != nil {
				return err
			}
			once, err := sides[i](filepath.Join(dir, fmt.Sprintf("import-%s-%d-%d", name, round, i)), place)
			if err != nil {
				return fmt.Errorf("import into %s: %w", name, err)
			}
			took[i] = append(took[i], once)
		}
	}
	ours, bare := median(took[0]), median(took[1])
	rate := func(d time.Duration) float64 { return float64(users) / d.Seconds() }
	ratio := float64(ours) / float64(bare)
	fmt.Printf("%-22s %d users, %.0f/s, bare INSERTs %.0f/s: %.2f× the time (at most %.1f×, medians of %d)\n",
		"import, "+name, users, rate(ours), rate(bare), ratio, limit, rounds)
	if ratio > limit {
		return fmt.Errorf("user import into %s: %.2f× is more than %.1f×", name, ratio, limit)
	}
	return nil
}

// userList is a list as a company would have it.
func userList(users int) []byte {
	var text strings.Builder
	text.WriteString("利用者ID,氏名,メールアドレス\n")
	for n := range users {
		fmt.Fprintf(&text, "user%d,田中　花子 %d,user%d@bank.example\n", n, n, n)
	}
	return []byte(text.String())
}

// newSchema is an empty database of a server.
func newSchema(server *storetest.Server) (string, error) {
	db, err := sql.Open("pgx", server.URL("postgres", "postgres"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	name := "b" + strings.ToLower(rand.Text())
	_, err = db.Exec(`CREATE SCHEMA ` + name)
	return server.URL("postgres", "postgres") + "&search_path=" + name, err
}

// importList makes a deployment and returns how long the import took.
func importList(home, place, certctl, list string) (time.Duration, error) {
	env := []string{
		"HOME=" + home,
		"CERTCTL_HOME=" + home,
		"CERTCTL_STORE=" + place,
		"CERTCTL_SEALED_BY=file:" + filepath.Join(home, "seal.key"),
	}
	for _, args := range [][]string{{"ca", "init"}, {"contract", "add", contractID}} {
		if _, _, err := timed(env, certctl, args...); err != nil {
			return 0, err
		}
	}
	took, _, err := timed(env, certctl, "user", "import", list, "--contract-id", contractID,
		"--result", filepath.Join(home, "result.csv"), "-o", "json")
	return took, err
}

// insertRows makes a database and returns how long it took to insert the rows of
// an import.
func insertRows(home, place string, users int) (time.Duration, error) {
	ctx := context.Background()
	if err := os.MkdirAll(home, 0o700); err != nil {
		return 0, err
	}
	var file string
	if !store.IsPostgres(place) {
		file = filepath.Join(home, "backend.db")
	}
	backend, err := openBackend(ctx, cmp.Or(file, place), store.Options{Create: true})
	if err != nil {
		return 0, err
	}
	if err := backend.store.Close(); err != nil {
		return 0, err
	}
	driver, dsn := "pgx", place
	if file != "" {
		driver, dsn = "sqlite", bareSQLite(file)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	start := time.Now()
	for n := range users {
		if err := insertUser(ctx, db, n, driver == "pgx"); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

// insertUser inserts the rows of one user in one transaction.
func insertUser(ctx context.Context, db *sql.DB, n int, marks bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	user, token, now := rand.Text(), rand.Text(), time.Now().Unix()
	id, sealed := fmt.Sprint("user", n), make([]byte, 49)
	statements := []statement{
		{"", `INSERT INTO tokens (id, contract_id, type, digits, period, algorithm, sealed_secret, created_at)
			VALUES ($1, $2, 'totp', 6, 30, 'SHA1', $3, $4)`, []any{token, contractID, sealed, now}},
		{"", `INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, token_id, created_at, slot_state, issued_at)
			VALUES ($1, $2, $3, $3, $4, $5, 'user', $6, $7, 'issued', $7)`,
			[]any{user, contractID, id, "田中　花子", `["` + id + `@bank.example"]`, token, now}},
		{"", `INSERT INTO audit (chain, seq, at, actor, action, subject, outcome, serial, why, mac)
			VALUES ($1, $2, $3, 'os:bench', 'user add', $4, 'ok', '', '', $5)`, []any{contractID, n + 2, now, id, sealed[:32]}},
	}
	if marks {
		statements = append(statements, mark())
	}
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
