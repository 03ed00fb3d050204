package cli

import (
	"context"
	"fmt"
	"os/user"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// backend opens the embedded issuing backend: its database, then the sealing
// key, which is not looked for where there is no database.
func (a *app) backend(ctx context.Context) (*issuer.Issuer, error) {
	config, err := a.issuerConfig()
	if err != nil {
		return nil, err
	}
	st, err := a.store(ctx, store.Options{})
	if err != nil {
		return nil, err
	}
	key, err := a.sealingKey(ctx)
	if err != nil {
		return nil, err
	}
	i, err := issuer.Open(ctx, st, key, config)
	if err != nil {
		return nil, fmt.Errorf("open the backend: %w", err)
	}
	return i, nil
}

// issuerConfig is what config.yaml says of the embedded backend.
func (a *app) issuerConfig() (issuer.Config, error) {
	c, err := a.config()
	if err != nil {
		return issuer.Config{}, err
	}
	policy, contracts, err := c.policies()
	return issuer.Config{Policy: policy, Contracts: contracts, Now: a.process.now}, err
}

// store opens the database of the embedded backend.
func (a *app) store(ctx context.Context, o store.Options) (*store.Store, error) {
	c, err := a.config()
	if err != nil {
		return nil, err
	}
	o.Around = store.Around(a.process.Wrap)
	where, err := c.database()
	if err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, where, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", store.Redact(where), err)
	}
	a.onClose(st.Close)
	a.warn(st.Weaknesses())
	return st, nil
}

// warn says, once in a run, under which settings the database may forget.
func (a *app) warn(all []store.Weakness) {
	if len(all) == 0 || a.warned {
		return
	}
	a.warned = true
	settings := make([]string, len(all))
	for i, w := range all {
		settings[i] = w.Setting + "=" + w.Value
	}
	a.say(i18n.Fill(a.text.Errors.Database.WeakSetting, "settings", strings.Join(settings, ", ")))
}

// admin opens the backend for an administrator, with the name under which
// the audit log records what they do: whoever can open the embedded backend is
// its operator.
func (a *app) admin(ctx context.Context) (api.Admin, api.Actor, error) {
	i, err := a.backend(ctx)
	return i, operator(), err
}

// operator names the user of the operating system.
func operator() api.Actor {
	u, err := user.Current()
	if err != nil {
		return api.Actor{Name: "os:unknown", Role: api.RoleOperator}
	}
	return api.Actor{Name: "os:" + u.Username, Role: api.RoleOperator}
}

// service opens the backend for a holder.
func (a *app) service(ctx context.Context) (api.Service, error) {
	i, err := a.backend(ctx)
	if err != nil {
		return nil, err
	}
	return tappedService{i, a.process.around}, nil
}

// holder opens the backend for the holder of a wallet.
func (a *app) holder(ctx context.Context, w *wallet.Wallet) (*enroll.Client, error) {
	service, err := a.service(ctx)
	if err != nil {
		return nil, err
	}
	return enroll.New(ctx, enroll.Config{Service: service, Wallet: w, Now: a.process.now})
}

// tappedService is a service whose every call is an effect for the fault seam.
type tappedService struct {
	api.Service
	around Around
}

// Info implements api.Service.
func (s tappedService) Info(ctx context.Context, contractID string) (info api.Info, err error) {
	err = s.around("service info", func() (err error) { info, err = s.Service.Info(ctx, contractID); return err })
	return info, err
}

// Begin implements api.Service.
func (s tappedService) Begin(ctx context.Context, req api.BeginRequest) (session api.Session, err error) {
	err = s.around("service begin", func() (err error) { session, err = s.Service.Begin(ctx, req); return err })
	return session, err
}

// Complete implements api.Service.
func (s tappedService) Complete(ctx context.Context, req api.CompleteRequest) (c api.Certificate, err error) {
	err = s.around("service complete", func() (err error) { c, err = s.Service.Complete(ctx, req); return err })
	return c, err
}

// PickUp implements api.Service.
func (s tappedService) PickUp(ctx context.Context, csr []byte) (c api.Certificate, err error) {
	err = s.around("service pick-up", func() (err error) { c, err = s.Service.PickUp(ctx, csr); return err })
	return c, err
}

// Renew implements api.Service.
func (s tappedService) Renew(ctx context.Context, req api.Signed) (c api.Certificate, err error) {
	err = s.around("service renew", func() (err error) { c, err = s.Service.Renew(ctx, req); return err })
	return c, err
}

// Revoke implements api.Service.
func (s tappedService) Revoke(ctx context.Context, req api.Signed) (r api.Revocation, err error) {
	err = s.around("service revoke", func() (err error) { r, err = s.Service.Revoke(ctx, req); return err })
	return r, err
}
