package issuer_test

import (
	"fmt"
	"sync"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

// BenchmarkAcquireProcess is what one run of the command does to the backend:
// open, look for something to pick up, both stages, close.
func BenchmarkAcquireProcess(b *testing.B) {
	back := newBackend(b, nil)
	if err := back.st.Close(); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("u%d", n)}
		back.reopen()
		back.addUser(ref)
		if err := back.st.Close(); err != nil {
			b.Fatal(err)
		}
		csr := newCSR(b)
		b.StartTimer()
		st := must(store.Open(b.Context(), back.path, store.Options{}))
		i := must(issuer.Open(b.Context(), st, back.key, issuer.Config{Now: back.clock.now}))
		must(i.Info(b.Context(), ""))
		if _, err := i.PickUp(b.Context(), csr); api.CodeOf(err) != api.NotFound {
			b.Fatal(err)
		}
		s := must(i.Begin(b.Context(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID}))
		must(i.Complete(b.Context(), api.CompleteRequest{Session: s.Token, Code: back.code(0), CSR: csr}))
		if err := st.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkComplete is the second stage, from one caller after the other and
// from 32 at once, each for a user of their own.
func BenchmarkComplete(b *testing.B) {
	for _, callers := range []int{1, 32} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			back := newBackend(b, nil)
			requests := make(chan api.CompleteRequest, b.N)
			for n := range b.N {
				ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("u%d", n)}
				back.addUser(ref)
				requests <- api.CompleteRequest{Session: back.begin(ref).Token, Code: back.code(0), CSR: newCSR(b)}
			}
			close(requests)
			b.ResetTimer()
			var wg sync.WaitGroup
			for range callers {
				wg.Go(func() {
					for req := range requests {
						must(back.Complete(b.Context(), req))
					}
				})
			}
			wg.Wait()
		})
	}
}
