package issuer_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"certctl/pkg/api"
	"certctl/pkg/backup"
	"certctl/pkg/issuer"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// An identity of age's for tests, made by age-keygen, and its public key.
const (
	ageIdentity  = "AGE-SECRET-KEY-1RJ429QNMM76EU76JLGKDAEYC36ZD6AQY75RFL9F0GNJXA7F2YH8S6V7QQJ"
	ageRecipient = "age1gy796djn8288v29rqspkqlhkgs8dksd4nk3c3fjh7jzt95n2v5vsgen24y"
)

// backUp returns a backup of b.
func (b *backend) backUp() []byte {
	b.t.Helper()
	var file bytes.Buffer
	must(b.Backup(b.t.Context(), operator, &file, api.BackupLock{Recipients: []string{ageRecipient}}))
	return file.Bytes()
}

func openBackup(t testing.TB, file []byte) *backup.Reader {
	t.Helper()
	return must(issuer.OpenBackup(bytes.NewReader(file), "", strings.NewReader(ageIdentity)))
}

// restored is the backend that a backup gives in a new database.
func (b *backend) restored(file []byte, place string) (*backend, api.Restored) {
	b.t.Helper()
	n := &backend{t: b.t, path: place, key: b.key, clock: b.clock, policy: b.policy, secret: b.secret}
	n.st = must(store.Open(b.t.Context(), place, store.Options{Create: true}))
	b.t.Cleanup(n.close)
	n.db = storetest.OpenDB(b.t, place)
	kept := []byte(nil)
	r, err := issuer.Restore(b.t.Context(), n.st, openBackup(b.t, file), issuer.Config{Policy: b.policy, Now: b.clock.now}, operator,
		func(key []byte) error { kept = key; return nil })
	if err != nil {
		b.t.Fatal(err)
	}
	n.Issuer = must(issuer.Open(b.t.Context(), n.st, must(seal.New(kept)), issuer.Config{Policy: b.policy, Now: b.clock.now}))
	return n, r
}

