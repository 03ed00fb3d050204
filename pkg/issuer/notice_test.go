package issuer_test

import (
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
)

const noticeDay = 24 * time.Hour

func (b *backend) due() []api.Notice {
	b.t.Helper()
	due, err := b.DueNotices(b.t.Context(), operator)
	if err != nil {
		b.t.Fatal(err)
	}
	return due
}

func (b *backend) claim(notices []api.Notice) []api.Notice {
	b.t.Helper()
	won, err := b.ClaimNotices(b.t.Context(), operator, notices)
	if err != nil {
		b.t.Fatal(err)
	}
	return won
}

func (b *backend) settle(notices []api.Notice, sent bool) {
	b.t.Helper()
	if err := b.SettleNotices(b.t.Context(), operator, notices, sent); err != nil {
		b.t.Fatal(err)
	}
}

// Each notice is due from its day on, and until it was sent; the later one of
// the two is due where both are.
func TestNoticesAreDueOnTheirDays(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	deadline := b.clock.now().Add(b.policy.AcquireWithin)
	for _, step := range []struct {
		before time.Duration // the deadline
		days   int           // of the notice; 0: none is due
		send   bool
	}{
		{30*noticeDay + time.Second, 0, false},
		{30 * noticeDay, 30, false},
		{29 * noticeDay, 30, true},
		{28 * noticeDay, 0, false},
		{10*noticeDay + time.Second, 0, false},
		{10 * noticeDay, 10, true},
		{noticeDay, 0, false},
		{-time.Second, 0, false},
	} {
		b.clock.set(deadline.Add(-step.before))
		due := b.due()
		if step.days == 0 {
			if len(due) != 0 {
				t.Errorf("%v before: %+v", step.before, due)
			}
			continue
		}
		if len(due) != 2 || due[0].Audience != api.AudienceUser || due[1].Audience != api.AudienceAdmins {
			t.Fatalf("%v before: %+v", step.before, due)
		}
		for _, n := range due {
			if n.Kind != api.NoticeAcquisition || n.Days != step.days || !n.Deadline.Equal(deadline) {
				t.Errorf("%v before: %+v", step.before, n)
			}
		}
		if step.send {
			b.settle(b.claim(due), true)
		}
	}
	b.wantAuditOK()
}

// A certificate's end is announced until it is renewed or over, and not to who
// is removed.
func TestNoticesOfACertificate(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	if _, err := b.acquire(tanaka, b.code(0), makeCSR()); err != nil {
		t.Fatal(err)
	}
	b.clock.advance(b.policy.Validity - 5*noticeDay)
	due := b.due()
	if len(due) != 2 || due[0].Kind != api.NoticeExpiry || due[0].Days != 10 {
		t.Fatalf("five days before the end: %+v", due)
	}
	if _, err := b.RemoveUser(t.Context(), operator, tanaka); err != nil {
		t.Fatal(err)
	}
	if due := b.due(); len(due) != 0 {
		t.Errorf("of a removed user: %+v", due)
	}
}

// Of several runs one sends; what it gives back, or does not settle within the
// hour, another sends.
func TestANoticeIsClaimedByOne(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.clock.advance(b.policy.AcquireWithin - 5*noticeDay)
	due := b.due()
	for round := range 3 {
		var won [8][]api.Notice
		var wg sync.WaitGroup
		for i := range won {
			wg.Go(func() { won[i], _ = b.ClaimNotices(t.Context(), operator, due) })
		}
		wg.Wait()
		var mine []api.Notice
		for _, w := range won {
			mine = append(mine, w...)
		}
		if len(mine) != len(due) {
			t.Fatalf("round %d: %d notices were claimed %d times", round, len(due), len(mine))
		}
		switch round {
		case 0:
			b.settle(mine, false)
		case 1: // whoever claimed them has died
			b.clock.advance(time.Hour - time.Second)
			if got := b.claim(due); len(got) != 0 {
				t.Errorf("claimed twice within the hour: %+v", got)
			}
			b.clock.advance(2 * time.Second)
		case 2:
			b.settle(mine, true)
		}
	}
	b.clock.advance(2 * time.Hour)
	if got := b.claim(due); len(got) != 0 {
		t.Errorf("claimed after they were sent: %+v", got)
	}
}
