package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// newUserSet changes what its flags name.
func newUserSet(a *app) *cobra.Command {
	var (
		name, role string
		emails     []string
		change     api.UserChange
	)
	o := &userActOptions{app: a, how: &actFlags{}, done: a.text.Output.Change.UserSet}
	o.act = func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error) {
		return admin.SetUser(ctx, by, ref, change)
	}
	cmd := o.command("set", a.text.Commands.UserSet)
	o.how.forceFlag(a, cmd)
	cmd.Flags().StringVar(&name, "name", "", a.text.Flags.DisplayName)
	cmd.Flags().StringArrayVar(&emails, "email", nil, a.text.Flags.NewEmail)
	cmd.Flags().StringVar(&role, "role", "", a.text.Flags.Role)
	roles := []api.Role{api.RoleUser, api.RoleAdmin}
	completeWords(cmd, "role", roles)
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		given := cmd.Flags().Changed
		if !given("name") && !given("email") && !given("role") {
			return a.usage(i18n.Fill(a.text.Errors.MissingFlags, "flags", "--name, --email, --role"), a.seeHelp(cmd))
		}
		if given("name") {
			change.Name = &name
		}
		if given("email") {
			kept := []string{}
			for _, e := range emails {
				if strings.TrimSpace(e) != "" {
					kept = append(kept, e)
				}
			}
			change.Emails = &kept
		}
		if given("role") {
			r := api.Role(role)
			if r != api.RoleUser && r != api.RoleAdmin {
				return a.badValue(cmd, "--role", role, oneOf(a, roles))
			}
			change.Role = &r
		}
		return run(cmd, args)
	}
	return cmd
}
