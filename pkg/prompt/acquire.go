package prompt

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
	// Again is the sentence that refused the last answers; empty at first.
	Again string
	// Title stands above the question; empty means the first stage of an
	// acquisition, which also says where its help is.
	Title string
}

// IDs asks for the IDs that are missing, all at once. It shows nothing where
// none is.
func (a *Asker) IDs(ctx context.Context, req IDRequest) (IDs, error) {
	ids, q := req.Have, question{title: req.Title, notice: req.Again}
	if q.title == "" {
		q.title, q.help = a.text.AcquireIDs, a.text.AcquireHelp
	}
	add := func(f field, missing string, check func(string) error) {
		if *f.answer != "" || check == nil {
			return
		}
		f.check = func(s string) error {
			if strings.TrimSpace(s) == "" {
				return errors.New(missing)
			}
			return check(s)
		}
		q.fields = append(q.fields, f)
	}
	add(field{
		name: a.text.ContractID, hint: a.text.ContractHint,
		suggest: req.Suggest.ContractID, answer: &ids.ContractID,
	}, a.text.ContractMissing, req.Contract)
	add(field{
		name: a.text.UserID, hint: a.text.UserHint,
		suggest: req.Suggest.UserID, answer: &ids.UserID,
	}, a.text.UserMissing, req.User)
	if len(q.fields) == 0 {
		return ids, nil
	}
	if err := a.ask(ctx, q); err != nil {
		return IDs{}, err
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

// whose says for whom a code is asked.
func (a *Asker) whose(req CodeRequest) string {
	if req.Name == "" {
		return a.aboutUser(a.text.CodeFor, req.User)
	}
	return i18n.Fill(a.text.CodeForNamed,
		"name", printable(req.Name),
		"user", printable(req.User.UserID),
		"contract", printable(req.User.ContractID))
}

// Code asks for a one-time password, the second stage of an acquisition. The
// answer consists of exactly req.Digits ASCII digits.
func (a *Asker) Code(ctx context.Context, req CodeRequest) (api.Secret, error) {
	whose := a.whose(req)
	hint := i18n.Fill(a.text.CodeHint, "digits", strconv.Itoa(req.Digits))

	var typed string
	err := a.ask(ctx, question{
		title:  a.text.AcquireCode,
		notice: req.Again,
		fields: []field{{
			name: a.text.Code, hint: whose + "\n" + hint,
			secret: true, answer: &typed, check: a.isCode(req.Digits),
		}},
	})
	if err != nil {
		return "", err
	}
	return a.code(typed, req.Digits)
}

// AskBackRequest says which code is asked back.
type AskBackRequest struct {
	Digits int    // how long a code is
	Again  string // as in CodeRequest
	// Keep is how many lines above the question must stay on the screen: what
	// QR returned.
	Keep int
	// Hardware: the token has a display of its own, and is no app.
	Hardware bool
}

// AskBack asks for the code that a newly registered token shows; ok is false
// where the person skipped it.
func (a *Asker) AskBack(ctx context.Context, req AskBackRequest) (code api.Secret, ok bool, err error) {
	isCode := a.isCode(req.Digits)
	orNothing := func(s string) error {
		if strings.TrimSpace(s) == "" {
			return nil
		}
		return isCode(s)
	}
	hint, short := a.text.AskBackHint, a.text.AskBackShort
	if req.Hardware {
		hint, short = a.text.Token.AskBackHint, a.text.Token.AskBackShort
	}
	var typed string
	err = a.ask(ctx, question{
		title:  a.text.AskBack,
		notice: req.Again,
		keep:   req.Keep,
		fields: []field{{
			name:   a.text.Code,
			hint:   i18n.Fill(hint, "digits", strconv.Itoa(req.Digits)),
			short:  short,
			secret: true, answer: &typed, check: orNothing,
		}},
	})
	if err != nil || strings.TrimSpace(typed) == "" {
		return "", false, err
	}
	code, err = a.code(typed, req.Digits)
	return code, err == nil, err
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
