package issuer_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store/storetest"
)

// Which certificate was lost with which machine is told later, when the slot may
// have another one or none. What is over is on no list any more.
func TestAKeyTurnsOutToBeCompromisedAfterAReissue(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.addUser(suzuki)
	for _, ref := range []api.UserRef{tanaka, tanaka, suzuki} {
		b.clock.advance(200 * day)
		must(b.Reissue(t.Context(), operator, ref))
		must(b.acquire(ref, b.code(0), newCSR(t)))
		must(b.Reissue(t.Context(), operator, ref))
	}
	must(b.RevokeUser(t.Context(), operator, tanaka, api.ReasonKeyCompromise))
	got := strings.Fields(b.dump(`SELECT reason FROM certificates ORDER BY created_at`))
	if want := []string{"superseded", "key_compromise", "superseded"}; !slices.Equal(got, want) {
		t.Errorf("an older certificate's, the last one's, another user's: %q, want %q", got, want)
	}
}

func TestARevokedUserIsReissued(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	u := must(b.RevokeUser(t.Context(), operator, tanaka, api.ReasonKeyCompromise))
	if u.Slot != api.SlotRevoked || u.Certificate == nil || u.Certificate.State != api.CertificateRevoked {
		t.Errorf("after the revocation: %+v", u)
	}
	var reason string
	if err := b.db.QueryRow(`SELECT reason FROM certificates`).Scan(&reason); err != nil || reason != "key_compromise" {
		t.Errorf("reason %q, %v", reason, err)
	}
	must(b.Reissue(t.Context(), operator, tanaka))
	must(b.acquire(tanaka, b.code(1), newCSR(t)))
	must(b.RevokeUser(t.Context(), operator, tanaka, api.ReasonSuperseded))
	b.clock.advance(time.Hour)
	must(b.RevokeUser(t.Context(), operator, tanaka, api.ReasonKeyCompromise))
	if got := b.dump(`SELECT reason, revoked_at FROM certificates ORDER BY created_at, revoked_at`); strings.Count(got, "key_compromise") != 2 || strings.Count(got, fmt.Sprint(start.Unix())) != 2 {
		t.Errorf("a key that turned out to be compromised: %s", got)
	}
	if u = must(b.Reissue(t.Context(), operator, tanaka)); u.Slot != api.SlotAcquirable {
		t.Errorf("after the reissue: %+v", u)
	}
	must(b.AddUser(t.Context(), operator, api.NewUser{Ref: suzuki}))
	_, err := b.RevokeUser(t.Context(), operator, suzuki, api.ReasonSuperseded)
	wantCode(t, "nothing to revoke", err, api.NotIssued)
	_, err = b.RevokeUser(t.Context(), operator, tanaka, "lost")
	wantCode(t, "a reason of nobody's", err, api.Usage)
	b.wantAuditOK()
}

func TestSuspendedNobodyAcquires(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	for name, act := range map[string]struct{ suspend, resume func() error }{
		"user": {
			func() error { _, err := b.SuspendUser(t.Context(), operator, tanaka); return err },
			func() error { _, err := b.Resume(t.Context(), operator, tanaka); return err },
		},
		"contract": {
			func() error { _, err := b.SuspendContract(t.Context(), operator, contractID); return err },
			func() error { _, err := b.ResumeContract(t.Context(), operator, contractID); return err },
		},
	} {
		wantCode(t, name, act.suspend(), "")
		wantCode(t, name+" again", act.suspend(), "")
		_, err := b.acquire(tanaka, b.code(0), newCSR(t))
		wantCode(t, "acquire while suspended: "+name, err, api.Suspended)
		if name == "contract" {
			_, err = b.AddUser(t.Context(), operator, api.NewUser{Ref: suzuki})
			wantCode(t, "a new user of a suspended contract", err, api.Suspended)
		}
		wantCode(t, name, act.resume(), "")
	}
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	_, err := b.SuspendContract(t.Context(), operator, "99999999999")
	wantCode(t, "no contract", err, api.NotFound)
	b.wantAuditOK()
}

func TestWhatIsOnlyTriedChangesNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	before := b.stored()
	tried := operator
	tried.DryRun = true
	if u := must(b.RevokeUser(t.Context(), tried, tanaka, api.ReasonUnspecified)); u.Slot != api.SlotRevoked {
		t.Errorf("tried: %+v", u)
	}
	if u := must(b.RemoveUser(t.Context(), tried, tanaka)); u.Slot != api.SlotRemoved {
		t.Errorf("tried: %+v", u)
	}
	if c := must(b.SuspendContract(t.Context(), tried, contractID)); c.Status != api.StatusSuspended {
		t.Errorf("tried: %+v", c)
	}
	if _, err := b.AddUser(t.Context(), tried, api.NewUser{Ref: suzuki}); err == nil {
		t.Error("an act that cannot be tried passed as if it were done")
	}
	if b.stored() != before {
		t.Error("an act that was only tried changed something")
	}
}

func TestTwoAdministratorsAtOnceLoseNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	for range 20 {
		name, emails := "Hanako", []string{"h@bank.example"}
		none, noName := []string{}, ""
		must(b.SetUser(t.Context(), operator, tanaka, api.UserChange{Name: &noName, Emails: &none}))
		var both sync.WaitGroup
		for _, c := range []api.UserChange{{Name: &name}, {Emails: &emails}} {
			both.Go(func() {
				if _, err := b.SetUser(t.Context(), operator, tanaka, c); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if u := must(b.User(t.Context(), operator, tanaka)); u.Name != name || len(u.Emails) != 1 {
			t.Fatalf("an update is lost: %q, %q", u.Name, u.Emails)
		}
	}
	b.wantAuditOK()
}

func TestTheLastAdministratorStays(t *testing.T) {
	b := newBackend(t, nil)
	for _, ref := range []api.UserRef{tanaka, suzuki} {
		must(b.AddUser(t.Context(), operator, api.NewUser{Ref: ref, Role: api.RoleAdmin}))
	}
	user := api.RoleUser
	acts := map[string]func(by api.Actor, ref api.UserRef) error{
		"suspend": func(by api.Actor, ref api.UserRef) error { _, err := b.SuspendUser(t.Context(), by, ref); return err },
		"remove":  func(by api.Actor, ref api.UserRef) error { _, err := b.RemoveUser(t.Context(), by, ref); return err },
		"demote": func(by api.Actor, ref api.UserRef) error {
			_, err := b.SetUser(t.Context(), by, ref, api.UserChange{Role: &user})
			return err
		},
	}
	for range 10 {
		b.alter(`UPDATE users SET suspended_at = NULL`)
		refused := make(chan error, 2)
		for _, ref := range []api.UserRef{tanaka, suzuki} {
			go func() { refused <- acts["suspend"](operator, ref) }()
		}
		one, other := <-refused, <-refused
		if (one == nil) == (other == nil) {
			t.Fatalf("of two last administrators at once: %v, %v", one, other)
		}
	}
	b.alter(`UPDATE users SET suspended_at = NULL`)
	must(b.SuspendUser(t.Context(), operator, suzuki))
	forced := operator
	forced.Force, forced.DryRun, forced.Why = true, true, "the contract ends"
	themselves := api.Actor{Name: "tanaka", Role: api.RoleAdmin, User: tanaka, Force: true}
	for name, act := range acts {
		wantCode(t, name, act(operator, tanaka), api.LastAdmin)
		wantCode(t, name+" with the force of an administrator", act(themselves, tanaka), api.LastAdmin)
		wantCode(t, name+" with force", act(forced, tanaka), "")
		wantCode(t, name+" of one who cannot act", act(forced, suzuki), "")
	}
	b.clock.advance(time.Second)
	b.wantAuditOK()
}

// TestTwoAdministratorsGiveOneToken has two give one user two tokens at once, and
// two users one hardware token: one of them does, and the other is told. Neither
// goes on before both have read, unless the database has the other wait.
func TestTwoAdministratorsGiveOneToken(t *testing.T) {
	b := newBackendAt(t, storetest.Database(t), nil)
	hardware := api.NewToken{Serial: "HW-1"}
	b.stock(contractID, hotp(), hardware.Serial)
	for _, ref := range []api.UserRef{tanaka, suzuki} {
		must(b.AddUser(t.Context(), operator, api.NewUser{Ref: ref}))
	}
	register := func(ref api.UserRef, n api.NewToken) func(*backend) (api.User, error) {
		return func(b *backend) (api.User, error) { return b.RegisterToken(t.Context(), operator, ref, n) }
	}
	third := api.NewUser{Ref: api.UserRef{ContractID: contractID, UserID: "sato"}, Token: &hardware}
	for _, c := range []struct {
		name, read string
		give       [2]func(*backend) (api.User, error)
	}{
		{"two tokens for a user", "read users", [2]func(*backend) (api.User, error){register(tanaka, *b.token()), register(tanaka, *b.token())}},
		{"a token for two users", "read tokens", [2]func(*backend) (api.User, error){
			register(suzuki, hardware),
			func(b *backend) (api.User, error) { return b.AddUser(t.Context(), operator, third) },
		}},
	} {
		var come atomic.Int32
		meet := func() {
			for come.Add(1); come.Load() < 2 && !b.someoneWaits(); {
			}
		}
		refused := make(chan error, 2)
		for _, give := range c.give {
			one := b.failing(c.read, true, meet)
			go func() {
				_, err := give(one)
				come.Add(1) // wherever it ended
				refused <- err
			}()
		}
		first, second := <-refused, <-refused
		if first != nil {
			first, second = second, first
		}
		wantCode(t, c.name+": one", first, "")
		wantCode(t, c.name+": the other", second, api.Exists)
	}
	b.wantAuditOK()
}

// someoneWaits tells whether a transaction of the server waits for another.
func (b *backend) someoneWaits() (waits bool) {
	if err := b.db.QueryRow(`SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock')`).Scan(&waits); err != nil {
		b.t.Error(err)
		return true
	}
	return waits
}
