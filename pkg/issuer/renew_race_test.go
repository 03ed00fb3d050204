package issuer_test

import (
	"crypto/x509"
	"sync"
	"testing"
	"time"

	"certctl/pkg/api"
)

// TestOneOfManyRenewalsWins renews one certificate with many keys at once, and once
// more when that is over. One gets its certificate; the others find it renewed, or
// that theirs was voided.
func TestOneOfManyRenewalsWins(t *testing.T) {
	b := newBackend(t, nil)
	old := b.holder(tanaka)
	for round := range 20 {
		b.clock.advance(time.Hour)
		const many = 8
		var wg sync.WaitGroup
		var mu sync.Mutex
		var winners []identity
		renew := func() func() {
			key, csr := newKey()
			req := b.sign(old, api.OperationRenew, api.RenewRequest{CSR: csr, Early: true})
			return func() {
				got, err := b.Renew(t.Context(), req)
				mu.Lock()
				defer mu.Unlock()
				switch api.CodeOf(err) {
				case "":
					winners = append(winners, identity{key, must(x509.ParseCertificate(got.Chain[0]))})
				case api.AlreadyRenewed, api.KeyReused:
				default:
					t.Errorf("round %d: %v", round, err)
				}
			}
		}
		for range many {
			wg.Go(renew())
		}
		wg.Wait()
		renew()()
		if len(winners) != 1 {
			t.Fatalf("round %d: %d renewals of one certificate", round, len(winners))
		}
		slot := b.slot(tanaka)
		if slot.Current != winners[0].serial() || slot.Predecessor != old.serial() {
			t.Fatalf("round %d: slot %+v", round, slot)
		}
		old = winners[0]
	}
	b.wantAuditOK()
}
