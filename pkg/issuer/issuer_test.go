package issuer_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"database/sql"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

const contractID = "12345678901"

var (
	start    = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	operator = api.Actor{Name: "os:operator", Role: api.RoleOperator}
	tanaka   = api.UserRef{ContractID: contractID, UserID: "tanaka"}
)

// clock is a clock that only the test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }

func (c *clock) set(t time.Time) { c.mu.Lock(); c.t = t; c.mu.Unlock() }

func (c *clock) advance(d time.Duration) { c.mu.Lock(); c.t = c.t.Add(d); c.mu.Unlock() }

// backend is an issuing backend on a fresh database with one contract.
type backend struct {
	*issuer.Issuer
	t      testing.TB
	st     *store.Store
	path   string
	key    *seal.Key
	clock  *clock
	policy api.Policy
	secret otp.Secret // of every token it registers
	db     *sql.DB    // the same, behind the store's back
}

func newBackend(t testing.TB, change func(*api.Policy)) *backend {
	t.Helper()
	return newBackendAt(t, storetest.Place(t), change)
}

func newBackendAt(t testing.TB, path string, change func(*api.Policy)) *backend {
	t.Helper()
	b := &backend{t: t, path: path, clock: &clock{t: start}}
	b.key = must(seal.New(make([]byte, seal.KeySize)))
	b.st = must(store.Open(t.Context(), b.path, store.Options{Create: true}))
	t.Cleanup(b.close)
	b.db = storetest.OpenDB(t, b.path)
	b.policy = api.DefaultPolicy()
	if change != nil {
		change(&b.policy)
	}
	b.Issuer = must(issuer.Init(t.Context(), b.st, b.key, issuer.Config{Policy: b.policy, Now: b.clock.now}, operator, "Test"))
	b.secret = otp.DefaultParams().NewSecret()
	must(b.AddContract(t.Context(), operator, api.NewContract{ID: contractID}))
	return b
}

func (b *backend) close() {
	b.st.Close()
	b.db.Close()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (b *backend) token() *api.NewToken {
	return &api.NewToken{Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(b.secret))}
}

// addUser adds a user with a token, whose slot is thereby issued.
func (b *backend) addUser(ref api.UserRef) api.User {
	b.t.Helper()
	return must(b.AddUser(b.t.Context(), operator, api.NewUser{Ref: ref, Name: "田中 花子", Token: b.token()}))
}

// code is what the token shows, steps from now.
func (b *backend) code(steps int64) api.Secret {
	p := otp.DefaultParams()
	return api.Secret(p.Code(b.secret, p.Step(b.clock.now())+steps))
}

func newCSR(t testing.TB) []byte { t.Helper(); return makeCSR() }

func makeCSR() []byte {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	return must(x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key))
}

func (b *backend) begin(ref api.UserRef) api.Session {
	b.t.Helper()
	return must(b.Begin(b.t.Context(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID}))
}

// acquire runs both stages with a new session.
func (b *backend) acquire(ref api.UserRef, code api.Secret, csr []byte) (api.Certificate, error) {
	b.t.Helper()
	s, err := b.Begin(b.t.Context(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID})
	if err != nil {
		return api.Certificate{}, err
	}
	return b.Complete(b.t.Context(), api.CompleteRequest{Session: s.Token, Code: code, CSR: csr})
}

// wantCode fails the test where err has another code.
func wantCode(t testing.TB, what string, err error, want api.Code) {
	t.Helper()
	if got := api.CodeOf(err); got != want {
		t.Errorf("%s: %v, want %q", what, err, want)
	}
}

func (b *backend) wantAuditOK() {
	b.t.Helper()
	if report := must(b.VerifyAudit(context.Background(), operator)); !report.OK() {
		b.t.Errorf("audit chain broken: %+v", report)
	}
}

// reopen opens the backend anew, as another process would.
func (b *backend) reopen() { b.t.Helper(); b.reopenWith(func(*api.Policy) {}) }

// reopenWith opens it anew with another policy.
func (b *backend) reopenWith(change func(*api.Policy)) {
	b.t.Helper()
	if err := b.st.Close(); err != nil {
		b.t.Fatal(err)
	}
	change(&b.policy)
	b.st = must(store.Open(b.t.Context(), b.path, store.Options{}))
	b.Issuer = must(issuer.Open(b.t.Context(), b.st, b.key, issuer.Config{Policy: b.policy, Now: b.clock.now}))
}

// step is the one that the tokens are at.
func (b *backend) step() int64 { return otp.DefaultParams().Step(b.clock.now()) }

// alter runs SQL on the database behind the store's back.
func (b *backend) alter(query string, args ...any) {
	b.t.Helper()
	must(b.db.Exec(query, args...))
}

// row is what is stored about one user, without the dates.
type row struct {
	signing, good, revoked int // certificates
	attempts               int
	locked                 bool
	step                   int64 // the first that is not spent
}

