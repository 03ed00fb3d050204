package cli

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

type importOptions struct {
	app          *app
	file         string
	key          string
	name         string
	passwordFile string
}

func newImport(a *app) *cobra.Command {
	o := &importOptions{app: a}
	cmd := a.command("import", a.text.Commands.Import, "FILE")
	cmd.ValidArgsFunction = nil // the shell completes files
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.key, "key", "", usage.Key)
	cmd.Flags().StringVar(&o.name, "name", "", usage.ImportName)
	cmd.Flags().StringVar(&o.passwordFile, "password-file", "", usage.ImportPassword)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.file = args[0]
		if o.name != "" && !wallet.NewName(o.name) {
			return &api.Error{Code: api.Usage, Field: "name", Value: o.name}
		}
		if o.passwordFile == "-" && (o.file == "-" || o.key == "-") || o.file == "-" && o.key == "-" {
			return a.usage(i18n.Fill(a.text.Errors.FlagsTogether, "flags", "-, -"), a.seeHelp(cmd))
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *importOptions) run(ctx context.Context) error {
	a := o.app
	w, where, err := a.openWallet()
	if err != nil {
		return err
	}
	data, err := o.read(ctx)
	if err != nil {
		return err
	}
	bundle, err := o.open(ctx, data)
	if err != nil {
		return err
	}
	e, there, err := o.keep(ctx, w, bundle)
	if err != nil {
		return err
	}
	doc := a.certificateDoc(e, where)
	return a.show(doc, func(p *page) {
		t := a.text.Output.Place
		if there {
			p.lines(i18n.Fill(t.AlreadyHeld, "name", e.Name))
			return
		}
		over := ""
		if a.process.now().After(e.NotAfter) {
			over = t.ImportedOver
		}
		p.lines(i18n.Sentences(t.Imported, over))
		p.fields(a.certificateFields(doc)...)
		p.lines(i18n.Fill(t.ImportedNext, "file", quote(cmp.Or(o.key, o.file)), "name", e.Name))
	})
}

// keep puts the bundle into the wallet. One that the wallet holds already, as
// whatever, is left there.
func (o *importOptions) keep(ctx context.Context, w *wallet.Wallet, b *wallet.Bundle) (e wallet.Entry, there bool, err error) {
	entries, err := w.Entries(ctx)
	if err != nil {
		return wallet.Entry{}, false, err
	}
	fingerprint := wallet.Fingerprint(b.Chain[0])
	for _, e := range entries {
		if e.Damaged == nil && e.Fingerprint == fingerprint {
			return e, true, nil
		}
	}
	const warn = 30 * 24 * time.Hour // before the end, as for certificates that can be renewed
	e = wallet.Entry{
		Name: cmp.Or(o.name, b.DefaultName()), State: string(api.CertificateGood), AcquiredAt: o.app.process.now(),
		Policy: wallet.Policy{RenewFrom: wallet.Seconds(warn)},
	}
	kept, err := w.Put(ctx, e, b.Key, b.Chain)
	if errors.Is(err, wallet.ErrNameTaken) {
		err = &api.Error{Code: api.NameTaken, Field: "name", Value: e.Name, Err: err}
	}
	return kept, false, err
}

// read returns what is in the file, and in that of the key.
func (o *importOptions) read(ctx context.Context) ([]byte, error) {
	data, err := o.app.readBundle(ctx, o.file)
	if err != nil || o.key == "" {
		return data, err
	}
	key, err := o.app.readBundle(ctx, o.key)
	if err != nil {
		return nil, err
	}
	if wallet.TakesPassword(data) {
		return nil, o.refuse(wallet.ErrNoBundle)
	}
	return append(append(data, '\n'), key...), nil
}

// open opens the file: without a password where there is none, else with the
// one that is given, or asked for as often as it takes.
func (o *importOptions) open(ctx context.Context, data []byte) (*wallet.Bundle, error) {
	a := o.app
	b, err := parseBundle(ctx, data, "")
	if !errors.Is(err, wallet.ErrFilePassword) {
		return b, o.refuse(err)
	}
	if o.passwordFile = cmp.Or(o.passwordFile, a.process.getenv("CERTCTL_PASSWORD_FILE")); o.passwordFile != "" {
		password, err := a.readSecret(ctx, o.passwordFile)
		if err != nil {
			return nil, err
		}
		b, err = parseBundle(ctx, data, password)
		return b, o.refuse(err)
	}
	if !a.interactive() {
		return nil, a.noInputFor(a.text.Errors.ThePassword, "--password-file", "CERTCTL_PASSWORD_FILE")
	}
	return openAsking(ctx, a, o.file, func(password api.Secret) (*wallet.Bundle, error) {
		b, err := parseBundle(ctx, data, password)
		return b, o.refuse(err)
	})
}

// openAsking opens a file with the password that a person types, who is asked
// for it until open no longer answers PasswordWrong.
func openAsking[T any](ctx context.Context, a *app, file string, open func(api.Secret) (T, error)) (T, error) {
	var none T
	asker, err := a.asker()
	if err != nil {
		return none, err
	}
	again := ""
	for {
		password, err := asker.FilePassword(ctx, file, again)
		if err != nil {
			return none, a.leaving(ctx, err, a.text.Errors.NothingChanged)
		}
		opened, err := open(password)
		if api.CodeOf(err) != api.PasswordWrong {
			return opened, err
		}
		again = a.text.Errors.Codes[string(api.PasswordWrong)].Message
	}
}

// parseBundle is wallet.ParseBundle under a context: whoever made the file says
// how often its password is hashed, which may take for ever.
func parseBundle(ctx context.Context, data []byte, password api.Secret) (*wallet.Bundle, error) {
	return await(ctx, func() (*wallet.Bundle, error) { return wallet.ParseBundle(data, string(password)) })
}

// refuse words why a file cannot be imported. Other errors pass.
func (o *importOptions) refuse(err error) error {
	t := o.app.text.Errors.Place
	for _, known := range []struct {
		err     error
		problem i18n.Problem
	}{
		{wallet.ErrNoBundle, t.NoBundle},
		{wallet.ErrBER, t.OtherForm},
		{wallet.ErrNoMAC, t.NoMAC},
		{wallet.ErrUnreadable, t.Unreadable},
		{wallet.ErrKeyEncrypted, t.KeyLocked},
		{wallet.ErrNoKey, t.NoKey},
		{wallet.ErrSeveralKeys, t.SeveralKeys},
		{wallet.ErrNoCertificate, t.NoLeaf},
	} {
		if errors.Is(err, known.err) {
			p := known.problem
			file := quote(cmp.Or(o.key, o.file))
			p.Message, p.Hint = i18n.Fill(p.Message, "file", file), i18n.Fill(p.Hint, "file", file)
			return &refusal{code: api.Usage, problem: p, err: err}
		}
	}
	if errors.Is(err, wallet.ErrFilePassword) {
		return api.Fail(api.PasswordWrong, err)
	}
	return err
}

// readBundle reads a file that is to be imported, or standard input where name
// is "-".
func (a *app) readBundle(ctx context.Context, name string) ([]byte, error) {
	const limit = 1 << 20 // bytes; a bundle has some thousand
	return a.readData(ctx, name, limit, a.text.Errors.Place.TooBig)
}
