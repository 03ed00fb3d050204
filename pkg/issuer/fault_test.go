package issuer_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// holdChild holds the database for itself until its input ends.
func holdChild(t *talk) error {
	var where place
	if err := t.hear(&where); err != nil {
		return err
	}
	driver, place, hold := "sqlite", "file:"+where.Path, "BEGIN EXCLUSIVE"
	if store.IsPostgres(where.Path) {
		driver, place, hold = "pgx", where.Path, "BEGIN; LOCK TABLE users IN EXCLUSIVE MODE"
	}
	db := must(sql.Open(driver, place))
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(hold); err != nil {
		return err
	}
	if err := t.say("held"); err != nil {
		return err
	}
	var end any
	_ = t.hear(&end) // the end of input is what it waits for
	return db.Close()
}

func TestLockedByAnotherProcess(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	csr := newCSR(t)
	s := b.begin(tanaka)
	holder := startProcess(t, "hold")
	var held string
	if err := errors.Join(holder.say(b.place()), holder.hear(&held)); err != nil {
		t.Fatal(err)
	}
	st := must(store.Open(t.Context(), b.path, store.Options{Busy: 20 * time.Millisecond}))
	defer st.Close()
	hasty := must(issuer.Open(t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
	req := api.CompleteRequest{Session: s.Token, Code: b.code(0), CSR: csr}
	_, err := hasty.Complete(t.Context(), req)
	wantCode(t, "while another process has the database", err, api.StoreLocked)
	b.wantRow(tanaka, row{})

	if err := holder.end(); err != nil {
		t.Error(err)
	}
	if _, err := hasty.Complete(t.Context(), req); err != nil {
		t.Errorf("afterwards, the same: %v", err)
	}
}

func TestADamagedDatabaseIsToldAsSuch(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.alter(`UPDATE users SET slot_state = 'active', current_serial = 'gone'`)
	_, err := b.User(t.Context(), operator, tanaka)
	wantCode(t, "an active slot whose certificate is gone", err, api.StoreCorrupt)
	b.alter(`UPDATE users SET slot_state = 'issued'`)
	b.alter(`UPDATE authorities SET certificate = $1`, []byte{0})
	_, err = b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
	wantCode(t, "an issuing certificate that is none", err, api.StoreCorrupt)
}

func TestOpenNeedsADeploymentAndItsKey(t *testing.T) {
	st := must(store.Open(t.Context(), storetest.Place(t), store.Options{Create: true}))
	defer st.Close()
	b := newBackend(t, nil)
	_, err := issuer.Open(t.Context(), st, b.key, issuer.Config{})
	wantCode(t, "open before ca init", err, api.StoreAbsent)
	_, err = issuer.Open(t.Context(), b.st, b.key.Derive("another"), issuer.Config{})
	wantCode(t, "open with another key", err, api.SealWrong)
	_, err = issuer.Init(t.Context(), b.st, b.key, issuer.Config{}, operator, "Again")
	wantCode(t, "ca init twice", err, api.Exists)
}

// TestCancelledAtAnyCallNothingIsHalfDone ends the context of a Complete before
// each effect on the database in turn.
func TestCancelledAtAnyCallNothingIsHalfDone(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	csr := newCSR(t)
	req := api.CompleteRequest{Session: b.begin(tanaka).Token, Code: b.code(0), CSR: csr}
	for n := 1; ; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		st := must(store.Open(t.Context(), b.path, store.Options{Around: func(_ string, do func() error) error {
			if calls++; calls == n+3 { // the first three open the issuer
				cancel()
			}
			return do()
		}}))
		i := must(issuer.Open(t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
		_, err := i.Complete(ctx, req)
		cancel()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled at call %d: %v", n, err)
		}
		undecided, decided := row{}, row{signing: 1, step: b.step() + 1}
		if got := b.row(tanaka); got != undecided && got != decided {
			t.Fatalf("cancelled at call %d: stored %+v", n, got)
		}
	}
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
	b.wantAuditOK()
}