func (r row) certificates() int { return r.signing + r.good + r.revoked }

func (b *backend) row(ref api.UserRef) row {
	b.t.Helper()
	var r row
	err := b.db.QueryRow(`SELECT
		(SELECT COUNT(*) FROM certificates c WHERE c.user_id = u.id AND state = 'signing'),
		(SELECT COUNT(*) FROM certificates c WHERE c.user_id = u.id AND state = 'good'),
		(SELECT COUNT(*) FROM certificates c WHERE c.user_id = u.id AND state = 'revoked'),
		u.attempts, u.locked_at IS NOT NULL, COALESCE(t.next_step, 0)
		FROM users u LEFT JOIN tokens t ON t.id = u.token_id
		WHERE u.contract_id = $1 AND u.user_key = $2 AND u.removed_at IS NULL`, ref.ContractID, api.UserKey(ref.UserID)).
		Scan(&r.signing, &r.good, &r.revoked, &r.attempts, &r.locked, &r.step)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *backend) wantRow(ref api.UserRef, want row) {
	b.t.Helper()
	if got := b.row(ref); got != want {
		b.t.Errorf("stored of %s: %+v, want %+v", ref.UserID, got, want)
	}
}

// counts is how many rows each table has.
func (b *backend) counts() map[string]int {
	b.t.Helper()
	counts := map[string]int{}
	for _, table := range []string{"users", "tokens", "certificates", "sessions", "tries", "audit", "audit_heads"} {
		var n int
		if err := b.db.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n); err != nil {
			b.t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func (b *backend) wantCounts(want map[string]int) {
	b.t.Helper()
	if got := b.counts(); !maps.Equal(got, want) {
		b.t.Errorf("rows: %v, want %v", got, want)
	}
}

// stored is what is stored about all users, their tokens, and how much of the
// rest there is.
func (b *backend) stored() string {
	b.t.Helper()
	return b.dump(`SELECT id, attempts, locked_at, slot_state, issued_at, current_serial FROM users ORDER BY id`) +
		b.dump(`SELECT id, attempts, next_step, drift FROM tokens ORDER BY id`) + fmt.Sprint(b.counts())
}

// dump is what a query answers, as text.
func (b *backend) dump(query string) string {
	b.t.Helper()
	rows := must(b.db.Query(query))
	defer rows.Close()
	row := make([]any, len(must(rows.Columns())))
	dest := make([]any, len(row))
	for i := range row {
		dest[i] = &row[i]
	}
	var all strings.Builder
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			b.t.Fatal(err)
		}
		fmt.Fprintln(&all, row...)
	}
	if err := rows.Err(); err != nil {
		b.t.Fatal(err)
	}
	return all.String()
}

// wantOneLiving fails the test unless the user has one certificate that is
// neither revoked nor over, nothing in signing, and it is in the slot.
func (b *backend) wantOneLiving(ref api.UserRef) {
	b.t.Helper()
	var living, current int
	err := b.db.QueryRow(`SELECT COUNT(*), COUNT(CASE WHEN c.serial = u.current_serial AND c.state = 'good' THEN 1 END)
		FROM users u JOIN certificates c ON c.user_id = u.id
		WHERE u.contract_id = $1 AND u.user_key = $2 AND u.removed_at IS NULL AND c.state <> 'revoked' AND c.not_after >= $3`,
		ref.ContractID, api.UserKey(ref.UserID), b.clock.now().Unix()).Scan(&living, &current)
	if err != nil {
		b.t.Fatal(err)
	}
	if living != 1 || current != 1 {
		b.t.Errorf("%s has %d living certificates, %d in the slot; want 1, 1", ref.UserID, living, current)
	}
}

func TestAcquireGivesACertificateFromTheRecords(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	got, err := b.acquire(tanaka, b.code(0), newCSR(t))
	if err != nil {
		t.Fatal(err)
	}
	leaf := must(x509.ParseCertificate(got.Chain[0]))
	if o, cn := leaf.Subject.Organization[0], leaf.Subject.CommonName; o != contractID || cn != "田中 花子" {
		t.Errorf("subject %v: want the contract ID and the display name", leaf.Subject)
	}
	if want := start.Add(365*24*time.Hour - time.Second); !leaf.NotAfter.Equal(want) {
		t.Errorf("notAfter %v, want %v", leaf.NotAfter, want)
	}
	if want := start.Add(-5 * time.Minute); !leaf.NotBefore.Equal(want) {
		t.Errorf("notBefore %v, want %v", leaf.NotBefore, want)
	}
	if u := must(b.User(t.Context(), operator, tanaka)); u.Slot != api.SlotActive || u.Certificate.Serial != got.Serial || !u.Token.Confirmed {
		t.Errorf("user after acquiring: %+v", u)
	}
	b.wantAuditOK()
}
