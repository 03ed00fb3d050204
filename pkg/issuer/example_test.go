package issuer_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// An issuing backend inside another program: an authority, a contract, a user
// with a one-time password, and a certificate for a key that the backend never
// sees. The holder's side is written out here; package enroll does it with a
// wallet, and loses nothing in a crash.
func Example() {
	dir, err := os.MkdirTemp("", "issuer")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := embed(context.Background(), filepath.Join(dir, "backend.db")); err != nil {
		log.Fatal(err)
	}
	// Output:
	// tanaka is acquirable
	// asked for 6 digits of otp
	// CN=Tanaka Hanako is good for 365 days
}

func embed(ctx context.Context, place string) error {
	// The sealing key protects the authority's keys and the tokens in the
	// database. It is the program's to keep, somewhere else than the database.
	raw := make([]byte, seal.KeySize)
	rand.Read(raw)
	key, err := seal.New(raw)
	if err != nil {
		return err
	}
	records, err := store.Open(ctx, place, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer records.Close()
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	operator := api.Actor{Name: "os:operator", Role: api.RoleOperator}
	backend, err := issuer.Init(ctx, records, key, issuer.Config{Now: clock}, operator, "Example Bank")
	if err != nil {
		return err
	}

	// The administrator's part. The secret goes to the user's authenticator.
	token := otp.DefaultParams()
	secret := token.NewSecret()
	if _, err := backend.AddContract(ctx, operator, api.NewContract{ID: "12345678901"}); err != nil {
		return err
	}
	user, err := backend.AddUser(ctx, operator, api.NewUser{
		Ref:   api.UserRef{ContractID: "12345678901", UserID: "tanaka"},
		Name:  "Tanaka Hanako",
		Token: &api.NewToken{Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(secret))},
	})
	if err != nil {
		return err
	}
	fmt.Println(user.Ref.UserID, "is", user.Slot)

	// The holder's part: first the IDs, then the code with a request.
	session, err := backend.Begin(ctx, api.BeginRequest{ContractID: "12345678901", UserID: "Tanaka"})
	if err != nil {
		return err
	}
	fmt.Println("asked for", session.Digits, "digits of", session.Factor)
	holder, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, holder)
	if err != nil {
		return err
	}
	acquired, err := backend.Complete(ctx, api.CompleteRequest{
		Session: session.Token,
		Code:    api.Secret(token.Code(secret, token.Step(now))),
		CSR:     csr,
	})
	if err != nil {
		return err // an *api.Error: its Code says what to do
	}
	leaf, err := x509.ParseCertificate(acquired.Chain[0])
	if err != nil {
		return err
	}
	fmt.Printf("CN=%s is %s for %d days\n", leaf.Subject.CommonName, acquired.State, int(leaf.NotAfter.Sub(now).Hours()+1)/24)
	return nil
}
