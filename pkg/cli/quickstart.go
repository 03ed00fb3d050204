package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// quickstartDoc is what `certctl quickstart` shows.
type quickstartDoc struct {
	Dir         string         `json:"dir"`
	Certificate certificateDoc `json:"certificate"`
	Remove      string         `json:"remove"` // the command that removes everything
}

type quickstartOptions struct {
	app *app
	dir string

	made    bool   // dir is ours to remove, not only what is in it
	backend string // deployment ID, once there is one
	token   newToken
}

func newQuickstart(a *app) *cobra.Command {
	o := &quickstartOptions{app: a, token: newToken{app: a}}
	cmd := a.command("quickstart", a.text.Commands.Quickstart)
	cmd.Flags().StringVar(&o.dir, "dir", "", a.text.Flags.QuickstartDir)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

// run makes a deployment and acquires a certificate from it by the same code
// as the commands for each. What it made goes again where it does not come to
// its end.
func (o *quickstartOptions) run(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := o.makeDir(); err != nil {
		return err
	}
	acquire, err := o.deploy(ctx)
	if err != nil {
		return o.undo(ctx, err)
	}
	a, t := o.app, o.app.text.Output.Quickstart
	if a.interactive() {
		if err := o.present(); err != nil {
			return o.undo(ctx, err)
		}
	} else {
		a.say(i18n.Fill(t.Answers, "why", a.whyUnasked()))
	}
	e, where, _, err := acquire.obtain(ctx)
	if err != nil {
		return o.undo(ctx, err)
	}
	doc := quickstartDoc{Dir: o.dir, Certificate: a.certificateDoc(e, where), Remove: o.removal(e.Name, where)}
	return a.show(doc, func(p *page) {
		p.lines(a.text.Output.Acquired)
		p.lines("")
		p.fields(a.certificateFields(doc.Certificate)...)
		p.lines("")
		p.lines(t.Done)
		p.lines(i18n.Fill(t.Look, "command", a.self()+" --home "+shellQuote(o.dir)+" list"))
		p.lines("")
		remove := t.RemoveFiles
		if where.keyring() {
			remove = t.RemoveAll
		}
		p.lines(i18n.Fill(remove, "command", doc.Remove))
	})
}

// check refuses settings that lead out of the directory: quickstart touches
// nothing that it did not make, and later commands would look elsewhere too.
func (o *quickstartOptions) check() error {
	a, t := o.app, o.app.text.Output.Quickstart
	c := a.globals(a.flags)
	for _, key := range []string{"wallet", "wallet_password_file", "sealed_by", "store"} {
		if c.source[key] == fromDefault || key == "wallet" && c.text(key) == "keyring" {
			continue
		}
		return a.usage(i18n.Fill(t.OwnDir, "setting", c.origin(key)), t.OwnDirHint)
	}
	return nil
}

// makeDir makes the directory that everything goes into.
func (o *quickstartOptions) makeDir() (err error) {
	a, t := o.app, o.app.text.Output.Quickstart
	if o.dir == "" {
		o.made = true
		if o.dir, err = os.MkdirTemp("", "certctl-quickstart-"); err != nil {
			return a.usage(i18n.Fill(t.NoTemp, "dir", quote(os.TempDir())), t.NoTempHint)
		}
		return nil
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	found, err := os.ReadDir(o.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return a.badFile(o.dir, err)
	}
	if len(found) > 0 {
		return &refusal{code: api.Exists, problem: i18n.Problem{
			Message: i18n.Fill(t.WantEmpty, "dir", quote(o.dir)), Hint: t.EmptyHint,
		}}
	}
	o.made = err != nil
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return a.badFile(o.dir, err)
	}
	return nil
}

// deploy makes authority, contract and user, and returns the acquisition that
// is left to do.
func (o *quickstartOptions) deploy(ctx context.Context) (*acquireOptions, error) {
	a, t := o.app, o.app.text.Output.Quickstart
	if err := o.settle(ctx); err != nil {
		return nil, err
	}
	where, err := a.sealedBy()
	if err != nil {
		return nil, err
	}
	key, err := a.makeSealingKey(ctx, where)
	if err != nil {
		return nil, err
	}
	st, err := a.store(ctx, store.Options{Create: true})
	if err != nil {
		return nil, err
	}
	backend, err := issuer.Init(ctx, st, key, issuer.Config{Now: a.process.now}, operator(), demoCA)
	if err != nil {
		return nil, err
	}
	o.backend = backend.DeploymentID()
	if _, err := backend.AddContract(ctx, operator(), api.NewContract{ID: demoContract, Name: demoCA}); err != nil {
		return nil, err
	}
	ref := api.UserRef{ContractID: demoContract, UserID: demoUser}
	o.token.make(ref)
	user := api.NewUser{Ref: ref, Name: t.Name, Token: o.token.unconfirmed()}
	if _, err := backend.AddUser(ctx, operator(), user); err != nil {
		return nil, err
	}
	a.say(i18n.Fill(t.Made, "dir", o.dir, "contract", demoContract, "user", demoUser))
	return &acquireOptions{app: a, demo: &demo{ref: ref, token: &o.token}}, nil
}

// settle puts the run, and later ones with --home, into the directory: the
// sealing key in a file, the wallet in the keyring where there is one that
// works.
func (o *quickstartOptions) settle(ctx context.Context) error {
	a, t := o.app, o.app.text.Output.Quickstart
	c := a.globals(a.flags) // whatever config.yaml the person has is of another deployment
	chosen := c.source["wallet"] != fromDefault
	c.dirs = dirs{config: o.dir, data: o.dir}
	a.settings = c
	set := func(key, value string) error {
		c.values[key], c.source[key] = value, fromFile
		return a.writeSetting(key, value)
	}
	if err := set("sealed_by", "file:sealing.key"); err != nil {
		return err
	}
	if chosen {
		return nil
	}
	err := a.probe(ctx, place{})
	if err == nil {
		a.say(t.Keyring)
		return nil
	}
	if ctx.Err() != nil {
		return err
	}
	_, p := a.explain(err)
	a.say(i18n.Fill(t.NoKeyring, "cause", p.Message))
	if err := set("wallet", "file:wallet"); err != nil {
		return err
	}
	return set("wallet_password_file", "none")
}

// present shows the token, as user add --otp would.
func (o *quickstartOptions) present() error {
	asker, err := o.app.asker()
	if err != nil {
		return err
	}
	_, err = o.token.present(asker)
	return err
}

// undo removes what a run that failed has made, and returns its error.
func (o *quickstartOptions) undo(ctx context.Context, err error) error {
	a, t := o.app, o.app.text.Output.Quickstart
	// The run may have been cancelled; its pending key must not stay behind.
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	if failed := errors.Join(o.emptyWallet(ctx), o.emptyDir()); failed != nil {
		a.say(i18n.Fill(t.Left, "dir", o.dir))
		return err
	}
	a.say(t.Undone)
	return err
}

// emptyWallet takes out of the keyring what the run has put there.
func (o *quickstartOptions) emptyWallet(ctx context.Context) error {
	if o.backend == "" {
		return nil // it did not come as far
	}
	w, _, err := o.app.openWallet()
	if err != nil {
		return err
	}
	entries, err := w.Entries(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Backend != o.backend {
			continue // not ours
		}
		if err := w.Remove(ctx, e.Name); err != nil {
			return err
		}
	}
	return w.RemovePending(ctx, wallet.Owner{Backend: o.backend, ContractID: demoContract, UserID: demoUser})
}

// emptyDir removes what is in the directory, and the directory if it is ours.
func (o *quickstartOptions) emptyDir() error {
	if o.made {
		return os.RemoveAll(o.dir)
	}
	found, err := os.ReadDir(o.dir)
	for _, f := range found {
		err = errors.Join(err, os.RemoveAll(filepath.Join(o.dir, f.Name())))
	}
	return err
}

// removal is the line that removes everything.
func (o *quickstartOptions) removal(name string, where place) string {
	line := removeDir(o.dir)
	if where.keyring() {
		line = o.app.self() + " --home " + shellQuote(o.dir) + " --no-input remove " + name + " && " + line
	}
	return line
}
