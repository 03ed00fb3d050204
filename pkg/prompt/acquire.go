package prompt

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"charm.land/huh/v2"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// IDs names a user, as it was typed: not yet in canonical form.
type IDs struct {
	ContractID string
	UserID     string
}

// IDRequest says which IDs to ask for.
type IDRequest struct {
	// Have holds what is known already. It is not asked for again and comes
	// back as it is.
	Have IDs
	// Suggest fills the fields in; the person may change them.
	Suggest IDs
	// Contract and User return the sentence that refuses an ID, or nil. An ID
	// whose check is nil is not asked for.
	Contract func(string) error
	User     func(string) error
	// Title stands above the form; empty means the first stage of an
	// acquisition, which also says where its help is.
	Title string
}

// IDs asks for the IDs that are missing, all in one form. It draws nothing
// where none is.
func (a *Asker) IDs(ctx context.Context, req IDRequest) (IDs, error) {
	ids, p := req.Have, page{title: req.Title}
	if p.title == "" {
		p.title, p.help = a.text.AcquireIDs, a.text.AcquireHelp
	}
	var checks []func() error
	add := func(title, hint, missing string, id *string, suggest string, check func(string) error) {
		if *id != "" || check == nil {
			return
		}
		*id = suggest
		whole := func(s string) error {
			if strings.TrimSpace(s) == "" {
				return errors.New(missing)
			}
			return check(s)
		}
		p.fields = append(p.fields, input(title, hint, id, whole))
		checks = append(checks, func() error { return whole(*id) })
	}
	add(a.text.ContractID, a.text.ContractHint, a.text.ContractMissing, &ids.ContractID, req.Suggest.ContractID, req.Contract)
	add(a.text.UserID, a.text.UserHint, a.text.UserMissing, &ids.UserID, req.Suggest.UserID, req.User)
	if len(p.fields) == 0 {
		return ids, nil
	}
	if err := a.ask(ctx, p); err != nil {
		return IDs{}, err
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return IDs{}, fmt.Errorf("ask for the IDs: %w", err)
		}
	}
	return ids, nil
}

// CodeRequest says whose one-time password is asked for.
type CodeRequest struct {
	User api.UserRef
	Name string // display name; may be empty
	// Digits is how long a code is.
	Digits int
	// Again is the sentence that refused the last code; empty at first.
	Again string
}

// Code asks for a one-time password, the second stage of an acquisition. The
// answer consists of exactly req.Digits ASCII digits.
func (a *Asker) Code(ctx context.Context, req CodeRequest) (api.Secret, error) {
	whose := a.aboutUser(a.text.CodeFor, req.User)
	if req.Name != "" {
		whose = i18n.Fill(a.text.CodeForNamed,
			"name", printable(req.Name),
			"user", printable(req.User.UserID),
			"contract", printable(req.User.ContractID))
	}
	hint := i18n.Fill(a.text.CodeHint, "digits", strconv.Itoa(req.Digits))

	var typed string
	err := a.ask(ctx, page{
		title:  a.text.AcquireCode,
		notice: req.Again,
		fields: []huh.Field{secret(a.text.Code, whose+"\n"+hint, &typed, a.isCode(req.Digits))},
	})
	if err != nil {
		return "", err
	}
	code, err := a.code(typed, req.Digits)
	if err != nil {
		return "", fmt.Errorf("ask for the code: %w", err)
	}
	return code, nil
}

// AskBack asks for the code that a newly registered token shows; ok is false
// where the person skipped it. Again is as in CodeRequest.
func (a *Asker) AskBack(ctx context.Context, digits int, again string) (code api.Secret, ok bool, err error) {
	isCode := a.isCode(digits)
	orNothing := func(s string) error {
		if strings.TrimSpace(s) == "" {
			return nil
		}
		return isCode(s)
	}
	var typed string
	err = a.ask(ctx, page{
		title:  a.text.AskBack,
		notice: again,
		fields: []huh.Field{secret("",
			i18n.Fill(a.text.AskBackHint, "digits", strconv.Itoa(digits)), &typed, orNothing)},
	})
	if err != nil || strings.TrimSpace(typed) == "" {
		return "", false, err
	}
	code, err = a.code(typed, digits)
	if err != nil {
		return "", false, fmt.Errorf("ask for the code: %w", err)
	}
	return code, true, nil
}

func (a *Asker) isCode(digits int) func(string) error {
	return func(typed string) error {
		_, err := a.code(typed, digits)
		return err
	}
}

// code folds what was typed into ASCII digits, or says what is wrong with it.
func (a *Asker) code(typed string, digits int) (api.Secret, error) {
	folded, ok := foldDigits(typed)
	if !ok {
		return "", errors.New(a.text.CodeLetters)
	}
	if len(folded) != digits {
		return "", errors.New(i18n.Fill(a.text.CodeLength,
			"digits", strconv.Itoa(digits), "typed", strconv.Itoa(len(folded))))
	}
	return api.Secret(folded), nil
}

// foldDigits returns the ASCII digits of a code as people write it: in groups
// set apart by spaces or hyphens, or in full width. It is false where there is
// anything else.
func foldDigits(typed string) (string, bool) {
	var folded strings.Builder
	for _, r := range typed {
		switch {
		case '0' <= r && r <= '9':
			folded.WriteRune(r)
		case '０' <= r && r <= '９':
			folded.WriteRune(r - '０' + '0')
		case strings.ContainsRune(" \t\u00a0\u3000-\u2010\u2011\u2012\u2013\u2212\u30fc\uff0d", r):
		default:
			return "", false
		}
	}
	return folded.String(), true
}
