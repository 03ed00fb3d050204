package issuer_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

var suzuki = api.UserRef{ContractID: contractID, UserID: "suzuki"}

func (b *backend) pickUp(csr []byte) (api.Certificate, error) {
	b.t.Helper()
	return b.PickUp(b.t.Context(), csr)
}

// decideOnly leaves the user with a certificate in signing, as a process that
// was cut short between its two transactions does.
func (b *backend) decideOnly(ref api.UserRef, csr []byte) {
	b.t.Helper()
	b.cutShort(ref, func(i *issuer.Issuer) (api.Certificate, error) {
		return i.Complete(b.t.Context(), api.CompleteRequest{Session: b.begin(ref).Token, Code: b.code(0), CSR: csr})
	})
}

// cutShort has a backend do what leaves the user with a certificate in signing,
// and do no more.
func (b *backend) cutShort(ref api.UserRef, do func(i *issuer.Issuer) (api.Certificate, error)) {
	b.t.Helper()
	cut := errors.New("cut")
	decided := false
	st := must(store.Open(b.t.Context(), b.path, store.Options{Around: func(op string, do func() error) error {
		if decided {
			return cut
		}
		err := do()
		decided = op == "commit" && b.row(ref).signing == 1
		return err
	}}))
	defer st.Close()
	i := must(issuer.Open(b.t.Context(), st, b.key, issuer.Config{Policy: b.policy, Now: b.clock.now}))
	_, err := do(i)
	if !errors.Is(err, cut) {
		b.t.Fatalf("cut between decide and record: %v", err)
	}
}

func TestPickUp(t *testing.T) {
	suspend := func(table string) func(*backend) {
		return func(b *backend) { b.alter(`UPDATE ` + table + ` SET suspended_at = 1`) }
	}
	for name, c := range map[string]struct {
		then func(b *backend)
		want api.Code // empty: it is handed out
	}{
		"at once":                {func(*backend) {}, ""},
		"in the last second":     {func(b *backend) { b.clock.set(start.Add(365*day - time.Second)) }, ""},
		"expired":                {func(b *backend) { b.clock.set(start.Add(365 * day)) }, api.KeyReused},
		"locked":                 {func(b *backend) { b.alter(`UPDATE users SET locked_at = 1, attempts = 5`) }, ""},
		"user suspended":         {suspend("users"), api.Suspended},
		"contract suspended":     {suspend("contracts"), api.Suspended},
		"reissued":               {func(b *backend) { must(b.Reissue(b.t.Context(), operator, tanaka)) }, api.KeyReused},
		"removed":                {func(b *backend) { must(b.RemoveUser(b.t.Context(), operator, tanaka)) }, api.KeyReused},
		"removed, and added":     {func(b *backend) { must(b.RemoveUser(b.t.Context(), operator, tanaka)); b.addUser(tanaka) }, api.KeyReused},
		"key type not taken now": {func(b *backend) { b.reopenWith(func(p *api.Policy) { p.KeyTypes = []api.KeyType{api.RSA2048} }) }, ""},
	} {
		for _, state := range []string{"good", "signing"} {
			t.Run(name+", "+state, func(t *testing.T) {
				b := newBackend(t, nil)
				b.addUser(tanaka)
				csr := newCSR(t)
				b.decideOnly(tanaka, csr)
				if state == "good" {
					must(b.pickUp(csr))
				}
				before := b.row(tanaka)
				c.then(b)
				got, err := b.pickUp(csr)
				wantCode(t, "pick up", err, c.want)
				if c.want != "" {
					return
				}
				if again := must(b.pickUp(csr)); !bytes.Equal(got.Chain[0], again.Chain[0]) {
					t.Error("picked up twice, two certificates")
				}
				b.wantOneLiving(tanaka)
				if after := b.row(tanaka); after.step != before.step || after.good != 1 || after.signing != 0 {
					t.Errorf("stored %+v, was %+v", after, before)
				}
				b.wantAuditOK()
			})
		}
	}
}

func TestPickUpOfAnUnknownKeyWritesNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	before := b.counts()
	_, err := b.pickUp(newCSR(t))
	wantCode(t, "a key never seen", err, api.NotFound)
	_, err = b.pickUp([]byte("no request"))
	wantCode(t, "no request", err, api.BadCSR)
	b.wantCounts(before)
}

// TestAKeyIsCertifiedOnce sends the request of a known key through Complete.
func TestAKeyIsCertifiedOnce(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.addUser(suzuki)
	csr := newCSR(t)
	other := b.begin(suzuki)
	first := must(b.acquire(tanaka, b.code(0), csr))

	s := b.sessionAfterReveal(tanaka)
	before := b.counts()
	got, err := b.Complete(t.Context(), api.CompleteRequest{Session: s, Code: b.wrong(), CSR: csr})
	if err != nil || got.Serial != first.Serial {
		t.Errorf("by its owner, with any code: %v, %v; want %s", got.Serial, err, first.Serial)
	}
	wantCode(t, "by another user", b.complete(other, b.code(0), csr), api.KeyReused)
	b.alter(`UPDATE users SET suspended_at = 1 WHERE user_key = 'tanaka'`)
	wantCode(t, "by another user, its owner suspended", b.complete(other, b.code(0), csr), api.KeyReused)
	_, err = b.Complete(t.Context(), api.CompleteRequest{Session: s, Code: b.code(0), CSR: csr})
	wantCode(t, "by its owner, suspended", err, api.Suspended)
	b.alter(`UPDATE users SET suspended_at = NULL`)
	b.wantCounts(before)
	b.wantRow(suzuki, row{})

	must(b.Reissue(t.Context(), operator, tanaka))
	b.clock.advance(time.Minute)
	_, err = b.acquire(tanaka, b.code(0), csr)
	wantCode(t, "after its revocation", err, api.KeyReused)
	b.wantRow(tanaka, row{revoked: 1, step: b.step() - 1})
}

