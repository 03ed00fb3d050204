package issuer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// Config is what a deployment sets. The zero value is the default deployment
// on the system's clock.
type Config struct {
	// Policy; the zero value means api.DefaultPolicy.
	Policy api.Policy
	// Contracts have a policy of their own, whole, in the place of Policy. The
	// key is a contract's ID in canonical form; whether there is such a contract
	// does not matter.
	Contracts map[string]api.Policy
	// IDs is what identifiers look like.
	IDs api.IDs
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Issuer is an open issuing backend. It is safe for concurrent use, also by
// several processes on one database.
type Issuer struct {
	st         *store.Store
	policies   map[string]api.Policy // by contract ID; that of all others under deployment
	ids        api.IDs
	clock      func() time.Time
	deployment string
	restored   time.Time // zero: never
	key        *seal.Key

	rows     *seal.Key // CA keys and token secrets at rest
	sessions *seal.Key // session tokens in the client's hands
	nonces   *seal.Key // nonces of signed requests in the client's hands
	tries    *seal.Key // MAC of codes
	audits   *seal.Key // MAC of audit rows
}

var (
	_ api.Service = (*Issuer)(nil)
	_ api.Admin   = (*Issuer)(nil)
)

const sealCheck = "certctl"

func newIssuer(st *store.Store, key *seal.Key, cfg Config) (*Issuer, error) {
	i := &Issuer{
		st:       st,
		policies: maps.Clone(cfg.Contracts),
		ids:      cfg.IDs,
		clock:    cfg.Now,
		key:      key,
		rows:     key.Derive("rows"),
		sessions: key.Derive("sessions"),
		nonces:   key.Derive("nonces"),
		tries:    key.Derive("tries"),
		audits:   key.Derive("audit"),
	}
	if i.clock == nil {
		i.clock = time.Now
	}
	if i.policies == nil {
		i.policies = map[string]api.Policy{}
	}
	i.policies[deployment] = cfg.Policy
	if cfg.Policy.Validity == 0 {
		i.policies[deployment] = api.DefaultPolicy()
	}
	for id, p := range i.policies {
		if err := p.Check(); err != nil {
			return nil, &api.Error{Code: api.Usage, Field: "policy", Value: id, Err: err}
		}
	}
	return i, nil
}

// policyOf is what the backend goes by for a contract.
func (i *Issuer) policyOf(contractID string) api.Policy {
	if own, found := i.policies[contractID]; found {
		return own
	}
	return i.policies[deployment]
}

// Open opens the backend that st holds. StoreAbsent where Init has not run;
// SealWrong where key is not the key it was made with, Usage where a policy
// contradicts itself, ClockBehind where it was restored from a backup later than
// now.
func Open(ctx context.Context, st *store.Store, key *seal.Key, cfg Config) (*Issuer, error) {
	i, err := newIssuer(st, key, cfg)
	if err != nil {
		return nil, err
	}
	err = st.View(ctx, func(tx *store.Tx) error {
		d, err := tx.Deployment(ctx)
		if store.IsNotFound(err) {
			return api.Refuse(api.StoreAbsent)
		}
		if err != nil {
			return err
		}
		if _, err := i.rows.Open(d.SealCheck, sealAAD("deployment", d.ID)); err != nil {
			return api.Fail(api.SealWrong, err)
		}
		i.deployment, i.restored = d.ID, d.Restored
		if i.now().Before(d.Restored) { // everything would be void that is sealed now
			return &api.Error{Code: api.ClockBehind, Time: d.Restored}
		}
		return nil
	})
	if err != nil {
		return nil, translate(err)
	}
	return i, nil
}

// Init makes a deployment in an empty store: its identity, a root (20 years)
// with its CRL, an issuing CA (10 years) and the key of the audit log's
// checkpoints, all in one transaction. name is in their subjects. Exists where the store holds a deployment.
func Init(ctx context.Context, st *store.Store, key *seal.Key, cfg Config, by api.Actor, name string) (*Issuer, error) {
	return InitOffline(ctx, st, key, cfg, by, name, nil)
}

// InitOffline is Init for a root whose key is not in the records: keep is called
// with the root, once, before they are made. Where keep is nil the key is sealed
// in them.
func InitOffline(ctx context.Context, st *store.Store, key *seal.Key, cfg Config, by api.Actor, name string,
	keep func(root *ca.Authority) error) (*Issuer, error) {
	name, err := api.AuthorityName(name)
	if err != nil {
		return nil, err
	}
	i, err := newIssuer(st, key, cfg)
	if err != nil {
		return nil, err
	}
	i.deployment = newID()
	now := i.now()
	root, issuing, err := i.newAuthorities(name, now, keep)
	if err != nil {
		return nil, translate(err)
	}
	err = st.Do(ctx, func(tx *store.Tx) error {
		err := tx.InsertDeployment(ctx, store.Deployment{
			ID:        i.deployment,
			SealCheck: i.rows.Seal([]byte(sealCheck), sealAAD("deployment", i.deployment)),
			Created:   now,
		})
		if err != nil {
			return err
		}
		for _, a := range []store.Authority{root, issuing} {
			if err := tx.InsertAuthority(ctx, a); err != nil {
				return err
			}
		}
		if _, err := i.makeCheckpointKey(ctx, tx, now); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "ca init", outcome: outcomeOK, serial: issuing.Serial}, now)
	})
	if errors.Is(err, store.ErrExists) {
		return nil, api.Fail(api.Exists, err)
	}
	if err != nil {
		return nil, translate(err)
	}
	return i, nil
}

