package issuer_test

import (
	"testing"
	"time"

	"certctl/pkg/api"
)

// After a rotation the new CA signs, and each CA has what it issued, and only
// that, on its own list.
func TestRotate(t *testing.T) {
	b := newBackend(t, nil)
	sato := api.UserRef{ContractID: contractID, UserID: "sato"}
	b.addUser(tanaka)
	b.addUser(sato)
	old := must(b.acquire(tanaka, b.code(0), newCSR(t)))
	if err := b.Rotate(t.Context(), operator); err != nil { // in the second of the first
		t.Fatal(err)
	}
	young := must(b.acquire(sato, b.code(0), newCSR(t)))
	if string(old.Chain[1]) == string(young.Chain[1]) {
		t.Error("the old issuing CA signs on")
	}
	must(b.Reissue(t.Context(), operator, tanaka))
	lists := must(b.CRLs(t.Context(), operator, 24*time.Hour))
	if len(lists) != 3 || lists[0].Entries != 0 || lists[1].Entries != 1 {
		t.Fatalf("%d lists, of %d and %d entries", len(lists), lists[0].Entries, lists[1].Entries)
	}
	if string(lists[0].Issuer) != string(young.Chain[1]) || string(lists[1].Issuer) != string(old.Chain[1]) {
		t.Error("the lists are not of the new CA and the old one")
	}
	b.clock.advance(11 * 365 * 24 * time.Hour)
	wantCode(t, "under a root that ends first", b.Rotate(t.Context(), operator), api.CAEnding)
	b.wantAuditOK()
}
