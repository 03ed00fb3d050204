package cli

import (
	"context"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// contractAct is an act on one contract that answers with that contract.
type contractAct func(admin api.Admin, ctx context.Context, by api.Actor, id string) (api.Contract, error)

type contractActOptions struct {
	app  *app
	how  actFlags
	act  contractAct
	done string // what is said of it
	// weigh, where it is not nil, is as that of userActOptions.
	weigh func(before api.Contract) (done string, ask question[string])
}

// command returns a command that is one act on one contract.
func (o *contractActOptions) command(name string, text i18n.Page) *cobra.Command {
	a := o.app
	cmd := a.command(name, text, "CONTRACT_ID")
	o.how.flags(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0]) }
	return cmd
}

func (o *contractActOptions) run(ctx context.Context, id string) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	by = o.how.actor(by)
	done, err := o.before(ctx, admin, by, id)
	if err != nil {
		return err
	}
	c, err := o.act(admin, ctx, by, id)
	if err != nil {
		return err
	}
	doc := newContractDoc(c)
	doc.DryRun = o.how.dryRun
	return a.show(doc, func(p *page) {
		p.lines(i18n.Fill(o.how.said(a, done), "contract", c.ID))
		p.lines("")
		p.fields(a.contractFields(doc)...)
	})
}

// before is as that of userActOptions.
func (o *contractActOptions) before(ctx context.Context, admin api.Admin, by api.Actor, id string) (done string, err error) {
	if o.weigh == nil {
		return o.done, nil
	}
	c, err := admin.Contract(ctx, by, id)
	if err != nil {
		return "", err
	}
	done, ask := o.weigh(c)
	return done, ask.first(ctx, o.app, by, c.ID)
}

func newContractSet(a *app) *cobra.Command {
	var name string
	set := func(admin api.Admin, ctx context.Context, by api.Actor, id string) (api.Contract, error) {
		return admin.SetContract(ctx, by, id, name)
	}
	o := &contractActOptions{app: a, act: set, done: a.text.Output.Change.ContractSet}
	cmd := o.command("set", a.text.Commands.ContractSet)
	cmd.Flags().StringVar(&name, "name", "", a.text.Flags.ContractName)
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !cmd.Flags().Changed("name") {
			return a.usage(i18n.Fill(a.text.Errors.MissingFlag, "flag", "--name"), a.seeHelp(cmd))
		}
		return run(cmd, args)
	}
	return cmd
}

// newContractSuspend asks first on a terminal: it stops many people at once.
func newContractSuspend(a *app) *cobra.Command {
	say := a.text.Output.Change
	o := &contractActOptions{app: a, act: api.Admin.SuspendContract}
	o.weigh = func(before api.Contract) (string, question[string]) {
		if before.Status == api.StatusSuspended {
			return say.ContractSuspendedAlready, nil
		}
		return say.ContractSuspended, (*prompt.Asker).ConfirmSuspendContract
	}
	return o.command("suspend", a.text.Commands.ContractSuspend)
}

func newContractResume(a *app) *cobra.Command {
	say := a.text.Output.Change
	o := &contractActOptions{app: a, act: api.Admin.ResumeContract}
	o.weigh = func(before api.Contract) (string, question[string]) {
		if before.Status == api.StatusActive {
			return say.ContractActiveAlready, nil
		}
		return say.ContractResumed, nil
	}
	return o.command("resume", a.text.Commands.ContractResume)
}
