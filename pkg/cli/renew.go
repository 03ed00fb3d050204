package cli

import (
	"context"
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
		return nil, &refusal{code: api.NotFound, problem: i18n.Problem{
			Message: a.empty(t.Empty.Message, o.where), Hint: t.Empty.Hint,
		}}
	case len(entries) > 1 && !o.all:
		var names []string
		for _, e := range entries {
			names = append(names, e.Name)
		}
		return nil, a.usage(i18n.Fill(t.Several, "names", strings.Join(names, ", ")), t.SeveralHint)
	}
	return entries, nil
}
