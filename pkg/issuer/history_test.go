package issuer_test

import (
	"context"
	"flag"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/api"
	"certctl/pkg/store/storetest"
)

// history is a backend with two users on a way that nobody planned.
type history struct {
	*backend
	t       *rapid.T
	users   []api.UserRef
	sent    []api.CompleteRequest // everything that was ever completed
	spent   map[string]int64      // the highest next_step seen, by token
	session map[api.UserRef]string
}

func (h *history) user() api.UserRef { return rapid.SampledFrom(h.users).Draw(h.t, "user") }

// complete sends a request in the user's session, old or new.
func (h *history) send(ref api.UserRef, code api.Secret, csr []byte) {
	if h.session[ref] == "" || rapid.Bool().Draw(h.t, "new session") {
		s, err := h.Begin(context.Background(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID})
		h.fine(err)
		h.session[ref] = s.Token
	}
	req := api.CompleteRequest{Session: h.session[ref], Code: code, CSR: csr}
	h.sent = append(h.sent, req)
	before := h.row(ref)
	_, err := h.Complete(context.Background(), req)
	h.fine(err)
	after := h.row(ref)
	if after.certificates() > before.certificates() && after.step <= before.step {
		h.t.Errorf("a certificate for no step: %+v, then %+v", before, after)
	}
}

// fine fails the test where an answer is neither good nor a refusal.
func (h *history) fine(err error) {
	if api.CodeOf(err).Kind() == api.KindInternal && err != nil {
		h.t.Fatalf("not a refusal: %v", err)
	}
}

func (h *history) csr() []byte {
	if len(h.sent) > 0 && rapid.IntRange(0, 3).Draw(h.t, "old key") == 0 {
		return rapid.SampledFrom(h.sent).Draw(h.t, "request").CSR
	}
	return makeCSR()
}

// steps are what may happen, by name.
func (h *history) steps() map[string]func(*rapid.T) {
	ctx := context.Background()
	admin := func(act func(context.Context, api.Actor, api.UserRef) (api.User, error)) func(*rapid.T) {
		return func(*rapid.T) { _, err := act(ctx, operator, h.user()); h.fine(err) }
	}
	return map[string]func(*rapid.T){
		"right code": func(t *rapid.T) { h.send(h.user(), h.code(rapid.Int64Range(-2, 2).Draw(t, "off")), h.csr()) },
		"wrong codes": func(t *rapid.T) {
			ref, code := h.user(), h.wrong()
			for n := range rapid.IntRange(1, 5).Draw(t, "how many") {
				h.send(ref, code[n:], h.csr())
			}
		},
		"cut short": func(*rapid.T) {
			ref := h.user()
			if h.acquirable(ref) {
				h.decideOnly(ref, makeCSR())
			}
		},
		"repeat": func(t *rapid.T) {
			if len(h.sent) > 0 {
				_, err := h.Complete(ctx, rapid.SampledFrom(h.sent).Draw(t, "request"))
				h.fine(err)
			}
		},
		"pick up": func(*rapid.T) { _, err := h.PickUp(ctx, h.csr()); h.fine(err) },
		"time": func(t *rapid.T) {
			h.clock.advance(rapid.SampledFrom([]time.Duration{30 * time.Second, time.Minute, 6 * time.Minute, 30 * day, 300 * day}).Draw(t, "time"))
		},
		"issue":   admin(h.Issue),
		"reissue": admin(h.Reissue),
		"resume":  admin(h.Resume),
		"remove and add": func(*rapid.T) {
			ref := h.user()
			must(h.RemoveUser(ctx, operator, ref))
			h.addUser(ref)
		},
		"suspend": func(*rapid.T) {
			h.alter(`UPDATE users SET suspended_at = 1 WHERE user_key = $1 AND removed_at IS NULL`, h.user().UserID)
		},
		"": func(*rapid.T) { h.check() },
	}
}

// acquirable tells whether the code of now would give a certificate: it is not
// spent, and the codes before it have taught the backend no other time.
func (h *history) acquirable(ref api.UserRef) bool {
	var drift int64
	must(0, h.db.QueryRow(`SELECT t.drift FROM tokens t JOIN users u ON u.token_id = t.id
		WHERE u.user_key = $1 AND u.removed_at IS NULL`, api.UserKey(ref.UserID)).Scan(&drift))
	if h.row(ref).step > h.step() || drift < -1 || drift > 1 {
		return false
	}
	_, err := h.Begin(context.Background(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID})
	return err == nil
}

