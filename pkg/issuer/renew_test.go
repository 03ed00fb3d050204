package issuer_test

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
)

// inWindow is a moment at which what was acquired at the start may be renewed.
var inWindow = start.Add(365*day - 24*time.Hour)

func TestRenewalTakesThePlaceAndLeavesAPredecessor(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka)
	b.clock.set(inWindow)
	next := b.renewed(old)
	if want := inWindow.Add(365*day - time.Second); !next.cert.NotAfter.Equal(want) {
		t.Errorf("the successor ends at %v, want %v", next.cert.NotAfter, want)
	}
	if !bytes.Equal(next.cert.RawSubject, old.cert.RawSubject) {
		t.Errorf("subject %v, was %v", next.cert.Subject, old.cert.Subject)
	}
	slot := b.slot(tanaka)
	if slot.Current != next.serial() || slot.Predecessor != old.serial() {
		t.Errorf("slot %+v, want %s after %s", slot, next.serial(), old.serial())
	}
	p := b.certificate(old.serial())
	if p.State != api.CertificateGood || !p.Superseded.Equal(inWindow) {
		t.Errorf("the predecessor is %s, superseded at %v", p.State, p.Superseded)
	}
	if got := issuer.GoodUntil(p, b.policy); !got.Equal(old.cert.NotAfter) { // sooner than 14 days
		t.Errorf("the predecessor is good until %v, want its own end %v", got, old.cert.NotAfter)
	}
	p.NotAfter = inWindow.Add(30 * day)
	if got, want := issuer.GoodUntil(p, b.policy), inWindow.Add(14*day); !got.Equal(want) {
		t.Errorf("the predecessor is good until %v, want %v", got, want)
	}
	b.wantAuditOK()
}

// Each refusal has its code, and leaves the slot as it was.
func TestRenewalIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		then  func(b *backend, h identity) identity // who signs
		early bool
		want  api.Code
		field string
	}{
		"in the window":      {func(b *backend, h identity) identity { return h }, false, "", ""},
		"too early":          {func(b *backend, h identity) identity { b.clock.set(start.Add(day)); return h }, false, api.NotDue, ""},
		"early on request":   {func(b *backend, h identity) identity { b.clock.set(start.Add(day)); return h }, true, "", ""},
		"in the last second": {func(b *backend, h identity) identity { b.clock.set(h.cert.NotAfter); return h }, false, "", ""},
		"a second too late": {func(b *backend, h identity) identity {
			b.clock.set(h.cert.NotAfter.Add(time.Second))
			return h
		}, false, api.Expired, ""},
		"far too late": {func(b *backend, h identity) identity {
			b.clock.set(h.cert.NotAfter.Add(91 * day))
			return h
		}, true, api.Expired, "slot"},
		"locked": {func(b *backend, h identity) identity {
			b.alter(`UPDATE users SET locked_at = 1, attempts = 5`)
			return h
		}, false, "", ""},
		"user suspended": {func(b *backend, h identity) identity {
			b.alter(`UPDATE users SET suspended_at = 1`)
			return h
		}, false, api.Suspended, ""},
		"contract suspended": {func(b *backend, h identity) identity {
			b.alter(`UPDATE contracts SET suspended_at = 1`)
			return h
		}, false, api.Suspended, ""},
		"reissued": {func(b *backend, h identity) identity {
			must(b.Reissue(b.t.Context(), operator, tanaka))
			return h
		}, false, api.Revoked, ""},
		"removed": {func(b *backend, h identity) identity {
			must(b.RemoveUser(b.t.Context(), operator, tanaka))
			return h
		}, false, api.Revoked, ""},
		"removed, and added": {func(b *backend, h identity) identity {
			must(b.RemoveUser(b.t.Context(), operator, tanaka))
			b.addUser(tanaka)
			return h
		}, false, api.Revoked, ""},
		"by a predecessor": {func(b *backend, h identity) identity { b.renewed(h); return h }, false, api.AlreadyRenewed, ""},
		"by a stranger": {func(b *backend, h identity) identity {
			other := newBackend(b.t, nil)
			return other.holder(tanaka)
		}, false, api.Foreign, ""},
		"by a forged certificate of the same serial": {func(b *backend, h identity) identity {
			key, _ := newKey()
			forged := *h.cert
			forged.PublicKey = key.Public()
			der := must(x509.CreateCertificate(rand.Reader, &forged, &forged, key.Public(), key))
			return identity{key, must(x509.ParseCertificate(der))}
		}, true, api.Foreign, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBackend(t, nil)
			h := b.holder(tanaka)
			b.clock.set(inWindow)
			signer := c.then(b, h)
			before := b.places()
			_, err := b.renewWith(signer, newCSR(t), c.early)
			wantCode(t, "renew", err, c.want)
			if refused := (*api.Error)(nil); errors.As(err, &refused) && refused.Field != c.field {
				t.Errorf("field %q, want %q", refused.Field, c.field)
			}
			if after := b.places(); c.want != "" && after != before {
				t.Errorf("stored %s, was %s", after, before)
			}
			b.wantAuditOK()
		})
	}
}

