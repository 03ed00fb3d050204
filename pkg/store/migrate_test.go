package store_test

import (
	"database/sql"
	"os"
	"testing"

	"github.com/pressly/goose/v3"

	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// A database of the first release is brought up to date by being opened, and
// nothing in it is lost.
func TestADatabaseOfTheFirstReleaseIsUpgraded(t *testing.T) {
	place := storetest.Place(t)
	open(t, place, store.Options{Create: true})
	db := storetest.OpenDB(t, place)
	migrations := newMigrations(t, db)
	must(migrations.DownTo(t.Context(), 1))
	for _, row := range []string{
		`INSERT INTO contracts (id, name, created_at) VALUES ('12345678901', 'Tanaka Trading', 1)`,
		`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, created_at, slot_state)
		 VALUES ('1', '12345678901', 'Tanaka', 'tanaka', 'Tanaka', '[]', 'admin', 1, 'not_issued')`,
		`INSERT INTO audit (chain, seq, at, actor, action, subject, outcome, serial, why, mac)
		 VALUES ('12345678901', 1, 1, 'os:tanaka', 'contract add', '', 'ok', '', '', '')`,
	} {
		must(db.Exec(row))
	}

	st := open(t, place, store.Options{})
	if waiting := must(migrations.HasPending(t.Context())); waiting {
		t.Error("opened, and not up to date")
	}
	err := st.View(t.Context(), func(tx *store.Tx) error {
		h, err := tx.Holder(t.Context(), ref)
		if h.User.Name != "Tanaka" {
			t.Errorf("the user of the first release: %+v", h.User)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func newMigrations(t *testing.T, db *sql.DB) *goose.Provider {
	dialect := goose.DialectSQLite3
	if storetest.Postgres() {
		dialect = goose.DialectPostgres
	}
	return must(goose.NewProvider(dialect, db, os.DirFS("migrations")))
}
