package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/pressly/goose/v3"

	"certctl/pkg/api"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// A database of an earlier release is brought up to date by being opened, and
// nothing in it is lost.
func TestADatabaseOfAnEarlierReleaseIsUpgraded(t *testing.T) {
	for version := int64(1); version < store.SchemaVersion(); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) { upgraded(t, version) })
	}
}

func upgraded(t *testing.T, version int64) {
	place := storetest.Place(t)
	open(t, place, store.Options{Create: true})
	db := storetest.OpenDB(t, place)
	migrations := newMigrations(t, db)
	must(migrations.DownTo(t.Context(), 1))
	for _, row := range []string{
		`INSERT INTO contracts (id, name, created_at) VALUES ('12345678901', 'Tanaka Trading', 1)`,
		`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, created_at, slot_state)
		 VALUES ('1', '12345678901', 'Tanaka', 'tanaka', 'Tanaka', '[]', 'admin', 1, 'not_issued')`,
		`INSERT INTO users (id, contract_id, user_id, user_key, name, emails, role, created_at, slot_state, issued_at, current_serial)
		 VALUES ('2', '12345678901', 'Suzuki', 'suzuki', '', '[]', 'user', 1, 'issued', 5, NULL),
		     ('3', '12345678901', 'Sato', 'sato', '', '[]', 'user', 1, 'active', 5, '30')`,
		`INSERT INTO authorities (serial, kind, certificate, sealed_key, created_at) VALUES ('10', 'issuing', '', '', 1)`,
		`INSERT INTO certificates (serial, user_id, issuer_serial, state, spki, spki_sha256, subject_o, subject_uid, subject_cn,
		     not_before, not_after, created_at) VALUES ('30', '3', '10', 'good', '', '', '', '', '', 1, 9, 1)`,
		`UPDATE users SET suspended_at = 7 WHERE id = '2'`,
		`INSERT INTO audit (chain, seq, at, actor, action, subject, outcome, serial, why, mac)
		 VALUES ('12345678901', 1, 1, 'os:tanaka', 'contract add', '', 'ok', '', '', '')`,
	} {
		must(db.Exec(row))
	}
	must(migrations.UpTo(t.Context(), version))

	st := open(t, place, store.Options{})
	if waiting := must(migrations.HasPending(t.Context())); waiting {
		t.Error("opened, and not up to date")
	}
	err := st.View(t.Context(), func(tx *store.Tx) error {
		h, err := tx.Holder(t.Context(), ref)
		if h.User.Name != "Tanaka" {
			t.Errorf("the user of schema 1: %+v", h.User)
		}
		for user, want := range map[string]int64{"tanaka": 0, "suzuki": 5, "sato": 9} {
			h := must(tx.Holder(t.Context(), api.UserRef{ContractID: ref.ContractID, UserID: user}))
			if got := h.Position().Moment; got != want {
				t.Errorf("the moment of %s's slot: %d, want %d", user, got, want)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	got := roll(t, st, store.UserSelection{Status: api.StatusSuspended, Limit: 9})
	if want := []string{"1/Suzuki"}; !slices.Equal(got, want) {
		t.Errorf("suspended: %q, want %q", got, want)
	}
}

func newMigrations(t *testing.T, db *sql.DB) *goose.Provider {
	dialect := goose.DialectSQLite3
	if storetest.Postgres() {
		dialect = goose.DialectPostgres
	}
	return must(goose.NewProvider(dialect, db, os.DirFS("migrations")))
}