// sessionAfterReveal begins a session for a user whom the frank policy would
// refuse one.
func (b *backend) sessionAfterReveal(ref api.UserRef) string {
	b.t.Helper()
	frank := b.policy.Reveal
	b.reopenWith(func(p *api.Policy) { p.Reveal = api.RevealUniform })
	defer b.reopenWith(func(p *api.Policy) { p.Reveal = frank })
	return b.begin(ref).Token
}

// TestAnotherKeyVoidsWhatIsInSigning loses the key of an acquisition that was
// cut short.
func TestAnotherKeyVoidsWhatIsInSigning(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	lost := newCSR(t)
	b.decideOnly(tanaka, lost)
	b.clock.advance(30 * time.Second)
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	b.wantRow(tanaka, row{good: 1, revoked: 1, step: b.step() + 1})
	b.wantOneLiving(tanaka)
	_, err := b.pickUp(lost)
	wantCode(t, "the lost key", err, api.KeyReused)
}

// replica is another process on the same database, that does something else
// before it begins to record what it picked up and signed.
func (b *backend) replica(beforeRecord func()) *issuer.Issuer {
	b.t.Helper()
	const record = 4 // after opening, the look-up and the reading
	begun := 0
	st := must(store.Open(b.t.Context(), b.path, store.Options{Around: func(op string, do func() error) error {
		if op == "begin" {
			begun++
		}
		if op == "begin" && begun == record {
			beforeRecord()
		}
		return do()
	}}))
	b.t.Cleanup(func() { st.Close() })
	return must(issuer.Open(b.t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
}

// TestTwoReplicasFinishOneRow has a second replica sign and record a row
// between the first one's signature and its record.
func TestTwoReplicasFinishOneRow(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	csr := newCSR(t)
	b.decideOnly(tanaka, csr)
	var faster api.Certificate
	slow := b.replica(func() { faster = must(b.pickUp(csr)) })
	got := must(slow.PickUp(t.Context(), csr))
	if faster.Chain == nil {
		t.Fatal("the second replica was not faster")
	}
	if !bytes.Equal(got.Chain[0], faster.Chain[0]) {
		t.Error("two replicas hand out two signatures of one serial number")
	}
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
	b.wantAuditOK()
}

// TestRevokedBetweenDecisionAndRecord has an administrator reissue the slot
// while a certificate for it is being signed.
func TestRevokedBetweenDecisionAndRecord(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	csr := newCSR(t)
	b.decideOnly(tanaka, csr)
	slow := b.replica(func() { must(b.Reissue(t.Context(), operator, tanaka)) })
	_, err := slow.PickUp(t.Context(), csr)
	wantCode(t, "recorded after its revocation", err, api.KeyReused)
	b.wantRow(tanaka, row{revoked: 1, step: b.step() + 1})
	if u := must(b.User(t.Context(), operator, tanaka)); u.Slot != api.SlotAcquirable || u.Certificate != nil {
		t.Errorf("slot after reissue: %s, %+v", u.Slot, u.Certificate)
	}
}

// TestARemovedUserLeavesNothing adds a user ID again.
func TestARemovedUserLeavesNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	old := b.begin(tanaka)
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	must(b.RemoveUser(t.Context(), operator, tanaka))
	wantCode(t, "a session of a removed user", b.complete(old, b.code(1), newCSR(t)), api.NotFound)

	b.clock.advance(time.Minute)
	begun := b.sessionAfterReveal(tanaka) // for nobody, yet
	b.clock.advance(time.Second)
	b.addUser(tanaka)
	b.wantRow(tanaka, row{})
	for name, token := range map[string]string{"removed user": old.Token, "user to come": begun} {
		_, err := b.Complete(t.Context(), api.CompleteRequest{Session: token, Code: b.code(0), CSR: newCSR(t)})
		wantCode(t, "a session of the "+name, err, api.SessionExpired)
	}
	b.wantRow(tanaka, row{})
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	b.wantRow(tanaka, row{good: 1, step: b.step() + 1})
	b.wantAuditOK()
}

// TestOnlyTheKeyIsTakenFromARequest asks for what nobody gets.
func TestOnlyTheKeyIsTakenFromARequest(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	greedy := must(x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject:        pkix.Name{CommonName: "root", Organization: []string{"99999999999"}},
		DNSNames:       []string{"bank.example"},
		EmailAddresses: []string{"president@bank.example"},
		ExtraExtensions: []pkix.Extension{
			{Id: []int{2, 5, 29, 19}, Critical: true, Value: []byte{0x30, 0x03, 0x01, 0x01, 0xff}}, // CA:TRUE
		},
	}, key))
	leaf := must(x509.ParseCertificate(must(b.acquire(tanaka, b.code(0), greedy)).Chain[0]))
	if leaf.IsCA || leaf.DNSNames != nil || leaf.EmailAddresses != nil || leaf.Subject.CommonName == "root" || leaf.Subject.Organization[0] != contractID {
		t.Errorf("taken from the request: %v, CA %v, %v, %v", leaf.Subject, leaf.IsCA, leaf.DNSNames, leaf.EmailAddresses)
	}
	if !key.PublicKey.Equal(leaf.PublicKey) {
		t.Error("certified another key")
	}
}