// The same request again, or another for the same key, is answered alike and
// decides nothing again. A request for another key with the same nonce is not.
func TestARenewalIsRepeatedAndNotReplayed(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka)
	b.clock.set(inWindow)
	csr := newCSR(t)
	req := b.sign(old, api.OperationRenew, api.RenewRequest{CSR: csr})
	first := must(b.Renew(t.Context(), req))
	before := b.counts()
	b.clock.advance(time.Hour)
	if again := must(b.Renew(t.Context(), req)); again.Serial != first.Serial {
		t.Errorf("repeated: %s, was %s", again.Serial, first.Serial)
	}
	if again := must(b.renewWith(old, csr, false)); again.Serial != first.Serial {
		t.Errorf("the same key with another nonce: %s, was %s", again.Serial, first.Serial)
	}
	if again := must(b.PickUp(t.Context(), csr)); again.Serial != first.Serial {
		t.Errorf("picked up: %s, was %s", again.Serial, first.Serial)
	}
	b.wantCounts(before)
}

func TestANonceIsForOneRequestWithinFiveMinutes(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka) // too early: refused, and the nonce is spent all the same
	info := must(b.Info(t.Context(), ""))
	send := func(nonce string) error {
		to := api.Address{Backend: info.DeploymentID, Operation: api.OperationRenew, Nonce: nonce}
		signer := api.Sender{Key: old.key, Certificate: old.cert}
		_, err := b.Renew(t.Context(), must(signer.Sign(to, api.RenewRequest{CSR: newCSR(t)})))
		return err
	}
	wantCode(t, "the first request", send(info.Nonce), api.NotDue)
	b.reopen() // another replica
	wantCode(t, "the second with its nonce", send(info.Nonce), api.NonceSpent)
	late := must(b.Info(t.Context(), "")).Nonce
	b.clock.advance(5*time.Minute + time.Second)
	wantCode(t, "a nonce that is too old", send(late), api.NonceSpent)
	wantCode(t, "a nonce of nobody", send("AAAA"), api.BadRequest)
	session := b.begin(api.UserRef{ContractID: contractID, UserID: b.addUser(suzuki).Ref.UserID}).Token
	wantCode(t, "a session in the place of a nonce", send(session), api.BadRequest)
	for range 3 { // what is old is forgotten
		b.clock.advance(time.Hour)
		wantCode(t, "an hour later", send(must(b.Info(t.Context(), "")).Nonce), api.NotDue)
	}
	var kept int
	if err := b.db.QueryRow(`SELECT COUNT(*) FROM nonces`).Scan(&kept); err != nil || kept != 1 {
		t.Errorf("%d nonces are kept, %v; want the last one", kept, err)
	}
}

// Whoever renews after a certificate in signing with another key finds that
// void: it may have been signed.
func TestARenewalCutShortIsFinishedByItsKey(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka)
	b.clock.set(inWindow)
	lost, csr := newCSR(t), newCSR(t)
	b.cutRenewal(old, lost)
	if slot := b.slot(tanaka); slot.Current != old.serial() || slot.Predecessor != "" {
		t.Errorf("while the successor is in signing the slot is %+v", slot)
	}
	got := must(b.renewWith(old, csr, false))
	_, err := b.PickUp(t.Context(), lost)
	wantCode(t, "the key of the renewal that was cut short", err, api.KeyReused)
	if slot := b.slot(tanaka); slot.Current != got.Serial || slot.Predecessor != old.serial() {
		t.Errorf("slot %+v", slot)
	}

	b2 := newBackend(t, nil)
	old = b2.holder(tanaka)
	b2.clock.set(inWindow)
	b2.cutRenewal(old, csr)
	got = must(b2.PickUp(t.Context(), csr))
	if slot := b2.slot(tanaka); slot.Current != got.Serial || slot.Predecessor != old.serial() {
		t.Errorf("picked up, slot %+v", slot)
	}
	b2.wantAuditOK()
}

// cutRenewal leaves a successor in signing.
func (b *backend) cutRenewal(from identity, csr []byte) {
	b.t.Helper()
	b.cutShort(tanaka, func(i *issuer.Issuer) (api.Certificate, error) {
		return i.Renew(b.t.Context(), b.sign(from, api.OperationRenew, api.RenewRequest{CSR: csr}))
	})
}

// A predecessor past its overlap is no longer handed out, and reissue takes a
// living one too.
func TestThePredecessorsEnd(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	key, csr := newKey()
	got := must(b.acquire(tanaka, b.code(0), csr))
	old := identity{key, must(x509.ParseCertificate(got.Chain[0]))}
	b.clock.set(old.cert.NotAfter.Add(-30 * day))
	next := b.renewed(old)
	b.clock.advance(14 * day)
	if _, err := b.PickUp(t.Context(), csr); err != nil {
		t.Errorf("in the last second of the overlap: %v", err)
	}
	b.clock.advance(time.Second)
	_, err := b.PickUp(t.Context(), csr)
	wantCode(t, "a second after it", err, api.KeyReused)
	must(b.Reissue(t.Context(), operator, tanaka))
	for _, serial := range []string{old.serial(), next.serial()} {
		if c := b.certificate(serial); c.State != api.CertificateRevoked {
			t.Errorf("after the reissue %s is %s", serial, c.State)
		}
	}
	if slot := b.slot(tanaka); slot.Current != "" || slot.Predecessor != "" {
		t.Errorf("after the reissue the slot is %+v", slot)
	}
}
