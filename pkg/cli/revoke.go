package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// revokedDoc is what `certctl revoke` shows.
type revokedDoc struct {
	Name      string     `json:"name"`
	Serial    string     `json:"serial"`
	Reason    api.Reason `json:"reason"`
	RevokedAt timeDoc    `json:"revoked_at"`
}

type revokeOptions struct {
	app    *app
	name   string
	reason string
}

func newRevoke(a *app) *cobra.Command {
	o := &revokeOptions{app: a}
	cmd := a.command("revoke", a.text.Commands.Revoke, "NAME")
	cmd.ValidArgsFunction = a.completeName
	cmd.Flags().StringVar(&o.reason, "reason", string(api.ReasonUnspecified), a.text.Flags.RevokeReason)
	completeWords(cmd, "reason", api.HolderReasons())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		reason, err := api.ParseReason(o.reason)
		if err != nil || reason == api.ReasonPrivilegeWithdrawn {
			return a.badValue(cmd, "--reason", o.reason, oneOf(a, api.HolderReasons()))
		}
		return o.run(cmd.Context(), reason)
	}
	return cmd
}

func (o *revokeOptions) run(ctx context.Context, reason api.Reason) error {
	a := o.app
	w, _, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	if e.Damaged != nil {
		return e.Damaged
	}
	err = a.confirm(ctx, func(asker *prompt.Asker) (bool, error) { return asker.ConfirmRevokeEntry(ctx, e.Name) })
	if err != nil {
		return err
	}
	client, err := a.holder(ctx, w)
	if err != nil {
		return err
	}
	done, err := client.Revoke(ctx, e.Name, reason)
	if err != nil {
		return err
	}
	doc := revokedDoc{Name: e.Name, Serial: done.Serial, Reason: done.Reason, RevokedAt: timeDoc(done.Time)}
	return a.show(doc, func(p *page) {
		t := a.text.Output.Renewal
		p.lines(i18n.Fill(t.Revoked, "name", e.Name, "time", a.time(done.Time), "reason", a.text.Publish.Reasons[string(done.Reason)]))
		p.lines(i18n.Fill(t.RevokedNext, "name", e.Name, "contract", e.ContractID, "user", e.UserID))
	})
}
