package issuer_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

// identity is a holder's key with its certificate.
type identity struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func (i identity) serial() string { return i.cert.SerialNumber.Text(16) }

// newKey makes a key and its request.
func newKey() (*ecdsa.PrivateKey, []byte) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	return key, must(x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key))
}

// holder adds a user who has acquired.
func (b *backend) holder(ref api.UserRef) identity {
	b.t.Helper()
	b.addUser(ref)
	return b.acquired(ref, 0)
}

func (b *backend) acquired(ref api.UserRef, steps int64) identity {
	b.t.Helper()
	key, csr := newKey()
	got := must(b.acquire(ref, b.code(steps), csr))
	return identity{key, must(x509.ParseCertificate(got.Chain[0]))}
}

// sign signs a request with a new nonce.
func (b *backend) sign(from identity, operation api.Operation, request any) api.Signed {
	b.t.Helper()
	info := must(b.Info(b.t.Context(), ""))
	to := api.Address{Backend: info.DeploymentID, Operation: operation, Nonce: info.Nonce}
	return must(api.Sender{Key: from.key, Certificate: from.cert}.Sign(to, request))
}

func (b *backend) renewWith(from identity, csr []byte, early bool) (api.Certificate, error) {
	b.t.Helper()
	return b.Renew(b.t.Context(), b.sign(from, api.OperationRenew, api.RenewRequest{CSR: csr, Early: early}))
}

func (b *backend) renewed(from identity) identity {
	b.t.Helper()
	key, csr := newKey()
	got := must(b.renewWith(from, csr, false))
	return identity{key, must(x509.ParseCertificate(got.Chain[0]))}
}

func (b *backend) revokeWith(from identity, reason api.Reason) (api.Revocation, error) {
	b.t.Helper()
	return b.Revoke(b.t.Context(), b.sign(from, api.OperationRevoke, api.RevokeRequest{Serial: from.serial(), Reason: reason}))
}

// slot is what the records say of a user's slot.
func (b *backend) slot(ref api.UserRef) store.Slot {
	b.t.Helper()
	var h store.Holder
	err := b.st.View(b.t.Context(), func(tx *store.Tx) (err error) {
		h, err = tx.Holder(b.t.Context(), ref)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return h.User.Slot
}

func (b *backend) certificate(serial string) store.Certificate {
	b.t.Helper()
	var c store.Certificate
	err := b.st.View(b.t.Context(), func(tx *store.Tx) (err error) {
		c, err = tx.Certificate(b.t.Context(), serial)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

// places is all that is stored of slots and certificates.
func (b *backend) places() string {
	b.t.Helper()
	return b.dump(`SELECT id, slot_state, current_serial, predecessor_serial FROM users ORDER BY id`) +
		b.dump(`SELECT serial, state, superseded_at FROM certificates ORDER BY serial`)
}
