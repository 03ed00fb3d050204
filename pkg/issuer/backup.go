package issuer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"certctl/pkg/api"
	"certctl/pkg/backup"
	"certctl/pkg/store"
)

// Backup implements api.Backups.
func (i *Issuer) Backup(ctx context.Context, by api.Actor, w io.Writer, lock api.BackupLock) (api.Backup, error) {
	now := i.now()
	var to backup.Recipients
	err := i.act(ctx, by, deployment, func(tx *store.Tx) (err error) {
		if to, err = recipients(lock); err != nil {
			return err
		}
		return i.audit(ctx, tx, event{actor: by, action: "ca backup", outcome: outcomeOK}, now)
	})
	if err != nil {
		return api.Backup{}, translate(err)
	}
	b, err := backup.NewWriter(w, backup.Header{
		Schema: store.SchemaVersion(), Deployment: i.deployment, Taken: now, SealingKey: i.key.Bytes(),
	}, to)
	if err != nil {
		return api.Backup{}, err
	}
	made := api.Backup{DeploymentID: i.deployment, Taken: now}
	var unwritten error // by w: nothing that the store could explain
	err = i.look(ctx, by, deployment, func(tx *store.Tx) error {
		root, err := tx.CurrentAuthority(ctx, store.Root)
		if err != nil {
			return err
		}
		made.Root = root.Certificate
		return tx.Dump(ctx,
			func(t store.Table) error { unwritten = b.Table(backup.Table(t)); return unwritten },
			func(values []any) error { unwritten = b.Row(values); return unwritten })
	})
	if unwritten != nil {
		return api.Backup{}, unwritten
	}
	if errors.Is(err, store.ErrForeignRow) {
		return api.Backup{}, api.Fail(api.StoreCorrupt, err)
	}
	if err != nil {
		return api.Backup{}, translate(err)
	}
	made.Rows = b.Rows()
	return made, b.Close()
}

// recipients returns what a backup is encrypted to.
func recipients(lock api.BackupLock) (backup.Recipients, error) {
	if lock.Passphrase != "" {
		return backup.ToPassphrase(string(lock.Passphrase))
	}
	to, err := backup.ToRecipients(lock.Recipients)
	if err != nil {
		return nil, &api.Error{Code: api.Usage, Field: "recipient", Err: err}
	}
	return to, nil
}

// OpenBackup opens a backup: with a passphrase or, where that is empty, with the
// identities in a file of age's. PasswordWrong, and the codes of backups.
func OpenBackup(file io.ReadSeeker, passphrase api.Secret, identities io.Reader) (*backup.Reader, error) {
	var with backup.Identities
	var err error
	if passphrase != "" {
		with, err = backup.WithPassphrase(string(passphrase))
	} else {
		with, err = backup.WithIdentities(identities)
	}
	if err != nil {
		return nil, &api.Error{Code: api.Usage, Field: "identity", Err: err}
	}
	b, err := backup.Open(file, with)
	if err != nil {
		return nil, backupError(err)
	}
	if known := store.SchemaVersion(); b.Header.Schema > known {
		return nil, api.Fail(api.BackupTooNew, fmt.Errorf("schema %d, this program knows %d", b.Header.Schema, known))
	}
	return b, nil
}

// backupError is translate for the errors of backups.
func backupError(err error) error {
	for _, row := range []struct {
		cause error
		code  api.Code
	}{
		{backup.ErrLocked, api.PasswordWrong},
		{backup.ErrForeign, api.BackupForeign},
		{backup.ErrTruncated, api.BackupTruncated},
		{backup.ErrDamaged, api.BackupDamaged},
		{backup.ErrTooNew, api.BackupTooNew},
		{store.ErrForeignRow, api.BackupDamaged},
		{store.ErrNotFound, api.BackupDamaged}, // what a row belongs to
	} {
		if errors.Is(err, row.cause) {
			return &api.Error{Code: row.code, Field: "backup", Err: err}
		}
	}
	return translate(err)
}