// never counts, at the time $1, what must never be.
const never = `
SELECT 'a user with two living certificates', COUNT(*) FROM (SELECT 1 FROM certificates
	WHERE state = 'good' AND not_after >= $1 GROUP BY user_id HAVING COUNT(*) > 1) AS living
UNION ALL SELECT 'a user with two certificates in signing', COUNT(*) FROM (SELECT 1 FROM certificates
	WHERE state = 'signing' GROUP BY user_id HAVING COUNT(*) > 1) AS signing
UNION ALL SELECT 'a certificate left in signing by a later decision', COUNT(*) FROM certificates s JOIN certificates c
	ON c.user_id = s.user_id AND c.rowid > s.rowid WHERE s.state = 'signing'
UNION ALL SELECT 'an active slot without a good certificate', COUNT(*) FROM users u LEFT JOIN certificates c ON c.serial = u.current_serial
	WHERE slot_state = 'active' AND (c.state IS NULL OR c.state <> 'good' OR c.user_id <> u.id)
UNION ALL SELECT 'a living certificate in no slot', COUNT(*) FROM certificates c JOIN users u ON u.id = c.user_id
	WHERE c.state = 'good' AND c.not_after >= $1 AND (u.slot_state <> 'active' OR u.current_serial <> c.serial)
UNION ALL SELECT 'a good certificate without its DER', COUNT(*) FROM certificates WHERE state = 'good' AND der IS NULL
UNION ALL SELECT 'a slot listed at another moment than its own', COUNT(*) FROM users u LEFT JOIN certificates c ON c.serial = u.current_serial
	WHERE u.slot_at <> CASE u.slot_state WHEN 'issued' THEN u.issued_at WHEN 'active' THEN c.not_after ELSE 0 END
UNION ALL SELECT 'attempts of a user out of bounds', COUNT(*) FROM users
	WHERE attempts NOT BETWEEN 0 AND 5 OR (attempts = 5) <> (locked_at IS NOT NULL)
UNION ALL SELECT 'attempts of a token out of bounds', COUNT(*) FROM tokens WHERE attempts NOT BETWEEN 0 AND 20
UNION ALL SELECT 'too many free answers', COUNT(*) FROM sessions WHERE spent > 3`

// check asks the database for what must never be.
func (h *history) check() {
	query := never
	if storetest.Postgres() {
		query = strings.ReplaceAll(query, "rowid", "created_at") // the next best order
	}
	rows := must(h.db.Query(query, h.clock.now().Unix()))
	defer rows.Close()
	for rows.Next() {
		var what string
		var n int
		if err := rows.Scan(&what, &n); err != nil {
			h.t.Fatal(err)
		}
		if n != 0 {
			h.t.Errorf("%s: %d", what, n)
		}
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	h.checkSteps()
	if report := must(h.VerifyAudit(context.Background(), operator)); !report.OK() {
		h.t.Errorf("audit: %+v", report)
	}
}

// checkSteps sees that no token forgets what was spent.
func (h *history) checkSteps() {
	rows := must(h.db.Query(`SELECT id, next_step FROM tokens`))
	defer rows.Close()
	for rows.Next() {
		var id string
		var next int64
		if err := rows.Scan(&id, &next); err != nil {
			h.t.Fatal(err)
		}
		if next < h.spent[id] {
			h.t.Errorf("next step went from %d to %d", h.spent[id], next)
		}
		h.spent[id] = next
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
}

// TestHistories has two users and their administrator do things in any order.
func TestHistories(t *testing.T) {
	must(0, flag.Set("rapid.nofailfile", "true")) // what fails is printed
	if raceDetector || storetest.Postgres() {
		// There is one goroutine, and SQLite is ten times slower; PostgreSQL takes long to make a schema.
		must(0, flag.Set("rapid.checks", "10"))
	}
	rapid.Check(t, func(r *rapid.T) {
		b := newBackend(t, nil)
		defer b.close()
		h := &history{backend: b, t: r, users: []api.UserRef{tanaka, suzuki}, spent: map[string]int64{}, session: map[api.UserRef]string{}}
		for _, ref := range h.users {
			b.addUser(ref)
		}
		r.Repeat(h.steps())
	})
}
