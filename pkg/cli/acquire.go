package cli

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
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
		if o.name != "" && !wallet.ValidName(o.name) {
			return &api.Error{Code: api.Usage, Field: "name", Value: o.name}
		}
		if o.keyType != "" && !slices.Contains(api.KeyTypes(), api.KeyType(o.keyType)) {
			return a.badValue(cmd, "--key-type", o.keyType, words(api.KeyTypes()))
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

// prove is the second stage: the code, from wherever it comes.
func (o *acquireOptions) prove(ctx context.Context, pending *enroll.Pending) (wallet.Entry, error) {
	if !o.hasCode() {
		return o.askCode(ctx, pending)
	}
	code, err := o.code(ctx, pending.Digits())
	if err != nil {
		return wallet.Entry{}, err
	}
	return o.app.complete(ctx, pending, code)
}

// hasCode tells whether the code comes from elsewhere than the person.
func (o *acquireOptions) hasCode() bool {
	if o.demo != nil {
		return !o.app.interactive()
	}
	return o.otpFile != "" || o.app.process.getenv("CERTCTL_OTP") != ""
}

// code returns the code that comes from elsewhere. One that cannot be right is
// refused here, where it costs no try.
func (o *acquireOptions) code(ctx context.Context, digits int) (api.Secret, error) {
	a := o.app
	if o.demo != nil {
		code, _ := o.demo.code(a.process.now())
		return code, nil
	}
	if o.otpFile != "" {
		return a.codeFile(ctx, o.otpFile, digits)
	}
	code := api.Secret(a.process.getenv("CERTCTL_OTP"))
	return code, a.checkCode(code, digits, "CERTCTL_OTP")
}

// codeFile reads a code from the file of --otp-file.
func (a *app) codeFile(ctx context.Context, file string, digits int) (api.Secret, error) {
	code, err := a.readSecret(ctx, file)
	if err != nil {
		return "", err
	}
	return code, a.checkCode(code, digits, "--otp-file")
}

// checkCode refuses what has not as many digits as a code; without any, what is
// no PIN.
func (a *app) checkCode(code api.Secret, digits int, from string) error {
	if digits == 0 {
		if otp.ValidPIN(otp.Normalize(string(code))) {
			return nil
		}
		return &api.Error{Code: api.Usage, Field: "pin"}
	}
	if otp.Valid(otp.Normalize(string(code)), digits) {
		return nil
	}
	e := a.text.Errors
	return a.usage(i18n.Fill(e.NoCode, "from", from, "digits", strconv.Itoa(digits)), e.NoCodeHint)
}

// askCode asks for a code until one is right, or none will be: the key stays
// the same.
func (o *acquireOptions) askCode(ctx context.Context, pending *enroll.Pending) (wallet.Entry, error) {
	a := o.app
	asker, err := a.asker()
	if err != nil {
		return wallet.Entry{}, err
	}
	request := prompt.CodeRequest{User: pending.User(), Name: pending.DisplayName(), Digits: pending.Digits()}
	ask := asker.Code
	if pending.Factor() == api.FactorPIN {
		ask = asker.PIN
	}
	for {
		if o.demo != nil {
			a.sayCode(o.demo)
		}
		code, err := ask(ctx, request)
		if err != nil {
			return wallet.Entry{}, err
		}
		e, err := a.complete(ctx, pending, code)
		switch api.CodeOf(err) {
		case api.OTPWrong, api.OTPSpent, api.OTPDrifted, api.PINWrong, api.AuthFailed:
			if lockedBy(err) {
				return e, err
			}
			_, p := a.explain(err)
			request.Again = i18n.Sentences(p.Message, p.Hint)
		default:
			return e, err
		}
	}
}

// lockedBy tells whether a refused code was the one that locked the user.
func lockedBy(err error) bool {
	refused := (*api.Error)(nil)
	return errors.As(err, &refused) && refused.TriesLeft != nil && *refused.TriesLeft == 0
}

func (a *app) complete(ctx context.Context, pending *enroll.Pending, code api.Secret) (e wallet.Entry, err error) {
	err = a.busy(ctx, a.text.Output.Sending, func(ctx context.Context) (err error) {
		e, err = pending.Complete(ctx, code)
		return err
	})
	return e, err
}

// busy does something while the person sees that it is being done.
func (a *app) busy(ctx context.Context, title string, do func(context.Context) error) error {
	return prompt.Progress{Out: a.process.Err, Lines: a.lines}.Run(ctx, title, do)
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

// sentence returns an error whose text is what a person is to read, or nil.
func (a *app) sentence(err error) error {
	if err == nil {
		return nil
	}
	_, p := a.explain(err)
	return errors.New(i18n.Sentences(p.Message, p.Hint))
}

// noInputFor refuses to go on without what nobody can be asked for.
func (a *app) noInputFor(what, flag, variable string) error {
	e := a.text.Errors
	return a.usage(i18n.Fill(e.NoInput, "what", what, "why", a.whyUnasked()),
		i18n.Fill(e.NoInputHint, "flag", flag, "variable", variable))
}
