package cli

import (
	"cmp"
	"context"
	"errors"
	"os"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/install"
	"certctl/pkg/wallet"
)

// installer puts certificates into stores and takes them out, with the ledger
// and the passwords that this takes.
type installer struct {
	app    *app
	ledger install.Ledger
	config install.Config // its password is what --nss-password-file holds
	given  bool           // a password was given, and nobody is asked for another
	file   string         // that it is still to be read from
}

func (a *app) installer(where place, passwordFile string) (*installer, error) {
	ledger, err := a.ledger(where)
	if err != nil {
		return nil, err
	}
	in := &installer{app: a, ledger: ledger}
	in.file = cmp.Or(passwordFile, a.process.getenv("CERTCTL_NSS_PASSWORD_FILE"))
	in.given = in.file != ""
	in.config.Run = func(ctx context.Context, c install.Command) (stdout, stderr string, err error) {
		err = a.process.around("run "+c.Name, func() (err error) {
			stdout, stderr, err = install.Exec(ctx, c)
			return err
		})
		return stdout, stderr, err
	}
	if dir := a.process.getenv("XDG_RUNTIME_DIR"); dir != "" {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			in.config.TempDir = dir // in memory
		}
	}
	return in, nil
}

// ledger is what the wallet remembers of installed certificates.
func (a *app) ledger(where place) (install.Ledger, error) {
	c, err := a.config()
	if err != nil {
		return install.Ledger{}, err
	}
	dir := c.dirs.wallet()
	if !where.keyring() {
		dir = where.path
	}
	return install.Ledger{Dir: dir, Write: func(name string, data []byte) error {
		return a.writeFile(name, data, replaceExisting)
	}}, nil
}

// put puts a certificate into a store, and then takes out what was there under
// the entry's name before. The ledger knows of the certificate as long as it may
// be there.
func (in *installer) put(ctx context.Context, name string, b *wallet.Bundle, to install.Place) (storeDoc, error) {
	leaf := b.Chain[0]
	row := storeDoc{Place: to, Serial: leaf.SerialNumber.Text(16), Result: storeInstalled}
	before, err := in.ledger.Of(name)
	if err != nil {
		return in.failed(row, err)
	}
	r := install.Record{Name: name, Place: to, Serial: row.Serial, DER: leaf.Raw, InstalledAt: in.app.process.now().UTC()}
	if err := in.ledger.Add(ctx, r); err != nil {
		return in.failed(row, err)
	}
	err = in.in(ctx, to, func(s install.Store) error { return s.Add(ctx, b) })
	if err != nil {
		s, openErr := install.Open(to, in.config)
		if openErr == nil {
			if has, hasErr := s.Has(ctx, leaf); !has && (hasErr == nil || errors.Is(hasErr, install.ErrNoStore)) {
				_ = in.ledger.Remove(ctx, r) // it says too much otherwise, which is no harm
			}
		}
		return in.failed(row, err)
	}
	for _, old := range before {
		if !old.Place.Same(to) || old.Serial == row.Serial {
			continue
		}
		if _, err := in.take(ctx, old); err != nil {
			return in.failed(row, err)
		}
	}
	return row, nil
}

// take takes a certificate out of a store, and forgets it.
func (in *installer) take(ctx context.Context, r install.Record) (storeDoc, error) {
	row := storeDoc{Place: r.Place, Serial: r.Serial, Result: storeRemoved}
	leaf, err := r.Certificate()
	if err != nil {
		return in.failed(row, err)
	}
	err = in.in(ctx, r.Place, func(s install.Store) error { return s.Remove(ctx, leaf) })
	if err == nil {
		err = in.ledger.Remove(ctx, r)
	}
	if err != nil {
		return in.failed(row, err)
	}
	return row, nil
}

// in does something in a store, and asks for the store's password as long as
// that is what it takes and there is somebody to ask.
func (in *installer) in(ctx context.Context, where install.Place, do func(install.Store) error) error {
	a, c := in.app, in.config
	for {
		s, err := install.Open(where, c)
		if err != nil {
			return err
		}
		err = do(s)
		asks := errors.Is(err, install.ErrPasswordNeeded) || errors.Is(err, install.ErrPassword)
		if !asks {
			return in.word(where, err)
		}
		if in.file != "" { // read only once it is needed
			password, err := a.readSecret(ctx, in.file)
			if err != nil {
				return err
			}
			in.file, in.config.Password = "", string(password)
			c = in.config
			continue
		}
		if in.given || !a.interactive() {
			return in.word(where, err)
		}
		again := ""
		if errors.Is(err, install.ErrPassword) {
			again = a.text.Errors.Codes[string(api.PasswordWrong)].Message
		}
		asker, err := a.asker()
		if err != nil {
			return err
		}
		password, err := asker.FilePassword(ctx, where.Path, again)
		if err != nil {
			return err
		}
		c.Password = string(password)
	}
}

// word says what keeps a certificate from being installed. Other errors pass.
func (in *installer) word(where install.Place, err error) error {
	t := in.app.text.Errors.Place
	for _, known := range []struct {
		err     error
		code    api.Code
		problem i18n.Problem
	}{
		{wallet.ErrKeyType, api.Usage, t.NotFor},
		{install.ErrTools, api.Unsupported, t.NoTools},
		{install.ErrPasswordNeeded, api.PasswordWrong, t.StorePassword},
		{install.ErrPassword, api.PasswordWrong, t.StoreWrongPassword},
		{install.ErrLocked, api.TargetLocked, t.StoreLocked},
		{install.ErrDamaged, api.TargetDamaged, t.StoreDamaged},
		{install.ErrNotThere, api.TargetDamaged, t.StoreForgot},
		{install.ErrSharedKey, api.Exists, t.SharedKey},
	} {
		if errors.Is(err, known.err) {
			p := known.problem
			p.Message = i18n.Fill(p.Message, "store", quote(where.Path), "reader", string(where.Kind), "type", "ed25519")
			return &refusal{code: known.code, problem: p, err: err}
		}
	}
	return err
}

func (in *installer) failed(row storeDoc, err error) (storeDoc, error) {
	row.Result, row.Error = storeFailed, in.app.problemDoc(err)
	return row, err
}
