package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

// one does what is to be done about one entry, and returns what became of it,
// with the error that the run's exit code is to tell.
func (o *renewOptions) one(ctx context.Context, e wallet.Entry) (renewalDoc, error) {
	row := o.row(e, renewNotDue)
	due, err := o.judge(e)
	switch {
	case err != nil:
		return o.failed(row, renewOver, err), err
	case o.check && due:
		row.Result = renewDue
		return row, api.Refuse(api.Due)
	case o.check:
		return row, nil
	}
	o.sweep(ctx, e)
	if !due { // what a run that was cut off left undone
		o.mu.Lock()
		defer o.mu.Unlock()
		return row, o.reinstall(ctx, e, &row)
	}
	renewed, err := o.renew(ctx, e)
	if api.CodeOf(err) == api.NotDue { // by the backend's clock or policy
		return row, nil
	}
	if err != nil {
		return o.failed(row, renewFailed, err), err
	}
	row = o.row(renewed, renewRenewed)
	row.OldSerial = &e.Serial
	o.mu.Lock()
	defer o.mu.Unlock()
	return row, errors.Join(o.reinstall(ctx, renewed, &row), o.follow(ctx, &row))
}

// judge tells by the wallet and the clock whether a certificate is due. One that
// can no longer be renewed is an error; but where it only seems over, the backend
// has the last word, whose clock counts.
func (o *renewOptions) judge(e wallet.Entry) (due bool, err error) {
	now := o.app.process.now()
	if e.Imported() && (len(o.names) > 0 || !now.Before(o.from(e))) {
		return false, fmt.Errorf("renew %s: %w", e.Name, enroll.ErrImported)
	}
	state := entryState(e, now)
	switch state {
	case stateDamaged:
		return false, e.Damaged
	case api.SlotRevoked, stateReissued:
		return false, api.Refuse(api.Revoked)
	}
	if o.check && now.After(e.NotAfter) {
		expired := &api.Error{Code: api.Expired, Time: e.NotAfter}
		if state == api.SlotExpiredReissue {
			expired.Field = "slot"
		}
		return false, expired
	}
	if o.check && state == stateSuspended {
		return false, api.Refuse(api.Suspended)
	}
	return o.force || !now.Before(o.from(e)), nil
}

// from is when a certificate becomes due.
func (o *renewOptions) from(e wallet.Entry) time.Time {
	before := time.Duration(e.Policy.RenewFrom)
	if o.threshold != 0 {
		before = o.threshold
	}
	return e.NotAfter.Add(-before)
}

func (o *renewOptions) renew(ctx context.Context, e wallet.Entry) (renewed wallet.Entry, err error) {
	a := o.app
	err = a.busy(ctx, i18n.Fill(a.text.Output.Renewal.Doing, "name", e.Name), func(ctx context.Context) error {
		client, err := o.backend(ctx)
		if err != nil {
			return err
		}
		renewed, err = client.Renew(ctx, e.Name, o.force || o.threshold != 0)
		return err
	})
	return renewed, err
}

// backend opens the backend of this home. An entry of another one is refused by
// enroll before anything is sent.
func (o *renewOptions) backend(ctx context.Context) (*enroll.Client, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.client != nil {
		return o.client, nil
	}
	client, err := o.app.holder(ctx, o.wallet)
	o.client = client
	return client, err
}

// sweep drops what an earlier renewal replaced, once nothing needs it. Where
// that does not work it is said, and tried again by the next run.
func (o *renewOptions) sweep(ctx context.Context, e wallet.Entry) {
	a, t := o.app, o.app.text.Output.Renewal
	old, err := enroll.Sweep(ctx, o.wallet, e.Name, a.process.now())
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case err == nil:
		a.say(i18n.Fill(t.Swept, "name", e.Name, "serial", old.Serial))
	case !errors.Is(err, wallet.ErrNotFound):
		_, p := a.explain(err)
		a.say(i18n.Sentences(i18n.Fill(t.NotSwept, "name", e.Name), p.Message))
	}
}

// reinstall puts the certificate in the place of older ones where it was
// installed. Where that fails, the row says so.
func (o *renewOptions) reinstall(ctx context.Context, e wallet.Entry, row *renewalDoc) error {
	stores, err := o.app.reinstall(ctx, o.wallet, o.where, e)
	row.Stores = append(row.Stores, stores...)
	if err != nil && row.Error == nil {
		row.Error = o.app.problemDoc(err)
	}
	return err
}

// follow does what is to follow a renewal. The renewal is done, whatever comes
// of this.
func (o *renewOptions) follow(ctx context.Context, row *renewalDoc) error {
	if o.hook.program == "" {
		return nil
	}
	return o.hook.run(ctx, o.app, row)
}

func (o *renewOptions) row(e wallet.Entry, result renewResult) renewalDoc {
	row := renewalDoc{certificateDoc: o.app.certificateDoc(e, o.where), Result: result, Stores: []storeDoc{}}
	if e.Damaged == nil {
		row.RenewFrom = timeDoc(o.from(e))
	}
	return row
}

func (o *renewOptions) failed(row renewalDoc, result renewResult, err error) renewalDoc {
	row.Result, row.Error = result, o.app.problemDoc(err)
	return row
}
