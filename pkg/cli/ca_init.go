package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

type caInitOptions struct {
	app  *app
	name string
	root *rootFile
}

func newCAInit(a *app) *cobra.Command {
	o := &caInitOptions{app: a}
	cmd := a.command("init", a.text.Commands.CAInit)
	cmd.Flags().StringVar(&o.name, "name", "certctl", a.text.Flags.CAName)
	o.root = a.rootFile(cmd, "root-out", a.text.Flags.RootOut)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := o.root.check(cmd); err != nil {
			return err
		}
		return o.run(cmd.Context())
	}
	return cmd
}

// run makes the key before the records that are sealed under it, and writes
// where it is before anything needs it: a run that was cut off is repeated as
// it was.
func (o *caInitOptions) run(ctx context.Context) error {
	a := o.app
	if _, err := api.AuthorityName(o.name); err != nil {
		return err // before a key is made
	}
	config, where, err := a.newBackend(ctx)
	if err != nil {
		return err
	}
	keep, err := o.root.keep(ctx)
	if err != nil {
		return err // before a key is made
	}
	key, err := a.makeSealingKey(ctx, where)
	if err != nil {
		return err
	}
	st, err := a.store(ctx, store.Options{Create: true})
	if err != nil {
		return err
	}
	if err := a.writeSetting("sealed_by", where.String()); err != nil {
		return err
	}
	i, err := issuer.InitOffline(ctx, st, key, config, operator(), o.name, keep)
	if err != nil {
		o.root.drop(err)
		return err
	}
	doc, err := readCA(ctx, i)
	if err != nil {
		return err
	}
	return a.show(doc, func(p *page) {
		p.lines(a.text.Output.CAMade)
		p.lines("")
		a.showCA(p, doc)
		p.fields(field{a.text.Output.Labels.SealedBy, where.String()})
		if o.root.name != "" {
			p.lines("")
			p.lines(i18n.Fill(a.text.Root.Written, "file", quote(o.root.name)))
		}
		p.lines("")
		p.lines(a.text.Output.CAMadeNext)
	})
}

// newBackend readies a home for a backend that there is none of yet: it returns
// how that is configured, and where its sealing key goes.
func (a *app) newBackend(ctx context.Context) (config issuer.Config, where place, err error) {
	if config, err = a.issuerConfig(); err != nil {
		return config, where, err
	}
	if where, err = a.sealedBy(); err != nil {
		return config, where, err
	}
	if err := a.lockInit(ctx); err != nil {
		return config, where, err
	}
	return config, where, a.refuseDeployed(ctx)
}

// lockInit lets one run at a time make a backend in a home, to its end: of two,
// the second finds the backend of the first, and not a sealing key to write over.
func (a *app) lockInit(ctx context.Context) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	d := c.dirs
	if err := os.MkdirAll(d.data, 0o700); err != nil {
		return a.badFile(d.data, err)
	}
	lock := flock.New(d.database()+".init.lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return a.badFile(lock.Path(), err)
	}
	a.onClose(func() error { _ = lock.Unlock(); return nil }) // the kernel drops it in any case
	return nil
}

// refuseDeployed refuses a database that holds a backend, before a sealing key
// is made that would open nothing. It makes no database.
func (a *app) refuseDeployed(ctx context.Context) error {
	st, err := a.store(ctx, store.Options{})
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	err = st.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Deployment(ctx)
		return err
	})
	switch {
	case err == nil:
		e := a.text.Errors
		return &refusal{code: api.Exists, problem: i18n.Problem{Message: e.CAExists, Hint: e.CAExistsHint}}
	case store.IsNotFound(err):
		return nil
	}
	return err
}
