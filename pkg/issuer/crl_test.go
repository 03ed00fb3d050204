package issuer_test

import (
	"crypto/x509"
	"slices"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
)

// crl returns the serial numbers on the issuing CA's next list, with their
// reasons, and the list's number.
func (b *backend) crl() (number int64, reasons map[string]int) {
	b.t.Helper()
	lists, err := b.CRLs(b.t.Context(), operator, 8*24*time.Hour)
	if err != nil {
		b.t.Fatal(err)
	}
	reasons = map[string]int{}
	list, err := x509.ParseRevocationList(lists[0].DER)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range list.RevokedCertificateEntries {
		reasons[ca.FormatSerial(e.SerialNumber)] = e.ReasonCode
	}
	if len(reasons) != lists[0].Entries || list.Number.Int64() != lists[0].Number {
		b.t.Errorf("%d entries, said to be %d; number %v, said to be %d", len(reasons), lists[0].Entries, list.Number, lists[0].Number)
	}
	return lists[0].Number, reasons
}

// A list has what was revoked, and what was renewed once the overlap is over;
// each has a number above the one before.
func TestCRLHasWhatIsNoLongerGood(t *testing.T) {
	b := newBackend(t, nil)
	sato := api.UserRef{ContractID: contractID, UserID: "sato"}
	b.addUser(tanaka)
	b.addUser(sato)
	request := makeCSR()
	renewed, err := b.acquire(tanaka, b.code(0), request)
	if err != nil {
		t.Fatal(err)
	}
	revoked, err := b.acquire(sato, b.code(0), makeCSR())
	if err != nil {
		t.Fatal(err)
	}
	if n, got := b.crl(); n != 1 || len(got) != 0 {
		t.Errorf("the first list, %d, has %v", n, got)
	}
	if _, err := b.Reissue(t.Context(), operator, sato); err != nil {
		t.Fatal(err)
	}
	b.alter(`UPDATE certificates SET superseded_at = $1 WHERE serial = $2`, b.clock.now().Unix(), renewed.Serial)
	b.clock.advance(b.policy.Overlap)
	n, got := b.crl()
	if n != 2 || len(got) != 1 || got[revoked.Serial] != api.ReasonSuperseded.Number() {
		t.Errorf("in the last second of the overlap list %d has %v", n, got)
	}
	if _, err := b.PickUp(t.Context(), request); err != nil {
		t.Errorf("in the last second of the overlap: %v", err)
	}
	b.clock.advance(time.Second)
	n, got = b.crl()
	if n != 3 || len(got) != 2 || got[renewed.Serial] != api.ReasonSuperseded.Number() {
		t.Errorf("after the overlap list %d has %v", n, got)
	}
	if _, err := b.PickUp(t.Context(), request); api.CodeOf(err) != api.KeyReused {
		t.Errorf("after the overlap: %v", err)
	}
	b.wantAuditOK()
}

// Lists that are signed at once have a number each.
func TestCRLsAtOnceHaveNumbersOfTheirOwn(t *testing.T) {
	b := newBackend(t, nil)
	const lists = 8
	numbers := make(chan int64, lists)
	for range lists {
		go func() {
			all, err := b.CRLs(t.Context(), operator, time.Hour)
			if err != nil {
				t.Error(err)
				numbers <- 0
				return
			}
			numbers <- all[0].Number
		}()
	}
	var got []int64
	for range lists {
		got = append(got, <-numbers)
	}
	slices.Sort(got)
	if !slices.Equal(got, []int64{1, 2, 3, 4, 5, 6, 7, 8}) {
		t.Errorf("numbers %v", got)
	}
}
