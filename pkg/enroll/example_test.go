package enroll_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// The two stages of an acquisition into a wallet of files. A program that is
// killed anywhere in it, or loses an answer, runs it again: for a certificate
// whose code was accepted nobody is asked twice.
func Example() {
	dir := must(os.MkdirTemp("", "enroll"))
	defer os.RemoveAll(dir)
	ctx := context.Background()
	records := must(store.Open(ctx, filepath.Join(dir, "backend.db"), store.Options{Create: true}))
	defer records.Close()
	backend, code := deployment(ctx, records)

	box := wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, nil)
	entry, err := acquire(ctx, enroll.Config{Service: backend, Wallet: wallet.Open(wallet.Config{Dir: dir, Box: box})}, code)
	if err != nil {
		fmt.Println("refused:", api.CodeOf(err))
		return
	}
	fmt.Println(entry.Name, "has a key of type", entry.KeyType)
	// Output:
	// 12345678901-tanaka has a key of type ec-p256
}

func acquire(ctx context.Context, cfg enroll.Config, ask func() api.Secret) (wallet.Entry, error) {
	client, err := enroll.New(ctx, cfg)
	if err != nil {
		return wallet.Entry{}, err
	}
	// What an earlier run was granted is fetched first.
	entry, err := client.PickUp(ctx, tanaka, "")
	if api.CodeOf(err) != api.NotFound {
		return entry, err
	}
	// Begin has the key in the wallet before anybody is asked for a code.
	pending, err := client.Begin(ctx, tanaka, enroll.Options{})
	if err != nil {
		return wallet.Entry{}, err
	}
	return pending.Complete(ctx, ask())
}

// deployment makes an issuing backend with a user, and what reads the code off
// the user's token.
func deployment(ctx context.Context, records *store.Store) (api.Service, func() api.Secret) {
	key := must(seal.New(make([]byte, seal.KeySize)))
	backend := must(issuer.Init(ctx, records, key, issuer.Config{}, operator, "Example Bank"))
	must(backend.AddContract(ctx, operator, api.NewContract{ID: tanaka.ContractID}))
	token := otp.DefaultParams()
	secret := token.NewSecret()
	must(backend.AddUser(ctx, operator, api.NewUser{Ref: tanaka, Token: &api.NewToken{
		Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(secret)),
	}}))
	info := must(backend.Info(ctx, tanaka.ContractID))
	return backend, func() api.Secret { return api.Secret(token.Code(secret, token.Step(info.Now))) }
}
