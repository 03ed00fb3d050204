package prompt

import (
	"context"
	"errors"
	"slices"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// ConfirmRemoveEntry asks whether to remove an entry from the wallet.
func (a *Asker) ConfirmRemoveEntry(ctx context.Context, name string) (bool, error) {
	return a.confirm(ctx, i18n.Fill(a.text.RemoveEntry, "name", printable(name)), a.text.RemoveEntryNote, a.text.Remove)
}

// ConfirmRevokeEntry asks whether to revoke a certificate of the wallet.
func (a *Asker) ConfirmRevokeEntry(ctx context.Context, name string) (bool, error) {
	return a.confirm(ctx, i18n.Fill(a.text.RevokeEntry, "name", printable(name)), a.text.RevokeEntryNote, a.text.Revoke)
}

// ConfirmRemoveUser asks whether to remove a user.
func (a *Asker) ConfirmRemoveUser(ctx context.Context, user api.UserRef) (bool, error) {
	return a.confirm(ctx, a.aboutUser(a.text.RemoveUser, user), a.text.RemoveUserNote, a.text.Remove)
}

// ConfirmReissue asks whether to revoke the living certificate of a user, so
// that they may acquire another one.
func (a *Asker) ConfirmReissue(ctx context.Context, user api.UserRef) (bool, error) {
	return a.confirm(ctx, a.aboutUser(a.text.ReissueUser, user), a.text.ReissueUserNote, a.text.Reissue)
}

// confirm puts the answer that changes nothing first.
func (a *Asker) confirm(ctx context.Context, question, note, yes string) (bool, error) {
	chosen, err := a.choose(ctx, question, note, a.text.Keep, yes)
	return chosen == yes, err
}

// choose asks for one of the choices and returns it; a form marks the first
// one at the start.
func (a *Asker) choose(ctx context.Context, title, note string, choices ...string) (string, error) {
	var chosen string
	oneOf := func(s string) error {
		if !slices.Contains(choices, s) {
			return errNoAnswer
		}
		return nil
	}
	err := a.ask(ctx, question{
		title:  title,
		fields: []field{{hint: note, choices: choices, answer: &chosen, check: oneOf}},
	})
	if err != nil {
		return "", err
	}
	return chosen, nil
}

func (a *Asker) aboutUser(sentence string, user api.UserRef) string {
	return i18n.Fill(sentence, "user", printable(user.UserID), "contract", printable(user.ContractID))
}

// Purpose is what a new password is for.
type Purpose int

// The purposes.
const (
	ForExport Purpose = iota // a PKCS#12 file that leaves the wallet
	ForWallet                // the key of a file wallet
	ForBackup                // a backup of the backend
	ForRoot                  // the file with the root's key
)

// NewPassword asks for a password that does not exist yet, twice.
func (a *Asker) NewPassword(ctx context.Context, purpose Purpose) (api.Secret, error) {
	title, note := a.text.ExportPassword, a.text.ExportNote
	switch purpose {
	case ForWallet:
		title, note = a.text.NewWalletPassword, a.text.NewWalletNote
	case ForBackup:
		title, note = a.text.BackupPassphrase, a.text.BackupNote
	case ForRoot:
		title, note = a.text.RootPassword, a.text.RootNote
	}
	var first, second string
	same := func(s string) error {
		if s != first {
			return errors.New(a.text.PasswordsDiffer)
		}
		return nil
	}
	err := a.ask(ctx, question{
		title: title,
		fields: []field{
			{name: a.text.Password, hint: note, secret: true, answer: &first, check: a.notEmpty},
			{name: a.text.PasswordAgain, secret: true, repeats: true, answer: &second, check: same},
		},
	})
	if err != nil {
		return "", err
	}
	return api.Secret(first), nil
}

// WalletPassword asks for the password of the file wallet. Again is the
// sentence that refused the last one; empty at first.
func (a *Asker) WalletPassword(ctx context.Context, again string) (api.Secret, error) {
	var password string
	err := a.ask(ctx, question{
		title:  a.text.WalletPassword,
		notice: again,
		fields: []field{{name: a.text.Password, secret: true, answer: &password, check: a.notEmpty}},
	})
	if err != nil {
		return "", err
	}
	return api.Secret(password), nil
}

// FilePassword asks for the password of a file that is there. Again is the
// sentence that refused the last one; empty at first.
func (a *Asker) FilePassword(ctx context.Context, file, again string) (api.Secret, error) {
	var password string
	err := a.ask(ctx, question{
		title:  i18n.Fill(a.text.FilePassword, "file", printable(file)),
		notice: again,
		fields: []field{{name: a.text.Password, secret: true, answer: &password, check: a.notEmpty}},
	})
	if err != nil {
		return "", err
	}
	return api.Secret(password), nil
}

func (a *Asker) notEmpty(password string) error {
	if password == "" {
		return errors.New(a.text.PasswordMissing)
	}
	return nil
}
