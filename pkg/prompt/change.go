package prompt

import (
	"context"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// ConfirmRevokeUser asks whether to revoke a user's certificates.
func (a *Asker) ConfirmRevokeUser(ctx context.Context, user api.UserRef) (bool, error) {
	t := a.text.Change
	return a.confirm(ctx, a.aboutUser(t.RevokeUser, user), t.RevokeUserNote, a.text.Revoke)
}

// ConfirmSuspendContract asks whether to suspend a contract.
func (a *Asker) ConfirmSuspendContract(ctx context.Context, id string) (bool, error) {
	t := a.text.Change
	return a.confirm(ctx, i18n.Fill(t.SuspendContract, "contract", printable(id)), t.SuspendContractNote, t.SuspendYes)
}
