package cli

import (
	"cmp"
	"context"
	"errors"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// ids returns whom the certificate is for: from the flags, the environment, or
// the person.
func (o *acquireOptions) ids(ctx context.Context, client *enroll.Client, where place) (api.UserRef, error) {
	a := o.app
	have := prompt.IDs{
		ContractID: cmp.Or(o.user.contract, a.process.getenv("CERTCTL_CONTRACT_ID")),
		UserID:     cmp.Or(o.user.user, a.process.getenv("CERTCTL_USER_ID")),
	}
	if o.demo != nil && !a.interactive() {
		have = prompt.IDs(o.demo.ref)
	}
	switch {
	case have.ContractID != "" && have.UserID != "":
		return api.IDs{}.Ref(have.ContractID, have.UserID)
	case !a.interactive() && have.ContractID == "":
		return api.UserRef{}, a.noInputFor(a.thing("contract_id"), "--contract-id", "CERTCTL_CONTRACT_ID")
	case !a.interactive():
		return api.UserRef{}, a.noInputFor(a.thing("user_id"), "--user-id", "CERTCTL_USER_ID")
	}
	if o.demo == nil { // which has looked already
		if err := a.probe(ctx, where); err != nil {
			return api.UserRef{}, err // before anybody types what would be in vain
		}
	}
	return o.askIDs(ctx, client, have)
}

// askIDs asks for the IDs that are missing, until the backend knows such a
// user or does not tell; then for both, since either may be the wrong one.
func (o *acquireOptions) askIDs(ctx context.Context, client *enroll.Client, have prompt.IDs) (api.UserRef, error) {
	a := o.app
	asker, err := a.asker()
	if err != nil {
		return api.UserRef{}, err
	}
	var ids api.IDs
	request := prompt.IDRequest{
		Have:     have,
		Contract: func(id string) error { _, err := ids.Contract(id); return a.sentence(err) },
		User:     func(id string) error { _, err := ids.User(id); return a.sentence(err) },
	}
	if o.demo != nil {
		request.Suggest = prompt.IDs(o.demo.ref)
	}
	for {
		typed, err := asker.IDs(ctx, request)
		if err != nil {
			return api.UserRef{}, err
		}
		ref, err := ids.Ref(typed.ContractID, typed.UserID)
		if err != nil {
			return api.UserRef{}, err
		}
		err = client.Check(ctx, ref, o.replace)
		if api.CodeOf(err) != api.NotFound {
			return ref, nil // whatever else is wrong comes up on the way on
		}
		request.Again = a.sentence(a.nobody(ref, err)).Error()
		request.Have, request.Suggest = prompt.IDs{}, typed
	}
}

// nobody words that the backend knows no such user, naming both IDs: it may
// not say which of them is wrong. Other errors pass.
func (a *app) nobody(ref api.UserRef, err error) error {
	unknown := (*api.Error)(nil)
	if !errors.As(err, &unknown) || unknown.Code != api.NotFound || unknown.Field != "user_id" && unknown.Field != "contract_id" {
		return err
	}
	e := a.text.Errors
	return &refusal{code: api.NotFound, problem: i18n.Problem{Message: a.aboutUser(e.Nobody, ref), Hint: e.NobodyHint}, err: err}
}
