package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

const day = 24 * time.Hour

// TestStateOf asks at each boundary's last and first second.
func TestStateOf(t *testing.T) {
	const s = time.Second
	issued := start
	notAfter := start.Add(365*day - s)
	acquireBy, renewFrom, reacquireBy := issued.Add(80*day), notAfter.Add(-30*day), notAfter.Add(90*day)
	for _, c := range []struct {
		name     string
		stored   api.SlotState
		now      time.Time
		want     api.SlotState
		deadline time.Time
	}{
		{"never issued", api.SlotNotIssued, start, api.SlotNotIssued, time.Time{}},
		{"just issued", api.SlotIssued, issued, api.SlotAcquirable, acquireBy},
		{"last second of 80 days", api.SlotIssued, acquireBy, api.SlotAcquirable, acquireBy},
		{"after 80 days", api.SlotIssued, acquireBy.Add(s), api.SlotAcquireExpired, acquireBy},
		{"just acquired", api.SlotActive, start, api.SlotActive, notAfter},
		{"before the renewal window", api.SlotActive, renewFrom.Add(-s), api.SlotActive, notAfter},
		{"first second of the renewal window", api.SlotActive, renewFrom, api.SlotRenewable, notAfter},
		{"last second of validity", api.SlotActive, notAfter, api.SlotRenewable, notAfter},
		{"expired", api.SlotActive, notAfter.Add(s), api.SlotExpiredReacquirable, reacquireBy},
		{"last second of 90 days", api.SlotActive, reacquireBy, api.SlotExpiredReacquirable, reacquireBy},
		{"after 90 days", api.SlotActive, reacquireBy.Add(s), api.SlotExpiredReissue, reacquireBy},
		{"revoked", api.SlotRevoked, start, api.SlotRevoked, time.Time{}},
		{"removed", api.SlotRemoved, start, api.SlotRemoved, time.Time{}},
	} {
		slot := store.Slot{State: c.stored, Issued: issued}
		var current *store.Certificate
		if c.stored == api.SlotActive {
			current = &store.Certificate{NotAfter: notAfter}
		}
		got, deadline := issuer.StateOf(slot, current, api.DefaultPolicy(), c.now)
		if got != c.want || !deadline.Equal(c.deadline) {
			t.Errorf("%s: %s until %v, want %s until %v", c.name, got, deadline, c.want, c.deadline)
		}
	}
}

// TestTheSlotDecidesWhoMayAcquire has Begin and Complete meet each state of a
// slot with a right code.
func TestTheSlotDecidesWhoMayAcquire(t *testing.T) {
	const issued = `UPDATE users SET slot_state = 'issued', current_serial = NULL; UPDATE certificates SET state = 'revoked'`
	soon, notAfter := start.Add(time.Minute), start.Add(365*day-time.Second)
	for _, c := range []struct {
		name string
		set  string // SQL, on an acquired slot
		at   time.Time
		want api.Code // empty: it may
	}{
		{"not issued", `UPDATE users SET slot_state = 'not_issued'`, soon, api.NotIssued},
		{"issued", issued, soon, ""},
		{"issued, last second", issued, start.Add(80 * day), ""},
		{"issued, too long ago", issued, start.Add(80*day + time.Second), api.AcquireExpired},
		{"active", ``, soon, api.AlreadyAcquired},
		{"renewable", ``, notAfter, api.AlreadyAcquired},
		{"expired", ``, notAfter.Add(time.Second), ""},
		{"expired, last second", ``, notAfter.Add(90 * day), ""},
		{"expired, too long ago", ``, notAfter.Add(90*day + time.Second), api.ReissueNeeded},
		{"revoked", `UPDATE users SET slot_state = 'revoked'`, soon, api.ReissueNeeded},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBackend(t, nil)
			b.addUser(tanaka)
			must(b.acquire(tanaka, b.code(0), newCSR(t)))
			b.alter(c.set)
			b.clock.set(c.at)
			_, err := b.Begin(t.Context(), api.BeginRequest{ContractID: contractID, UserID: "tanaka"})
			wantCode(t, "begin", err, c.want)

			b.reopenWith(func(p *api.Policy) { p.Reveal = api.RevealUniform })
			_, err = b.acquire(tanaka, b.code(0), newCSR(t))
			wantCode(t, "complete", err, c.want)
			if got := b.row(tanaka); got.step != b.step()+1 || got.attempts != 0 {
				t.Errorf("after a right code: %+v, want it spent and no attempt", got)
			}
			if c.want == "" {
				b.wantOneLiving(tanaka)
			}
			b.wantAuditOK()
		})
	}
}
