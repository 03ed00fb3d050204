package issuer_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// restoreOrder is one restore that kills its own process at one call.
type restoreOrder struct {
	Place  string
	Now    time.Time
	Backup []byte
	Death  death
}

// restoreChild restores as it is told, and says so if it lives to.
func restoreChild(t *talk) error {
	var o restoreOrder
	if err := t.hear(&o); err != nil {
		return err
	}
	st, err := store.Open(context.Background(), o.Place, o.Death.options())
	if err != nil {
		return err
	}
	b, err := issuer.OpenBackup(bytes.NewReader(o.Backup), "", strings.NewReader(ageIdentity))
	if err != nil {
		return err
	}
	cfg := issuer.Config{Now: func() time.Time { return o.Now }}
	if _, err := issuer.Restore(context.Background(), st, b, cfg, operator, func([]byte) error { return nil }); err != nil {
		return err
	}
	return errors.Join(st.Close(), t.say("done"))
}

// TestARestoreKilledAtAnyCallIsAllOrNothing kills a restore before and after each
// effect on the database in turn: what it leaves is empty and takes the restore
// again, or is the whole backend.
func TestARestoreKilledAtAnyCallIsAllOrNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.acquired(tanaka, 0)
	file := b.backUp()
	program := plainBinary(t)
	empty, whole := 0, 0
	n := everyDeath(t, func(d death) bool {
		place := storetest.Place(t)
		if err := must(store.Open(t.Context(), place, store.Options{Create: true})).Close(); err != nil {
			t.Fatal(err)
		}
		p := startProgram(t, program, "restore")
		if err := p.say(restoreOrder{Place: place, Now: b.clock.now(), Backup: file, Death: d}); err != nil {
			t.Fatal(err)
		}
		var done string
		lived := p.hear(&done) == nil
		_ = p.end() // killed, or not
		if b.restoredOrEmpty(place, file) {
			whole++
		} else {
			empty++
		}
		return lived
	})
	if empty == 0 || whole < 3 {
		t.Errorf("empty %d times, whole %d times", empty, whole)
	}
	t.Logf("N = %d calls, killed before and after each: %d times nothing, %d times all", n, empty, whole)
}

// restoredOrEmpty tells whether a restore was done. Where it was not, it is done
// again, into the same database.
func (b *backend) restoredOrEmpty(place string, file []byte) (whole bool) {
	b.t.Helper()
	st := must(store.Open(b.t.Context(), place, store.Options{}))
	defer st.Close()
	_, err := issuer.Restore(b.t.Context(), st, openBackup(b.t, file), issuer.Config{Now: b.clock.now}, operator,
		func([]byte) error { return nil })
	if whole = api.CodeOf(err) == api.Exists; !whole && err != nil {
		b.t.Fatal(err)
	}
	i := must(issuer.Open(b.t.Context(), st, must(seal.New(make([]byte, seal.KeySize))), issuer.Config{Now: b.clock.now}))
	if report := must(i.VerifyAudit(b.t.Context(), operator)); !report.OK() {
		b.t.Errorf("%+v", report)
	}
	rows := must(i.AuditLog(b.t.Context(), operator, api.AuditFilter{}))
	if !slices.ContainsFunc(rows, func(e api.AuditEntry) bool { return e.Action == "ca restore" }) {
		b.t.Errorf("restored, and not on record: %+v", rows)
	}
	if u := must(i.User(b.t.Context(), operator, tanaka)); u.Slot != api.SlotActive {
		b.t.Errorf("%+v", u)
	}
	return whole
}

// A hardware token that came after the backup, and is imported again, has no
// memory of its codes: they count as used all the same.
func TestATokenImportedAgainAfterARestoreAcceptsNoOldCode(t *testing.T) {
	for _, kind := range []string{api.HOTP, api.TOTP} {
		b := newBackend(t, nil)
		p := api.DefaultTokenParams()
		old := b.code(0)
		if kind == api.HOTP {
			p = api.TokenParams{Type: kind, Digits: 6, Algorithm: "SHA1"}
			counter := otp.Params{Digits: 6, Algorithm: otp.SHA1, Counter: true}
			old = api.Secret(counter.Code(b.secret, 0))
		}
		inventory := []api.InventoryToken{{Serial: "HW-1", Params: p, Secret: api.Secret(otp.EncodeSecret(b.secret))}}
		file := b.backUp()
		user := api.NewUser{Ref: tanaka, Token: &api.NewToken{Serial: "HW-1"}}
		must(b.ImportTokens(t.Context(), operator, "", inventory))
		must(b.AddUser(t.Context(), operator, user))
		must(b.acquire(tanaka, old, newCSR(t)))
		n, _ := b.restored(file, storetest.Place(t))
		n.clock.advance(time.Second)
		must(n.ImportTokens(t.Context(), operator, "", inventory))
		must(n.AddUser(t.Context(), operator, user))
		if _, err := n.acquire(tanaka, old, newCSR(t)); err == nil {
			t.Errorf("%s: a code that was used is accepted", kind)
		}
	}
}

// A clock that is behind the restore would make void whatever is sealed by it.
func TestABackendFromTheFutureDoesNotOpen(t *testing.T) {
	b := newBackend(t, nil)
	n, _ := b.restored(b.backUp(), storetest.Place(t))
	n.clock.advance(-time.Second)
	_, err := issuer.Open(t.Context(), n.st, n.key, issuer.Config{Now: n.clock.now})
	wantCode(t, "a second before the restore", err, api.ClockBehind)
}
