package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

// statusDoc is what `certctl status` shows.
type statusDoc struct {
	AsOf         timeDoc        `json:"as_of"`
	Refreshed    bool           `json:"refreshed"` // the backend was asked
	Certificates []statusRowDoc `json:"certificates"`
}

// statusRowDoc is one certificate with what is left of it.
type statusRowDoc struct {
	Name       string        `json:"name"`
	ContractID string        `json:"contract_id"`
	UserID     string        `json:"user_id"`
	Serial     string        `json:"serial"`
	State      api.SlotState `json:"state"`
	NotAfter   timeDoc       `json:"not_after"`
	// Seconds are below nought where the certificate is over, and 0 where it is
	// revoked.
	Seconds   int64       `json:"remaining_seconds"`
	Percent   int         `json:"remaining_percent"` // of its life
	RenewFrom timeDoc     `json:"renew_from"`
	CheckedAt timeDoc     `json:"checked_at"` // when the backend was last asked
	Next      nextStep    `json:"next"`
	Command   string      `json:"command"` // of the next step
	Error     *problemDoc `json:"error"`   // why the backend could not be asked
}

type statusOptions struct {
	app     *app
	refresh bool
	check   bool
	short   bool

	where place // of the wallet, once it is open
}

func newStatus(a *app) *cobra.Command {
	o := &statusOptions{app: a}
	cmd := a.command("status", a.text.Commands.Status)
	usage := a.text.Flags
	cmd.Flags().BoolVar(&o.refresh, "refresh", false, usage.Refresh)
	cmd.Flags().BoolVar(&o.check, "check", false, usage.Check)
	cmd.Flags().BoolVar(&o.short, "short", false, usage.Short)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.short && a.json {
			return a.usage(i18n.Fill(a.text.Errors.FlagsTogether, "flags", "--short, -o json"), a.seeHelp(cmd))
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *statusOptions) run(ctx context.Context) error {
	a := o.app
	w, where, err := a.openWallet()
	if err != nil {
		return err
	}
	o.where = where
	doc := statusDoc{AsOf: timeDoc(a.process.now()), Refreshed: o.refresh, Certificates: []statusRowDoc{}}
	failed, err := o.judge(ctx, w, &doc)
	if err != nil {
		return err
	}
	if err := a.show(doc, func(p *page) { o.fill(p, doc) }); err != nil {
		return err
	}
	if o.check {
		failed = append(failed, doc.verdicts()...)
	}
	return a.worst(failed)
}

// judge fills in the rows, and returns what the backend could not be asked.
func (o *statusOptions) judge(ctx context.Context, w *wallet.Wallet, doc *statusDoc) (failed []error, err error) {
	a := o.app
	entries, err := w.Entries(ctx)
	if err != nil {
		return nil, err
	}
	ask := func(_ context.Context, e wallet.Entry) (wallet.Entry, error) { return e, nil }
	if o.refresh && len(entries) > 0 {
		if ask, err = a.refresher(ctx, w); err != nil {
			return nil, err
		}
	}
	for _, e := range entries {
		e, err := ask(ctx, e)
		if ctx.Err() != nil {
			return nil, err
		}
		row := a.statusRow(e, time.Time(doc.AsOf))
		if err != nil {
			row.Error = a.problemDoc(err)
			failed = append(failed, err)
		}
		doc.Certificates = append(doc.Certificates, row)
	}
	return failed, nil
}

// refresher opens the backend and returns what asks it about an entry. One that
// is damaged, or was imported, is not asked about.
func (a *app) refresher(ctx context.Context, w *wallet.Wallet) (func(context.Context, wallet.Entry) (wallet.Entry, error), error) {
	client, err := a.holder(ctx, w)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, e wallet.Entry) (wallet.Entry, error) {
		if e.Damaged != nil || e.Imported() {
			return e, nil
		}
		return client.Refresh(ctx, e)
	}, nil
}

// statusRow judges a certificate by the wallet and the clock.
func (a *app) statusRow(e wallet.Entry, now time.Time) statusRowDoc {
	row := statusRowDoc{
		Name: e.Name, ContractID: e.ContractID, UserID: e.UserID, Serial: e.Serial, State: entryState(e, now),
		NotAfter: timeDoc(e.NotAfter), CheckedAt: timeDoc(e.CheckedAt),
	}
	row.Next = entryNext(row.State)
	row.Command = a.nextCommand(e, row.Next)
	if e.Damaged != nil {
		return row
	}
	if e.Imported() {
		row.CheckedAt = timeDoc{} // there is nobody to ask
	} else {
		row.RenewFrom = timeDoc(e.NotAfter.Add(-time.Duration(e.Policy.RenewFrom)))
	}
	if row.State == api.SlotRevoked || row.State == stateReissued {
		return row // its dates mean nothing any more
	}
	left := e.NotAfter.Sub(now)
	row.Seconds = int64(left / time.Second)
	if life := int64(e.NotAfter.Sub(e.NotBefore) / time.Second); row.Seconds > 0 && life > 0 {
		row.Percent = int(min(100, (100*row.Seconds+life-1)/life)) // rounded up: what lives shows
	}
	return row
}

// entryNext is what is to be done about an entry of the wallet.
func entryNext(s api.SlotState) nextStep {
	switch s {
	case api.SlotRenewable:
		return "renew"
	case api.SlotExpiredReacquirable, stateReissued:
		return "acquire"
	case api.SlotExpiredReissue, api.SlotRevoked:
		return "reissue"
	case stateSuspended:
		return "resume"
	case stateEnding, stateExpired:
		return "import"
	case stateDamaged:
		return "remove"
	}
	return "none"
}

// nextCommand is the command of a step; empty where there is none.
func (a *app) nextCommand(e wallet.Entry, step nextStep) string {
	return a.rerun(i18n.Fill(map[nextStep]string{
		"renew":   "certctl renew {name}",
		"acquire": "certctl acquire --contract-id {contract} --user-id {user}",
		"reissue": "certctl user reissue --contract-id {contract} --user-id {user}",
		"resume":  "certctl user resume --contract-id {contract} --user-id {user}",
		"import":  "certctl import FILE",
		"remove":  "certctl remove {name}",
	}[step], "name", e.Name, "contract", e.ContractID, "user", e.UserID))
}

// verdicts are what --check finds: an error for each certificate about which
// something is to be done, and one for a wallet without any.
func (d statusDoc) verdicts() []error {
	if len(d.Certificates) == 0 {
		return []error{&api.Error{Code: api.NotFound, Field: "certificate"}}
	}
	var found []error
	for _, row := range d.Certificates {
		switch row.State {
		case api.SlotActive:
		case api.SlotRenewable, stateEnding:
			found = append(found, api.Refuse(api.Due))
		case stateDamaged:
			found = append(found, api.Refuse(api.WalletDamaged))
		case stateSuspended:
			found = append(found, api.Refuse(api.Suspended))
		default:
			found = append(found, api.Refuse(api.ReissueNeeded))
		}
	}
	return found
}
