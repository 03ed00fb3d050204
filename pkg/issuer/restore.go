package issuer

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/backup"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// loadTogether is how many rows are inserted by one statement. SQLite looks for
// each parameter among all of them: 100,000 users and tokens took 12.8 s one by
// one, 7.7 s by 8 and 8.7 s by 20, and by 200 there was no end to it.
const loadTogether = 8

// Restore loads a backup into an empty store, in one transaction, and makes void
// what may have been used since it was taken. keep is called with the sealing
// key when all of the backup was good, just before the records are committed: a
// restore that is cut short leaves an empty store, and a key at most. It may be
// called again with the same key. Exists where the store holds a deployment;
// ClockBehind where it is earlier here than when the backup was taken.
func Restore(ctx context.Context, st *store.Store, b *backup.Reader, cfg Config, by api.Actor, keep func(key []byte) error) (api.Restored, error) {
	key, err := seal.New(b.Header.SealingKey)
	if err != nil {
		return api.Restored{}, &api.Error{Code: api.BackupDamaged, Err: err}
	}
	i, err := newIssuer(st, key, cfg)
	if err != nil {
		return api.Restored{}, err
	}
	i.deployment = b.Header.Deployment
	now := i.now()
	if now.Before(b.Header.Taken) {
		return api.Restored{}, &api.Error{Code: api.ClockBehind, Time: b.Header.Taken}
	}
	var r api.Restored
	var unkept error // by keep: nothing that the store could explain
	err = st.Do(ctx, func(tx *store.Tx) error {
		r = api.Restored{Backup: api.Backup{DeploymentID: i.deployment, Taken: b.Header.Taken}, At: now}
		if err := i.load(ctx, tx, b, &r); err != nil {
			return err
		}
		if err := i.outdate(ctx, tx, &r); err != nil {
			return err
		}
		e := event{actor: by, action: "ca restore", user: r.Taken.Format(time.RFC3339), outcome: outcomeOK}
		if err := i.audit(ctx, tx, e, now); err != nil {
			return err
		}
		unkept = keep(key.Bytes())
		return unkept
	})
	switch {
	case unkept != nil:
		return api.Restored{}, unkept
	case errors.Is(err, store.ErrExists) && !errors.Is(err, backup.ErrDamaged):
		return api.Restored{}, api.Fail(api.Exists, err)
	case err != nil:
		return api.Restored{}, backupError(err)
	}
	return r, nil
}

// load writes the rows of a backup as they are.
func (i *Issuer) load(ctx context.Context, tx *store.Tx, b *backup.Reader, r *api.Restored) error {
	switch _, err := tx.Deployment(ctx); {
	case err == nil:
		return store.ErrExists
	case !store.IsNotFound(err):
		return err
	}
	var table store.Loading
	var rows [][]any
	deployments := 0
	flush := func() error {
		r.Rows += int64(len(rows))
		err := tx.Load(ctx, table, rows)
		rows = rows[:0]
		if errors.Is(err, store.ErrExists) && table.Name != "deployment" { // that may be another restore's
			return fmt.Errorf("%w: a row is there twice (%w)", backup.ErrDamaged, err)
		}
		return err
	}
	err := b.Visit(backup.Visitor{
		Table: func(t backup.Table) (err error) {
			if err := flush(); err != nil {
				return err
			}
			table, err = tx.CheckTable(ctx, store.Table(t))
			return err
		},
		Row: func(values []any) error {
			if err := table.CheckRow(values); err != nil {
				return err
			}
			if table.Name == "deployment" {
				deployments++
			}
			if deployments > 1 { // the database would say that there is one, as of another restore's
				return fmt.Errorf("%w: more than one deployment", backup.ErrDamaged)
			}
			rows = append(rows, values)
			if len(rows) < loadTogether {
				return nil
			}
			return flush()
		},
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	return i.whole(ctx, tx, r)
}

// whole refuses records that are not those of a backend: of its authorities one of
// each kind, of its slots what is in them, and its own name, under its key.
func (i *Issuer) whole(ctx context.Context, tx *store.Tx, r *api.Restored) error {
	for _, kind := range []store.AuthorityKind{store.Issuing, store.Root} {
		authority, err := tx.CurrentAuthority(ctx, kind)
		if err == nil {
			_, err = x509.ParseCertificate(authority.Certificate)
		}
		if err != nil {
			return fmt.Errorf("%w: no %s authority: %w", backup.ErrDamaged, kind, err)
		}
		r.Root = authority.Certificate // the last is the root
	}
	loose, err := tx.LooseSlots(ctx)
	if err != nil {
		return err
	}
	if loose > 0 {
		return fmt.Errorf("%w: the certificates of %d slots are not there", backup.ErrDamaged, loose)
	}
	d, err := tx.Deployment(ctx)
	if err == nil && d.ID == i.deployment {
		_, err = i.rows.Open(d.SealCheck, sealAAD("deployment", d.ID))
	}
	if err != nil || d.ID != i.deployment {
		return fmt.Errorf("%w: the key and the records do not belong together", backup.ErrDamaged)
	}
	return nil
}

// outdate makes void what may have been used since the backup was taken, and what
// was sealed for clients by then.
//
// A code may have been accepted at any step within the reach of now. Where a
// counter is, nobody knows. A slot that was open may have been acquired, with a
// certificate that is in no record: the administrator decides. What a renewal has
// in signing stays as it is: it is finished by the key that it was made for, or
// revoked by another, as ever. No revocation list gets a number that was used,
// even if one had been signed in every microsecond; ten years of those are 3·10¹⁴
// of 9·10¹⁸.
func (i *Issuer) outdate(ctx context.Context, tx *store.Tx, r *api.Restored) error {
	if err := tx.SetRestored(ctx, r.At); err != nil {
		return err
	}
	tokens, period, err := tx.SpendSteps(ctx, r.At, otp.Reach)
	if err != nil {
		return err
	}
	if r.ClockTokens = tokens; tokens > 0 {
		r.CodesFrom = r.At.Truncate(period).Add((otp.Reach + 1) * period)
	}
	if r.CounterTokens, err = tx.NeedResync(ctx); err != nil {
		return err
	}
	if r.Slots, err = tx.RevokeOpen(ctx, reasonSuperseded, r.At); err != nil {
		return err
	}
	r.CRLNumbers = (r.At.Sub(r.Taken) + time.Second).Microseconds()
	return tx.SkipCRLs(ctx, r.CRLNumbers)
}

// void tells whether what was sealed for a client at a time was sealed before
// this database was restored: whether it was used, nobody knows.
func (i *Issuer) void(made time.Time) bool { return !made.After(i.restored) }
