package issuer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

const raceSessions = 25 // in each of two processes

// raceRounds is fewer on PostgreSQL, where a round takes eight times as long:
// a server process for each connection, on the same processors.
func raceRounds() int {
	if storetest.Postgres() {
		return 40
	}
	return 200
}

// raceResult is what became of the sessions of one process in one round.
type raceResult struct {
	Outcomes map[string]int // by code; "ok"
	Slowest  time.Duration
}

// raceChild begins sessions for the users that it is told, and completes all
// of a user's at once, each with its own key and all with one code.
func raceChild(t *talk) error {
	var where place
	if err := t.hear(&where); err != nil {
		return err
	}
	st, i, err := where.openHere(store.Options{})
	if err != nil {
		return err
	}
	for {
		var round struct {
			User api.UserRef
			Code string
		}
		if err := t.hear(&round); errors.Is(err, io.EOF) {
			return st.Close()
		}
		requests := make([]api.CompleteRequest, raceSessions)
		for n := range requests {
			s := must(i.Begin(context.Background(), api.BeginRequest{ContractID: round.User.ContractID, UserID: round.User.UserID}))
			requests[n] = api.CompleteRequest{Session: s.Token, Code: api.Secret(round.Code), CSR: makeCSR()}
		}
		var start bool
		if err := errors.Join(t.say("ready"), t.hear(&start)); err != nil {
			return err
		}
		if err := t.say(completeAll(i, requests)); err != nil {
			return err
		}
	}
}

func completeAll(s api.Service, requests []api.CompleteRequest) raceResult {
	result := raceResult{Outcomes: map[string]int{}}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, req := range requests {
		wg.Go(func() {
			begun := time.Now()
			_, err := s.Complete(context.Background(), req)
			outcome := string(api.CodeOf(err))
			if err == nil {
				outcome = "ok"
			}
			mu.Lock()
			defer mu.Unlock()
			result.Outcomes[outcome]++
			result.Slowest = max(result.Slowest, time.Since(begun))
		})
	}
	wg.Wait()
	return result
}

// TestOneCodeIsAcceptedOnce has 50 sessions with 50 keys send one code at once,
// 25 in each of two processes. Every round is a new user with a new token.
func TestOneCodeIsAcceptedOnce(t *testing.T) {
	b := newBackend(t, nil)
	program := plainBinary(t)
	children := []*process{startProgram(t, program, "race"), startProgram(t, program, "race")}
	for _, c := range children {
		if err := c.say(b.place()); err != nil {
			t.Fatal(err)
		}
	}
	var slowest time.Duration
	begun := time.Now()
	for round := range raceRounds() {
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("race%d", round)}
		b.addUser(ref)
		total := raceRound(t, children, map[string]any{"User": ref, "Code": string(b.code(0))})
		slowest = max(slowest, total.Slowest)
		if total.Outcomes["ok"] != 1 || total.Outcomes["otp_spent"] != 2*raceSessions-1 {
			t.Fatalf("round %d: %v, want one ok and %d otp_spent", round, total.Outcomes, 2*raceSessions-1)
		}
		b.wantRow(ref, row{good: 1, step: b.step() + 1})
	}
	t.Logf("%d rounds of %d sessions, one code: 1 success each, the rest otp_spent, attempts 0; slowest answer %v, all %v",
		raceRounds(), 2*raceSessions, slowest.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
	for _, c := range children {
		if err := c.end(); err != nil {
			t.Error(err)
		}
	}
	b.wantAuditOK()
}

// TestOneProcessAcceptsOneCodeOnce is one such round in this process, where the
// race detector looks on.
func TestOneProcessAcceptsOneCodeOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	requests := make([]api.CompleteRequest, 2*raceSessions)
	for n := range requests {
		requests[n] = api.CompleteRequest{Session: b.begin(tanaka).Token, Code: b.code(0), CSR: newCSR(t)}
	}
	got := completeAll(b, requests)
	if got.Outcomes["ok"] != 1 || got.Outcomes["otp_spent"] != len(requests)-1 {
		t.Errorf("%v, want one ok and %d otp_spent", got.Outcomes, len(requests)-1)
	}
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
	b.wantAuditOK()
}

// raceRound runs one round in all processes at once and adds up the outcomes.
func raceRound(t *testing.T, children []*process, order any) raceResult {
	t.Helper()
	var ready string
	for _, c := range children {
		if err := errors.Join(c.say(order), c.hear(&ready)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range children {
		if err := c.say(true); err != nil {
			t.Fatal(err)
		}
	}
	total := raceResult{Outcomes: map[string]int{}}
	for _, c := range children {
		var r raceResult
		if err := c.hear(&r); err != nil {
			t.Fatal(err)
		}
		for code, n := range r.Outcomes {
			total.Outcomes[code] += n
		}
		total.Slowest = max(total.Slowest, r.Slowest)
	}
	return total
}
