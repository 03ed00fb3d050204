package cli

import (
	"context"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

type acquireOptions struct {
	app            *app
	user           userRef
	otpFile        string
	keyType        string
	name           string
	ifMissing      bool
	discardPending bool
	replace        bool
	demo           *demo // of quickstart; nil in earnest

	wallet *wallet.Wallet // once it is open
}

func newAcquire(a *app) *cobra.Command {
	o := &acquireOptions{app: a}
	cmd := a.command("acquire", a.text.Commands.Acquire)
	o.user.flags(a, cmd)
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.otpFile, "otp-file", "", usage.OTPFile)
	cmd.Flags().StringVar(&o.keyType, "key-type", "", usage.KeyType)
	cmd.Flags().StringVar(&o.name, "name", "", usage.Name)
	cmd.Flags().BoolVar(&o.ifMissing, "if-missing", false, usage.IfMissing)
	cmd.Flags().BoolVar(&o.discardPending, "discard-pending", false, usage.DiscardPending)
	cmd.Flags().BoolVar(&o.replace, "replace", false, usage.Replace)
	completeWords(cmd, "key-type", api.KeyTypes())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.name != "" && !wallet.NewName(o.name) {
			return &api.Error{Code: api.Usage, Field: "name", Value: o.name}
		}
		if o.keyType != "" && !slices.Contains(api.KeyTypes(), api.KeyType(o.keyType)) {
			return a.badValue(cmd, "--key-type", o.keyType, oneOf(a, api.KeyTypes()))
		}
		if o.replace && o.ifMissing {
			return a.usage(i18n.Fill(a.text.Errors.FlagsTogether, "flags", "--if-missing, --replace"), a.seeHelp(cmd))
		}
		return o.run(cmd.Context())
	}
	return cmd
}

// run acquires in the order that loses nothing: what the wallet has already,
// what an earlier run left unfinished, the key, and only then a code.
func (o *acquireOptions) run(ctx context.Context) error {
	a := o.app
	e, where, done, err := o.obtain(ctx)
	if err != nil {
		return err
	}
	if err := o.show(e, where, done); err != nil {
		return err
	}
	return a.replaceInstalled(ctx, o.wallet, where, e)
}

// obtain returns the certificate, where its key is, and the sentence that says
// how it came there.
func (o *acquireOptions) obtain(ctx context.Context) (e wallet.Entry, where place, done string, err error) {
	a := o.app
	service, err := a.service(ctx)
	if err != nil {
		return e, where, "", err
	}
	w, where, err := a.openWallet()
	if err != nil {
		return e, where, "", err
	}
	o.wallet = w
	client, err := enroll.New(ctx, enroll.Config{Service: service, Wallet: w, Now: a.process.now})
	if err != nil {
		return e, where, "", err
	}
	ref, err := o.ids(ctx, client, where)
	if err != nil {
		return e, where, "", err
	}
	if o.ifMissing {
		e, err := client.Unexpired(ctx, ref)
		if api.CodeOf(err) != api.NotFound {
			return e, where, i18n.Fill(a.text.Output.AlreadyHere, "name", e.Name), err
		}
	}
	e, err = o.pickUp(ctx, client, ref)
	if api.CodeOf(err) != api.NotFound {
		return e, where, a.text.Output.PickedUp, err
	}
	if err := o.prepare(ctx, client, w, ref); err != nil {
		return e, where, "", o.refused(ctx, client, ref, err)
	}
	e, err = o.acquire(ctx, client, ref)
	return e, where, a.text.Output.Acquired, o.refused(ctx, client, ref, err)
}

// refused words a refusal with what this machine knows of the user. Where the
// certificate is in this wallet, nobody is to ask for another, which would end it.
func (o *acquireOptions) refused(ctx context.Context, client *enroll.Client, ref api.UserRef, err error) error {
	a := o.app
	if api.CodeOf(err) != api.AlreadyAcquired {
		return a.nobody(ref, err)
	}
	here, unknown := client.Unexpired(ctx, ref)
	if unknown != nil {
		return err
	}
	e := a.text.Errors
	return &refusal{code: api.AlreadyAcquired, err: err, problem: i18n.Problem{
		Message: i18n.Fill(e.AcquiredHere, "name", here.Name, "time", a.time(here.NotAfter)),
		Hint:    i18n.Fill(e.AcquiredHereHint, "name", here.Name),
	}}
}

// pickUp finishes what an earlier run left. NotFound where there is nothing;
// with --discard-pending a key that was never certified goes then.
func (o *acquireOptions) pickUp(ctx context.Context, client *enroll.Client, ref api.UserRef) (wallet.Entry, error) {
	e, err := client.PickUp(ctx, ref, o.name)
	if o.discardPending && api.CodeOf(err) == api.NotFound {
		if err := client.Discard(ctx, ref); err != nil {
			return wallet.Entry{}, err
		}
	}
	return e, err
}

// prepare refuses where nobody can be asked for a code, and asks for the
// password of the wallet, if it takes one that the person has to type. Where
// the backend refuses the user neither would help.
func (o *acquireOptions) prepare(ctx context.Context, client *enroll.Client, w *wallet.Wallet, ref api.UserRef) error {
	a := o.app
	noCode := !o.hasCode() && !a.interactive()
	password, err := a.asksWalletPassword()
	if err != nil || !noCode && !password {
		return err
	}
	if err := client.Check(ctx, ref, o.replace); err != nil {
		return err
	}
	if noCode {
		return a.noInputFor(a.thing("otp"), "--otp-file", "CERTCTL_OTP")
	}
	return w.Unlock(ctx)
}

// acquire goes through the two stages. Nobody is asked for a code before the
// key lies in the wallet.
func (o *acquireOptions) acquire(ctx context.Context, client *enroll.Client, ref api.UserRef) (wallet.Entry, error) {
	a := o.app
	var pending *enroll.Pending
	err := a.busy(ctx, a.text.Output.MakingKey, func(ctx context.Context) (err error) {
		pending, err = client.Begin(ctx, ref, enroll.Options{KeyType: api.KeyType(o.keyType), Name: o.name, Replace: o.replace})
		return err
	})
	if err != nil {
		return wallet.Entry{}, err
	}
	e, err := o.prove(ctx, pending)
	if o.demo == nil {
		err = a.leaving(ctx, err, a.text.Errors.KeyKept)
	}
	return e, err
}

// show writes the certificate.
func (o *acquireOptions) show(e wallet.Entry, where place, done string) error {
	a := o.app
	doc := a.certificateDoc(e, where)
	return a.show(doc, func(p *page) {
		p.lines(done)
		p.lines("")
		p.fields(a.certificateFields(doc)...)
		p.lines("")
		p.lines(i18n.Fill(a.text.Output.AcquiredNext, "name", e.Name, "store", usualStore(runtime.GOOS)))
		if offer := a.offerSchedule(); offer != "" && o.demo == nil {
			p.lines(offer)
		}
	})
}
