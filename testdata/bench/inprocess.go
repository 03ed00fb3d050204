package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// inProcess prints how many acquisitions (both stages, key and request
// included) one process does in a second, beside what the machine does of
// their parts: signatures with P-256, and writes that reach the disk.
func inProcess(dir string) error {
	ctx := context.Background()
	backend, err := newBackend(ctx, filepath.Join(dir, "inprocess.db"))
	if err != nil {
		return err
	}
	const each = 320
	for _, workers := range []int{1, 32} {
		rate, err := backend.acquisitions(ctx, workers, each)
		if err != nil {
			return fmt.Errorf("acquire from %d goroutines: %w", workers, err)
		}
		fmt.Printf("%-20s %.0f acquisitions/s\n", fmt.Sprintf("%d goroutines", workers), rate)
	}
	signs, err := signRate()
	if err != nil {
		return err
	}
	syncs, err := syncRate(filepath.Join(dir, "sync"))
	if err != nil {
		return err
	}
	fmt.Printf("%-20s %.0f P-256 signatures/s on one core, %.0f fsync/s\n", "the machine", signs, syncs)
	return backend.store.Close()
}

type backend struct {
	*issuer.Issuer
	store *store.Store
	users int
}

func newBackend(ctx context.Context, path string) (*backend, error) {
	return openBackend(ctx, path, store.Options{Create: true})
}

// openBackend makes a backend with its records in a new database.
func openBackend(ctx context.Context, place string, o store.Options) (*backend, error) {
	st, err := store.Open(ctx, place, o)
	if err != nil {
		return nil, err
	}
	raw := make([]byte, seal.KeySize)
	rand.Read(raw)
	key, err := seal.New(raw)
	if err != nil {
		return nil, err
	}
	is, err := issuer.Init(ctx, st, key, issuer.Config{}, benchActor(), "Bench")
	if err != nil {
		return nil, err
	}
	_, err = is.AddContract(ctx, benchActor(), api.NewContract{ID: contractID})
	return &backend{Issuer: is, store: st}, err
}

type holder struct {
	ref    api.UserRef
	secret otp.Secret
}

// acquisitions adds users and returns how many a second acquire.
func (b *backend) acquisitions(ctx context.Context, workers, users int) (float64, error) {
	holders := make(chan holder, users)
	for range users {
		h, err := b.addHolder(ctx)
		if err != nil {
			return 0, err
		}
		holders <- h
	}
	close(holders)

	failed := make([]error, workers)
	var all sync.WaitGroup
	start := time.Now()
	for w := range workers {
		all.Go(func() {
			for h := range holders {
				failed[w] = errors.Join(failed[w], b.acquire(ctx, h))
			}
		})
	}
	all.Wait()
	return float64(users) / time.Since(start).Seconds(), errors.Join(failed...)
}

func (b *backend) addHolder(ctx context.Context) (holder, error) {
	b.users++
	h := holder{
		ref:    api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("user%d", b.users)},
		secret: otp.DefaultParams().NewSecret(),
	}
	token := &api.NewToken{Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(h.secret))}
	_, err := b.AddUser(ctx, benchActor(), api.NewUser{Ref: h.ref, Role: api.RoleUser, Token: token})
	return h, err
}

func (b *backend) acquire(ctx context.Context, h holder) error {
	session, err := b.Begin(ctx, api.BeginRequest{ContractID: h.ref.ContractID, UserID: h.ref.UserID})
	if err != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		return err
	}
	token := otp.DefaultParams()
	code := token.Code(h.secret, token.Step(time.Now()))
	_, err = b.Complete(ctx, api.CompleteRequest{Session: session.Token, Code: api.Secret(code), CSR: csr})
	return err
}

// signRate returns how many P-256 signatures one goroutine makes in a second.
func signRate() (float64, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return 0, err
	}
	digest := sha256.Sum256(nil)
	return rate(2000, func() error {
		_, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
		return err
	})
}

// syncRate returns how often in a second a page written to a file is on disk.
func syncRate(path string) (float64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	page := make([]byte, 4096)
	return rate(200, func() error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	})
}

func rate(times int, do func() error) (float64, error) {
	start := time.Now()
	for range times {
		if err := do(); err != nil {
			return 0, err
		}
	}
	return float64(times) / time.Since(start).Seconds(), nil
}

func benchActor() api.Actor { return api.Actor{Name: "bench", Role: api.RoleOperator} }
