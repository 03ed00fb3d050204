package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// renew measures `certctl renew --all` of a wallet with 100 certificates beside
// the renewal of one of them (embedded backend, file wallet with its key
// unwrapped, EC P-256, everything durable and audited).
func renew(dir, certctl string) error {
	const certificates = 100
	home := filepath.Join(dir, "hundred")
	env, err := deploy(dir, home, certctl)
	if err != nil {
		return err
	}
	if err := fill(context.Background(), home, certificates); err != nil {
		return fmt.Errorf("fill a wallet: %w", err)
	}
	program := func(name string, want int, args ...string) side {
		return side{name, func(int) (time.Duration, error) {
			took, out, err := timed(env, certctl, append([]string{"renew", "--force"}, args...)...)
			var doc struct{ Certificates []struct{ Result string } }
			if err == nil {
				err = json.Unmarshal(out, &doc)
			}
			if err == nil && (len(doc.Certificates) != want || doc.Certificates[want-1].Result != "renewed") {
				err = fmt.Errorf("%d results, want %d", len(doc.Certificates), want)
			}
			return took, err
		}}
	}
	return compare("certctl renew", 5, 60, program("--all (100)", certificates, "--all"), program("one", 1, "user0"))
}

// fill gives users of a backend their certificates, all in one wallet.
func fill(ctx context.Context, home string, users int) error {
	text, err := os.ReadFile(filepath.Join(home, "seal.key"))
	if err != nil {
		return err
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	key, err := seal.New(raw)
	if err != nil {
		return err
	}
	st, err := store.Open(ctx, filepath.Join(home, "backend.db"), store.Options{})
	if err != nil {
		return err
	}
	defer st.Close()
	backend, err := issuer.Open(ctx, st, key, issuer.Config{})
	if err != nil {
		return err
	}
	box := filepath.Join(home, "wallet")
	w := wallet.Open(wallet.Config{Dir: box, Box: wallet.NewFileBox(box, wallet.FileKey{Unwrapped: true}, nil)})
	client, err := enroll.New(ctx, enroll.Config{Service: backend, Wallet: w})
	if err != nil {
		return err
	}
	p := otp.DefaultParams()
	secret := p.NewSecret()
	token := &api.NewToken{Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(secret))}
	for n := range users {
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("user%d", n)}
		if _, err := backend.AddUser(ctx, benchActor(), api.NewUser{Ref: ref, Token: token}); err != nil {
			return err
		}
		pending, err := client.Begin(ctx, ref, enroll.Options{})
		if err != nil {
			return err
		}
		if _, err := pending.Complete(ctx, api.Secret(p.Code(secret, p.Step(time.Now())))); err != nil {
			return err
		}
	}
	return nil
}