// TestABackupHasEveryColumn compares what a backup has with what the database
// has: a column that a migration adds is in it, or is named here.
func TestABackupHasEveryColumn(t *testing.T) {
	b := newBackend(t, nil)
	var saved []string
	err := openBackup(t, b.backUp()).Visit(backup.Visitor{
		Table: func(t backup.Table) error {
			for _, column := range t.Columns {
				saved = append(saved, t.Name+"."+column)
			}
			return nil
		},
		Row: func([]any) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	passing := []string{"goose_db_version", "outcomes", "sessions", "tries", "nonces"}
	there := slices.DeleteFunc(b.columns(), func(column string) bool {
		table, _, _ := strings.Cut(column, ".")
		return slices.Contains(passing, table)
	})
	slices.Sort(saved)
	slices.Sort(there)
	if len(saved) < 80 || !slices.Equal(saved, there) {
		t.Errorf("a backup has\n%v\nand the database\n%v", saved, there)
	}
}

// columns names every column in the database.
func (b *backend) columns() []string {
	b.t.Helper()
	query := `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`
	if store.IsPostgres(b.path) {
		query = `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	rows := must(b.db.Query(query))
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			b.t.Fatal(err)
		}
		all = append(all, name)
	}
	return all
}

// contents is all that is in the tables of a backup, sorted, but for what a
// restore changes.
func contents(t testing.TB, db *sql.DB) string {
	t.Helper()
	b := &backend{t: t, db: db}
	var all strings.Builder
	for _, query := range []string{
		`SELECT one, id, seal_check, created_at FROM deployment`,
		`SELECT serial, kind, certificate, sealed_key, crl, created_at FROM authorities ORDER BY serial`,
		`SELECT * FROM contracts ORDER BY id`,
		`SELECT id, serial, contract_id, digits, period, algorithm, sealed_secret, drift, confirmed_at, created_at FROM tokens ORDER BY id`,
		`SELECT id, contract_id, user_id, user_key, name, emails, role, token_id, sealed_pin, current_serial FROM users ORDER BY id`,
		`SELECT serial, user_id, issuer_serial, spki, spki_sha256, subject_cn, not_before, not_after, der FROM certificates ORDER BY serial`,
		`SELECT chain, seq, at, actor, action, subject, outcome, serial, why, mac FROM audit WHERE action <> 'ca restore' ORDER BY chain, seq`,
	} {
		all.WriteString(b.dump(query))
	}
	return all.String()
}

// A backup of either database restores into either, and everything that was
// there is there again; old holders go on with their certificates.
func TestABackupRestoresIntoEitherDatabase(t *testing.T) {
	places := map[string]func() string{
		"SQLite":     func() string { return filepath.Join(t.TempDir(), "backend.db") },
		"PostgreSQL": func() string { return storetest.Database(t) },
	}
	for one, source := range places {
		for other, target := range places {
			t.Run(one+" to "+other, func(t *testing.T) {
				b := newBackendAt(t, source(), nil)
				b.addUser(api.UserRef{ContractID: contractID, UserID: "sato"})
				from := b.holder(tanaka)
				b.clock.set(inWindow)
				file := b.backUp()
				before := contents(t, b.db)
				b.clock.advance(time.Hour)
				n, r := b.restored(file, target())
				if after := contents(t, n.db); after != before {
					t.Errorf("before\n%s\nafter\n%s", before, after)
				}
				if r.DeploymentID != b.DeploymentID() || r.Rows == 0 || r.ClockTokens != 2 || r.Slots != 1 {
					t.Errorf("%+v", r)
				}
				n.wantAuditOK()
				n.clock.advance(time.Second)
				n.renewed(from)
				n.wantAuditOK()
			})
		}
	}
}

// A backup that is taken while others write has all of a transaction or nothing:
// here a user is added when the tokens are read, and the users are not.
func TestABackupIsOfOneMoment(t *testing.T) {
	for _, place := range []string{storetest.Place(t), storetest.Database(t)} {
		b := newBackendAt(t, place, nil)
		added := false
		st := must(store.Open(t.Context(), place, store.Options{Around: func(op string, do func() error) error {
			if op == "dump users" {
				added = true
				b.addUser(tanaka)
			}
			return do()
		}}))
		defer st.Close()
		i := must(issuer.Open(t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
		var file bytes.Buffer
		must(i.Backup(t.Context(), operator, &file, api.BackupLock{Recipients: []string{ageRecipient}}))
		if rows := rowsOf(t, file.Bytes()); !added || rows["users"] != 0 || rows["tokens"] != 0 {
			t.Errorf("rows of two moments: %v", rows)
		}
		n, _ := b.restored(file.Bytes(), storetest.Place(t))
		n.wantAuditOK()
	}
}

// rowsOf counts the rows in a backup.
func rowsOf(t *testing.T, file []byte) map[string]int {
	rows, table := map[string]int{}, ""
	err := openBackup(t, file).Visit(backup.Visitor{
		Table: func(t backup.Table) error { table = t.Name; return nil },
		Row:   func([]any) error { rows[table]++; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A backup that is not whole, not one, or from later restores nothing.
func TestABadBackupRestoresNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	file := b.backUp()
	flipped := slices.Clone(file)
	flipped[len(flipped)-40] ^= 1
	place := storetest.Place(t)
	st := must(store.Open(t.Context(), place, store.Options{Create: true}))
	defer st.Close()
	db := storetest.OpenDB(t, place)
	restore := func(file []byte) error {
		r, err := issuer.OpenBackup(bytes.NewReader(file), "", strings.NewReader(ageIdentity))
		if err == nil {
			_, err = issuer.Restore(t.Context(), st, r, issuer.Config{Now: b.clock.now}, operator, func([]byte) error {
				t.Error("the key is kept")
				return nil
			})
		}
		return err
	}
	for name, c := range map[string]struct {
		file []byte
		want api.Code
	}{
		"cut off":           {file[:len(file)-100], api.BackupDamaged}, // age cannot tell that from a change
		"cut off early":     {file[:30], api.BackupTruncated},
		"cut off earlier":   {file[:10], api.BackupTruncated},
		"changed":           {flipped, api.BackupDamaged},
		"empty":             {nil, api.BackupForeign},
		"something else":    {[]byte("SQLite format 3\x00 and so on and so on"), api.BackupForeign},
		"no trailer":        {b.rewritten(file, func(lines []string) []string { return lines[:len(lines)-1] }), api.BackupTruncated},
		"a row less":        {b.rewritten(file, func(lines []string) []string { return slices.Delete(lines, len(lines)-2, len(lines)-1) }), api.BackupDamaged},
		"something after":   {b.rewritten(file, func(lines []string) []string { return append(lines, "{}") }), api.BackupDamaged},
		"another's content": {b.rewritten(file, func([]string) []string { return []string{"hello"} }), api.BackupForeign},
		"a later format":    {b.rewritten(file, replaced(`"certctl_backup":1`, `"certctl_backup":2`)), api.BackupTooNew},
		"a later schema":    {b.rewritten(file, replaced(`"schema":`, `"schema":9`)), api.BackupTooNew},
		"another table":     {b.rewritten(file, replaced(`"table":"users"`, `"table":"goose_db_version"`)), api.BackupDamaged},
		"another column":    {b.rewritten(file, replaced(`"user_key"`, `"user_key; DROP TABLE users"`)), api.BackupDamaged},
		"a user of nobody":  {b.rewritten(file, replaced(`["12345678901","",`, `["12345678902","",`)), api.BackupDamaged},
		"another key":       {b.rewritten(file, replaced(`"sealing_key":"AAAA`, `"sealing_key":"BAAA`)), api.BackupDamaged},
		"no key":            {b.rewritten(file, replaced(`"sealing_key":"AAAA`, `"sealing_key":"`)), api.BackupDamaged},
	} {
		wantCode(t, name, restore(c.file), c.want)
		var n int
		if err := db.QueryRow(`SELECT (SELECT COUNT(*) FROM deployment) + (SELECT COUNT(*) FROM users)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows (%v)", name, n, err)
		}
	}
	_, err := issuer.OpenBackup(bytes.NewReader(file), "a passphrase", nil)
	wantCode(t, "a passphrase for what has recipients", err, api.PasswordWrong)
	_, err = issuer.OpenBackup(bytes.NewReader(file), "", strings.NewReader("no identity"))
	wantCode(t, "no identity", err, api.Usage)
	b.clock.advance(-time.Hour)
	wantCode(t, "with a clock that is behind", restore(file), api.ClockBehind)
	b.clock.advance(time.Hour)
	_, err = issuer.Restore(t.Context(), b.st, openBackup(t, file), issuer.Config{Now: b.clock.now}, operator, func([]byte) error { return nil })
	wantCode(t, "into what is not empty", err, api.Exists)
}

func replaced(old, now string) func([]string) []string {
	return func(lines []string) []string {
		return strings.Split(strings.Replace(strings.Join(lines, "\n"), old, now, 1), "\n")
	}
}

// A restore whose key cannot be kept restores nothing.
func TestARestoreWhoseKeyIsNotKeptIsNone(t *testing.T) {
	b := newBackend(t, nil)
	file := b.backUp()
	st := must(store.Open(t.Context(), storetest.Place(t), store.Options{Create: true}))
	defer st.Close()
	refused := errors.New("another key is there")
	_, err := issuer.Restore(t.Context(), st, openBackup(t, file), issuer.Config{Now: b.clock.now}, operator,
		func([]byte) error { return refused })
	if !errors.Is(err, refused) {
		t.Errorf("restore: %v", err)
	}
	_, err = issuer.Open(t.Context(), st, b.key, issuer.Config{})
	wantCode(t, "open what was not restored", err, api.StoreAbsent)
}

// A passphrase opens what was locked with it, and no other does.
func TestAPassphraseOpensABackup(t *testing.T) {
	b := newBackend(t, nil)
	var file bytes.Buffer
	must(b.Backup(t.Context(), operator, &file, api.BackupLock{Passphrase: "correct horse"}))
	must(issuer.OpenBackup(bytes.NewReader(file.Bytes()), "correct horse", nil))
	_, err := issuer.OpenBackup(bytes.NewReader(file.Bytes()), "battery staple", nil)
	wantCode(t, "another passphrase", err, api.PasswordWrong)
	_, err = b.Backup(t.Context(), operator, io.Discard, api.BackupLock{Recipients: []string{"age1nobody"}})
	wantCode(t, "a recipient that is none", err, api.Usage)
}

// rewritten is a backup with other lines in it.
func (b *backend) rewritten(file []byte, change func(lines []string) []string) []byte {
	b.t.Helper()
	identity := must(age.ParseX25519Identity(ageIdentity))
	plain := must(io.ReadAll(must(age.Decrypt(bytes.NewReader(file), identity))))
	lines := change(strings.Split(strings.TrimSuffix(string(plain), "\n"), "\n"))
	var again bytes.Buffer
	w := must(age.Encrypt(&again, identity.Recipient()))
	must(io.WriteString(w, strings.Join(lines, "\n")+"\n"))
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	return again.Bytes()
}