func (i *Issuer) newAuthorities(name string, now time.Time, keep func(*ca.Authority) error) (root, issuing store.Authority, err error) {
	rootCA, err := ca.NewRoot(name, now)
	if err != nil {
		return root, issuing, fmt.Errorf("make root: %w", err)
	}
	issuingCA, err := rootCA.NewIssuing(name, now)
	if err != nil {
		return root, issuing, fmt.Errorf("make issuing CA: %w", err)
	}
	root, err = i.sealAuthority(store.Root, rootCA, now)
	if err != nil {
		return root, issuing, err
	}
	root.CRL, err = rootCA.EmptyCRL(now)
	if err != nil {
		return root, issuing, fmt.Errorf("sign the root's CRL: %w", err)
	}
	if keep != nil {
		root.SealedKey = nil
		if err := keep(rootCA); err != nil {
			return root, issuing, err
		}
	}
	issuing, err = i.sealAuthority(store.Issuing, issuingCA, now)
	return root, issuing, err
}

func (i *Issuer) sealAuthority(kind store.AuthorityKind, a *ca.Authority, now time.Time) (store.Authority, error) {
	pkcs8, err := a.MarshalKey()
	if err != nil {
		return store.Authority{}, fmt.Errorf("encode %s key: %w", kind, err)
	}
	serial := ca.FormatSerial(a.Certificate.SerialNumber)
	return store.Authority{
		Serial:      serial,
		Kind:        kind,
		Certificate: a.Certificate.Raw,
		SealedKey:   i.rows.Seal(pkcs8, sealAAD("authority", serial)),
		Created:     now,
	}, nil
}

// RootOffline tells whether the root's key is kept elsewhere than in the records.
func (i *Issuer) RootOffline(ctx context.Context) (offline bool, err error) {
	err = i.st.View(ctx, func(tx *store.Tx) error {
		root, err := tx.CurrentAuthority(ctx, store.Root)
		offline = root.SealedKey == nil
		return err
	})
	return offline, translate(err)
}

// Authorities returns the certificates of the root and of the current issuing
// CA, DER.
func (i *Issuer) Authorities(ctx context.Context) (root, issuing []byte, err error) {
	err = i.st.View(ctx, func(tx *store.Tx) error {
		r, err := tx.CurrentAuthority(ctx, store.Root)
		if err != nil {
			return err
		}
		c, err := tx.CurrentAuthority(ctx, store.Issuing)
		root, issuing = r.Certificate, c.Certificate
		return err
	})
	return root, issuing, translate(err)
}

// Info implements api.Service.
func (i *Issuer) Info(ctx context.Context, contractID string) (api.Info, error) {
	now := i.now()
	nonce, err := i.sealNonce(nonce{Made: now.Unix(), ID: newID()})
	if err != nil {
		return api.Info{}, err
	}
	info := api.Info{DeploymentID: i.deployment, Now: now, Policy: i.policyOf(contractID), Nonce: nonce}
	err = i.st.View(ctx, func(tx *store.Tx) error {
		root, err := tx.CurrentAuthority(ctx, store.Root)
		info.Root = root.Certificate
		return err
	})
	return info, translate(err)
}

// DeploymentID returns the identity that ca init gave this deployment.
func (i *Issuer) DeploymentID() string { return i.deployment }

// now is the clock in what the records keep: whole seconds, UTC.
func (i *Issuer) now() time.Time { return i.clock().UTC().Truncate(time.Second) }

// sealAAD is the identity of a sealed row: moved to another row, it does not
// open.
func sealAAD(table, id string) string { return table + "/" + id }

// newID returns 128 random bits, lower-case hex.
func newID() string { return api.NewKey() }
