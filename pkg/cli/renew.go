package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

// renewalsDoc is what `certctl renew` shows.
type renewalsDoc struct {
	Certificates []renewalDoc `json:"certificates"`
}

// renewalDoc is one certificate with what became of it.
type renewalDoc struct {
	certificateDoc             // as it is now
	Result         renewResult `json:"result"`
	RenewFrom      timeDoc     `json:"renew_from"`
	OldSerial      *string     `json:"old_serial"` // where it was renewed
	Stores         []storeDoc  `json:"stores"`     // where it is installed, and was replaced now
	Hook           *hookDoc    `json:"hook"`       // where one was run
	Error          *problemDoc `json:"error"`      // where it failed
}

type renewResult string

const (
	renewRenewed renewResult = "renewed"
	renewNotDue  renewResult = "not_due"
	renewDue     renewResult = "due" // of --check
	renewFailed  renewResult = "failed"
	renewOver    renewResult = "not_renewable"
)

type renewOptions struct {
	app        *app
	names      []string
	all        bool
	within     string
	force      bool
	check      bool
	allowEmpty bool
	hook       hook

	threshold time.Duration // of --within; 0: the policy's
	wallet    *wallet.Wallet
	where     place

	mu     sync.Mutex     // held for what is done by one worker at a time
	client *enroll.Client // once it was needed
}

func newRenew(a *app) *cobra.Command {
	o := &renewOptions{app: a}
	cmd := a.command("renew", a.text.Commands.Renew)
	cmd.Use = "renew " + a.text.Help.AnyFlags + " [NAME... | --all] [--exec PROGRAM [-- ARGUMENT...]]"
	cmd.ValidArgsFunction = a.completeNames
	usage := a.text.Flags
	cmd.Flags().BoolVar(&o.all, "all", false, usage.RenewAll)
	cmd.Flags().StringVar(&o.within, "within", "", usage.Within)
	cmd.Flags().BoolVar(&o.force, "force", false, usage.RenewForce)
	cmd.Flags().BoolVar(&o.check, "check", false, usage.Check)
	cmd.Flags().BoolVar(&o.allowEmpty, "allow-empty", false, usage.AllowEmpty)
	o.hook.flags(a, cmd, usage.Exec)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		o.names = o.hook.split(cmd, args)
		return o.validate(cmd)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

// validate refuses flags that mean nothing or contradict each other.
func (o *renewOptions) validate(cmd *cobra.Command) error {
	a, e := o.app, o.app.text.Errors
	for _, both := range []struct {
		given bool
		flags string
	}{
		{o.all && len(o.names) > 0, "NAME, --all"},
		{o.force && o.within != "", "--force, --within"},
		{o.check && o.force, "--check, --force"},
		{o.check && o.hook.program != "", "--check, --exec"},
	} {
		if both.given {
			return a.usage(i18n.Fill(e.FlagsTogether, "flags", both.flags), a.seeHelp(cmd))
		}
	}
	if slices.Contains(o.names, "") {
		return a.usage(i18n.Fill(e.MissingArgument, "argument", "NAME"), a.seeHelp(cmd))
	}
	if o.within != "" {
		d, err := parseDuration(o.within)
		if err != nil || d <= 0 {
			return a.badValue(cmd, "--within", o.within, e.WantDuration)
		}
		o.threshold = d
	}
	return o.hook.validate(a, cmd)
}

// run goes through the certificates one by one, and ends as badly as the worst
// of them.
func (o *renewOptions) run(ctx context.Context) (err error) {
	a := o.app
	if o.wallet, o.where, err = a.openWallet(); err != nil {
		return err
	}
	targets, err := o.targets(ctx)
	if err != nil {
		return err
	}
	rows, failed := o.each(ctx, targets)
	ended := ctx.Err() != nil || len(targets) == 1 && rows[0].Result != renewRenewed && !o.check
	if len(failed) > 0 && ended {
		return a.leaving(ctx, failed[0], a.text.Output.Renewal.Interrupted)
	}
	doc := renewalsDoc{Certificates: rows}
	if err := a.show(doc, func(p *page) { o.fill(p, doc) }); err != nil {
		return err
	}
	return a.worst(failed)
}

// renewWorkers is how many certificates are renewed at once: while one waits
// for the disk, another is computed.
const renewWorkers = 4

// each does what is to be done about each entry, several at once where nobody
// looks on, and returns the results in order and the errors among them. When the
// run ends from outside, it begins no more.
func (o *renewOptions) each(ctx context.Context, targets []wallet.Entry) (rows []renewalDoc, failed []error) {
	rows = make([]renewalDoc, len(targets))
	errs := make([]error, len(targets))
	workers := renewWorkers
	if isTerminal(o.app.process.Err) {
		workers = 1 // the progress is one line
	}
	var all errgroup.Group
	all.SetLimit(workers)
	for i, e := range targets {
		all.Go(func() error {
			if errs[i] = context.Cause(ctx); errs[i] == nil {
				rows[i], errs[i] = o.one(ctx, e)
			}
			return nil
		})
	}
	_ = all.Wait() // the errors are in errs
	return rows, slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

// targets returns the entries that the command is about.
func (o *renewOptions) targets(ctx context.Context) ([]wallet.Entry, error) {
	a := o.app
	var targets []wallet.Entry
	for _, name := range o.names {
		e, err := a.findEntry(ctx, o.wallet, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(targets, func(t wallet.Entry) bool { return t.Name == e.Name }) {
			targets = append(targets, e)
		}
	}
	if len(o.names) > 0 {
		return targets, nil
	}
	entries, err := o.wallet.Entries(ctx)
	if err != nil {
		return nil, err
	}
	t := a.text.Errors.Renew
	switch {
	case len(entries) == 0 && !o.allowEmpty:
		return nil, &refusal{code: api.NotFound, problem: t.Empty}
	case len(entries) > 1 && !o.all:
		var names []string
		for _, e := range entries {
			names = append(names, e.Name)
		}
		return nil, a.usage(i18n.Fill(t.Several, "names", strings.Join(names, ", ")), t.SeveralHint)
	}
	return entries, nil
}

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
	service, err := o.app.service(ctx)
	if err != nil {
		return nil, err
	}
	o.client, err = enroll.New(ctx, enroll.Config{Service: service, Wallet: o.wallet, Now: o.app.process.now})
	return o.client, err
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
		code, p := o.app.explain(err)
		row.Error = &problemDoc{code, p.Message, p.Hint}
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
	code, p := o.app.explain(err)
	row.Result, row.Error = result, &problemDoc{code, p.Message, p.Hint}
	return row
}
