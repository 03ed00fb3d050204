package issuer_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// killOrder is one acquisition that kills its own process at one call.
type killOrder struct {
	Place place
	User  api.UserRef
	Code  string
	CSR   []byte
	Death death
}

// death is when a process kills itself: before or after one of its effects on the
// database, of which BEGIN, each statement and COMMIT is one.
type death struct {
	Call  int // from 1
	After bool
}

// options are those of a database under which the process dies so.
func (d death) options() store.Options {
	calls := 0
	return store.Options{Around: func(_ string, do func() error) error {
		calls++
		if calls == d.Call && !d.After {
			die()
		}
		err := do()
		if calls == d.Call && d.After {
			die()
		}
		return err
	}}
}

// everyDeath calls test with each death in turn, until test tells that neither
// side of an effect was reached, and returns how many effects there were.
func everyDeath(t *testing.T, test func(death) (lived bool)) int {
	t.Helper()
	for n := 1; n <= 200; n++ {
		before, after := test(death{Call: n}), test(death{Call: n, After: true})
		if before && after {
			return n - 1
		}
	}
	t.Fatal("it does not come to an end")
	return 0
}

// killChild acquires as it is told, and says so if it lives to.
func killChild(t *talk) error {
	var o killOrder
	if err := t.hear(&o); err != nil {
		return err
	}
	st, i, err := o.Place.openHere(o.Death.options())
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := i.Begin(ctx, api.BeginRequest{ContractID: o.User.ContractID, UserID: o.User.UserID})
	if err != nil {
		return err
	}
	if _, err := i.Complete(ctx, api.CompleteRequest{Session: s.Token, Code: api.Secret(o.Code), CSR: o.CSR}); err != nil {
		return err
	}
	return errors.Join(st.Close(), t.say("done"))
}

// die ends this process as a power cut would.
func die() {
	must(os.FindProcess(os.Getpid())).Kill()
	select {}
}

// TestKilledAtAnyCallItIsRunAgain kills an acquisition before and after each
// effect on the database in turn, and runs it again: without a code where one
// was accepted, else with the same code.
func TestKilledAtAnyCallItIsRunAgain(t *testing.T) {
	b := newBackend(t, nil)
	program := plainBinary(t)
	pickedUp, again := 0, 0
	n := everyDeath(t, func(d death) bool {
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("n%dafter%v", d.Call, d.After)}
		b.addUser(ref)
		csr := newCSR(t)
		lived := b.killAt(program, killOrder{Place: b.place(), User: ref, Code: string(b.code(0)), CSR: csr, Death: d})
		if b.runAgain(ref, csr) {
			pickedUp++
		} else {
			again++
		}
		return lived
	})
	if pickedUp == 0 || again == 0 {
		t.Errorf("picked up %d, begun anew %d: want both", pickedUp, again)
	}
	b.wantAuditOK()
	t.Logf("N = %d calls, killed before and after each: %d picked up without a code, %d acquired with the same code", n, pickedUp, again)
}

// killAt has another process acquire and be killed, while nobody else has the
// database open. It tells whether that process lived.
func (b *backend) killAt(program string, o killOrder) bool {
	b.t.Helper()
	if err := b.st.Close(); err != nil {
		b.t.Fatal(err)
	}
	p := startProgram(b.t, program, "kill")
	if err := p.say(o); err != nil {
		b.t.Fatal(err)
	}
	var done string
	heard := p.hear(&done)
	if ended := p.end(); (ended == nil) != (heard == nil) {
		b.t.Fatalf("%+v: said %q and ended with %v", o.Death, done, ended)
	}
	b.reopen()
	return heard == nil
}

// runAgain does what the holder's next run does, and tells whether it needed
// no code.
func (b *backend) runAgain(ref api.UserRef, csr []byte) bool {
	b.t.Helper()
	decided := b.row(ref)
	got, err := b.PickUp(b.t.Context(), csr)
	picked := err == nil
	if want := decided.signing+decided.good == 1; picked != want {
		b.t.Fatalf("%s: pick-up says %v, and stored is %+v", ref.UserID, err, decided)
	}
	if !picked {
		wantCode(b.t, "pick-up before a decision", err, api.NotFound)
		if got, err = b.acquire(ref, b.code(0), csr); err != nil {
			b.t.Fatalf("%s, stored %+v: with the same code: %v", ref.UserID, decided, err)
		}
	}
	b.wantRow(ref, row{good: 1, step: b.step() + 1})
	if u := must(b.User(b.t.Context(), operator, ref)); u.Slot != api.SlotActive || u.Certificate.Serial != got.Serial {
		b.t.Errorf("%s: slot %s with %+v, want active with %s", ref.UserID, u.Slot, u.Certificate, got.Serial)
	}
	return picked
}
