package issuer_test

import (
	"fmt"
	"sync"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// TestTheServerFailsInTheMiddle has the database server end without a word, and
// start again, before and after the effects of an acquisition in which it could
// matter: nothing is lost, nothing is there twice.
func TestTheServerFailsInTheMiddle(t *testing.T) {
	server := storetest.Shared(t)
	b := newBackendAt(t, server.Database(t), nil)
	pickedUp, again := 0, 0
	for _, op := range []string{"spend step", "insert certificate", "mark transaction", "commit", "record certificate"} {
		for _, after := range []bool{false, true} {
			ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("n%d", pickedUp+again)}
			b.addUser(ref)
			csr := newCSR(t)
			s := b.begin(ref)
			fail := func() {
				server.Stop(t)
				server.Restart(t)
			}
			err := b.failing(op, after, fail).complete(s, b.code(0), csr)
			if after && op == "commit" {
				wantCode(t, "failed after the decision was committed", err, "") // and the next connection is a new one
			} else {
				wantCode(t, fmt.Sprintf("failed at %q, after it: %v", op, after), err, api.StoreUnreachable)
			}
			if b.runAgain(ref, csr) {
				pickedUp++
			} else {
				again++
			}
		}
	}
	if pickedUp == 0 || again == 0 {
		t.Errorf("picked up %d, begun anew %d: want both", pickedUp, again)
	}
	b.wantAuditOK()
	t.Logf("%d failures: %d picked up without a code, %d acquired with the same code", pickedUp+again, pickedUp, again)
}

// TestTheServerIsDown gives up, and says why.
func TestTheServerIsDown(t *testing.T) {
	server := storetest.Shared(t)
	b := newBackendAt(t, server.Database(t), nil)
	b.addUser(tanaka)
	s, csr := b.begin(tanaka), newCSR(t)
	server.Stop(t)
	wantCode(t, "complete", b.complete(s, b.code(0), csr), api.StoreUnreachable)
	_, err := b.PickUp(t.Context(), csr)
	wantCode(t, "pick-up", err, api.StoreUnreachable)
	server.Restart(t)
	if err := b.complete(s, b.code(0), csr); err != nil {
		t.Errorf("afterwards, the same: %v", err)
	}
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
}

// TestOneKeyOfTwoUsersAtOnce has two users send one request at the same moment,
// both past the look for an earlier certificate of that key. One of them gets
// it, the other is told that the key is another's, and keeps their code.
func TestOneKeyOfTwoUsersAtOnce(t *testing.T) {
	b := newBackendAt(t, storetest.Database(t), nil)
	users := []api.UserRef{tanaka, {ContractID: contractID, UserID: "suzuki"}}
	csr := newCSR(t)
	var both sync.WaitGroup
	both.Add(len(users))
	failed := make([]error, len(users))
	var all sync.WaitGroup
	for n, ref := range users {
		b.addUser(ref)
		s, once := b.begin(ref), sync.Once{}
		meet := func() {
			once.Do(both.Done)
			both.Wait()
		}
		c := b.failing("insert certificate", false, meet)
		all.Go(func() { failed[n] = c.complete(s, b.code(0), csr) })
	}
	all.Wait()
	if failed[0] != nil {
		failed[0], failed[1] = failed[1], failed[0]
		users[0], users[1] = users[1], users[0]
	}
	wantCode(t, "one of the two", failed[0], "")
	wantCode(t, "the other", failed[1], api.KeyReused)
	b.wantRow(users[0], row{good: 1, step: b.step() + 1})
	b.wantRow(users[1], row{})
}

// failing is the same backend, for which fail is called once: before or after
// the effect op on the database.
func (b *backend) failing(op string, after bool, fail func()) *backend {
	b.t.Helper()
	done := true // what opens it does not count
	st := must(store.Open(b.t.Context(), b.path, store.Options{Around: func(name string, do func() error) error {
		if name != op || done {
			return do()
		}
		done = true
		if !after {
			fail()
			return do()
		}
		err := do()
		fail()
		return err
	}}))
	b.t.Cleanup(func() { st.Close() })
	c := *b
	c.st, c.Issuer = st, must(issuer.Open(b.t.Context(), st, b.key, issuer.Config{Policy: b.policy, Now: b.clock.now}))
	done = false
	return &c
}
