package prompt

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// NewFactor asks an administrator who adds a user how that user is to prove
// themselves; empty means not yet.
func (a *Asker) NewFactor(ctx context.Context, user api.UserRef) (api.Factor, error) {
	chosen, err := a.choose(ctx, a.aboutUser(a.text.Factor, user), "", a.text.FactorOTP, a.text.Token.FactorPIN, a.text.FactorLater)
	switch chosen {
	case a.text.FactorOTP:
		return api.FactorOTP, err
	case a.text.Token.FactorPIN:
		return api.FactorPIN, err
	}
	return "", err
}

// ConfirmRemoveToken asks whether to take a user's token away.
func (a *Asker) ConfirmRemoveToken(ctx context.Context, user api.UserRef) (bool, error) {
	t := a.text.Token
	return a.confirm(ctx, a.aboutUser(t.Remove, user), t.RemoveNote, a.text.Remove)
}

// PIN asks for a confirmation PIN, the second stage of the acquisition of a user
// who never had a token.
func (a *Asker) PIN(ctx context.Context, req CodeRequest) (api.Secret, error) {
	t := a.text.Token
	var typed string
	notEmpty := func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New(t.PINMissing)
		}
		return nil
	}
	err := a.ask(ctx, question{
		title:  t.AcquirePIN,
		notice: req.Again,
		fields: []field{{name: t.PIN, hint: a.whose(req) + "\n" + t.PINHint, secret: true, answer: &typed, check: notEmpty}},
	})
	if err != nil {
		return "", err
	}
	return api.Secret(strings.TrimSpace(typed)), nil
}

// TwoCodes asks for two consecutive codes of a user's token. again is the sentence
// that refused the last two; empty at first.
func (a *Asker) TwoCodes(ctx context.Context, user api.UserRef, digits int, again string) (first, second api.Secret, err error) {
	t := a.text.Token
	var one, two string
	err = a.ask(ctx, question{
		title:  a.aboutUser(t.Resync, user),
		notice: again,
		fields: []field{
			{name: t.FirstCode, hint: i18n.Fill(t.ResyncHint, "digits", strconv.Itoa(digits)), secret: true, answer: &one, check: a.isCode(digits)},
			{name: t.NextCode, secret: true, answer: &two, check: a.isCode(digits)},
		},
	})
	if err != nil {
		return "", "", err
	}
	if first, err = a.code(one, digits); err != nil {
		return "", "", err
	}
	second, err = a.code(two, digits)
	return first, second, err
}
