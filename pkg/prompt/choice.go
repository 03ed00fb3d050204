package prompt

import (
	"context"
	"errors"
	"fmt"

	"charm.land/huh/v2"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// RegisterOTP asks an administrator who adds a user whether to register a
// software token now; false means no token yet.
func (a *Asker) RegisterOTP(ctx context.Context, user api.UserRef) (bool, error) {
	return a.choose(ctx, a.aboutUser(a.text.Factor, user), "", []huh.Option[bool]{
		huh.NewOption(a.text.FactorOTP, true),
		huh.NewOption(a.text.FactorLater, false),
	})
}

// ConfirmRemoveEntry asks whether to remove an entry from the wallet.
func (a *Asker) ConfirmRemoveEntry(ctx context.Context, name string) (bool, error) {
	return a.confirmRemove(ctx, i18n.Fill(a.text.RemoveEntry, "name", printable(name)), a.text.RemoveEntryNote)
}

// ConfirmRemoveUser asks whether to remove a user.
func (a *Asker) ConfirmRemoveUser(ctx context.Context, user api.UserRef) (bool, error) {
	return a.confirmRemove(ctx, a.aboutUser(a.text.RemoveUser, user), a.text.RemoveUserNote)
}

// confirmRemove puts the answer that changes nothing first.
func (a *Asker) confirmRemove(ctx context.Context, question, note string) (bool, error) {
	return a.choose(ctx, question, note, []huh.Option[bool]{
		huh.NewOption(a.text.Keep, false),
		huh.NewOption(a.text.Remove, true),
	})
}

// choose asks for one of two; the first is marked at the start.
func (a *Asker) choose(ctx context.Context, question, note string, options []huh.Option[bool]) (bool, error) {
	chosen := options[0].Value
	err := a.ask(ctx, page{
		title:  question,
		fields: []huh.Field{huh.NewSelect[bool]().Description(note).Options(options...).Value(&chosen)},
	})
	return chosen && err == nil, err
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
)

// NewPassword asks for a password that does not exist yet, twice.
func (a *Asker) NewPassword(ctx context.Context, purpose Purpose) (api.Secret, error) {
	title, note := a.text.ExportPassword, a.text.ExportNote
	if purpose == ForWallet {
		title, note = a.text.NewWalletPassword, a.text.NewWalletNote
	}
	var first, second string
	same := func(s string) error {
		if s != first {
			return errors.New(a.text.PasswordsDiffer)
		}
		return nil
	}
	err := a.ask(ctx, page{
		title: title,
		fields: []huh.Field{
			secret(a.text.Password, note, &first, a.notEmpty),
			secret(a.text.PasswordAgain, "", &second, same),
		},
	})
	if err != nil {
		return "", err
	}
	if err := errors.Join(a.notEmpty(first), same(second)); err != nil {
		return "", fmt.Errorf("ask for a new password: %w", err)
	}
	return api.Secret(first), nil
}

// WalletPassword asks for the password of the file wallet. Again is the
// sentence that refused the last one; empty at first.
func (a *Asker) WalletPassword(ctx context.Context, again string) (api.Secret, error) {
	var password string
	err := a.ask(ctx, page{
		title:  a.text.WalletPassword,
		notice: again,
		fields: []huh.Field{secret(a.text.Password, "", &password, a.notEmpty)},
	})
	if err != nil {
		return "", err
	}
	if err := a.notEmpty(password); err != nil {
		return "", fmt.Errorf("ask for the wallet's password: %w", err)
	}
	return api.Secret(password), nil
}

func (a *Asker) notEmpty(password string) error {
	if password == "" {
		return errors.New(a.text.PasswordMissing)
	}
	return nil
}
