package issuer_test

import (
	"testing"

	"certctl/pkg/api"
)

// A certificate is good to the end of its last second: until then it is revoked
// with its slot, renewed, and kept as the predecessor.
func TestTheLastSecondOfACertificate(t *testing.T) {
	b := newBackend(t, nil)
	sato := api.UserRef{ContractID: contractID, UserID: "sato"}
	one, other := b.holder(tanaka), b.holder(sato)
	b.clock.set(one.cert.NotAfter)
	must(b.Reissue(t.Context(), operator, tanaka))
	if c := b.certificate(one.serial()); c.State != api.CertificateRevoked {
		t.Errorf("reissued in its last second it is %s", c.State)
	}
	if _, listed := b.crl(); len(listed) != 1 {
		t.Errorf("the list has %v", listed)
	}
	b.renewed(other)
	if slot := b.slot(sato); slot.Predecessor != other.serial() {
		t.Errorf("renewed in its last second: slot %+v", slot)
	}
	if c := b.certificate(other.serial()); !c.Superseded.Equal(other.cert.NotAfter) {
		t.Errorf("renewed in its last second: superseded at %v", c.Superseded)
	}
}
