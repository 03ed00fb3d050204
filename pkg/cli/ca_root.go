package cli

import (
	"cmp"
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// rootPasswordVariable names a file with the password of the root's key.
const rootPasswordVariable = "CERTCTL_ROOT_PASSWORD_FILE"

// rootFile is the file in which the root's key is kept, if it is kept in one.
type rootFile struct {
	app          *app
	flag         string // the one that names it
	name         string // empty: the key is sealed in the records
	passwordFile string
	written      bool
}

func (a *app) rootFile(cmd *cobra.Command, flag, usage string) *rootFile {
	r := &rootFile{app: a, flag: "--" + flag}
	cmd.Flags().StringVar(&r.name, flag, "", usage)
	cmd.Flags().StringVar(&r.passwordFile, "root-password-file", "", a.text.Flags.RootPasswordFile)
	return r
}

// check refuses a password of nothing.
func (r *rootFile) check(cmd *cobra.Command) error {
	a := r.app
	switch {
	case r.name == "-":
		return a.badValue(cmd, r.flag, r.name, a.text.Errors.WantFile)
	case r.name == "" && r.passwordFile != "":
		return a.usage(i18n.Fill(a.text.Errors.NeedsFlag, "flag", "--root-password-file", "needs", r.flag), a.seeHelp(cmd))
	}
	return nil
}

// password returns the password of the key: from a file, or from a person by ask.
func (r *rootFile) password(ctx context.Context, ask func(*prompt.Asker) (api.Secret, error)) (api.Secret, error) {
	a := r.app
	if file := cmp.Or(r.passwordFile, a.process.getenv(rootPasswordVariable)); file != "" {
		return a.readSecret(ctx, file)
	}
	if !a.interactive() {
		return "", a.noInputFor(a.text.Root.ThePassword, "--root-password-file", rootPasswordVariable)
	}
	asker, err := a.asker()
	if err != nil {
		return "", err
	}
	return ask(asker)
}

// keep gets a password for the file and returns what writes the root's key to it,
// and nowhere else; nil where the key is not to be in a file.
func (r *rootFile) keep(ctx context.Context) (func(*ca.Authority) error, error) {
	if r.name == "" {
		return nil, nil
	}
	if _, err := os.Lstat(r.name); err == nil {
		return nil, r.app.fileExists(r.name) // before a password is asked for
	}
	password, err := r.password(ctx, func(asker *prompt.Asker) (api.Secret, error) { return asker.NewPassword(ctx, prompt.ForRoot) })
	return func(root *ca.Authority) error {
		key, err := root.EncryptKey(string(password))
		if err != nil {
			return err
		}
		err = r.app.writeNewFile(r.name, key)
		r.written = err == nil
		return err
	}, err
}

// drop removes the file of a root that was not made. Where nobody knows whether
// it was, the file stays.
func (r *rootFile) drop(err error) {
	if r.written && !errors.Is(err, api.Refuse(api.OutcomeUnknown)) {
		_ = os.Remove(r.name) // best effort: it is good for nothing
	}
}

// read reads the file; the zero RootKey where there is none.
func (r *rootFile) read(ctx context.Context) (api.RootKey, error) {
	if r.name == "" {
		return api.RootKey{}, nil
	}
	const limit = 1 << 16 // bytes; a key has some four hundred
	text, err := r.app.readData(ctx, r.name, limit, r.app.text.Errors.Place.TooBig)
	if err != nil {
		return api.RootKey{}, err
	}
	password, err := r.password(ctx, func(asker *prompt.Asker) (api.Secret, error) { return asker.FilePassword(ctx, r.name, "") })
	return api.RootKey{PEM: text, Password: password}, err
}
