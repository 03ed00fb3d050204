package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

func newContract(a *app) *cobra.Command {
	return a.group("contract", a.text.Commands.Contract,
		newContractAdd(a), newContractList(a), newContractShow(a), newContractSet(a), newContractSuspend(a), newContractResume(a))
}

// contractDoc is one contract.
type contractDoc struct {
	ContractID string         `json:"contract_id"`
	Name       string         `json:"name"`
	Status     api.UserStatus `json:"status"`
	Users      int            `json:"users"`
	Created    timeDoc        `json:"created"`
	DryRun     bool           `json:"dry_run,omitempty"`
}

// contractShownDoc is one contract with the policy that it has of its own.
type contractShownDoc struct {
	contractDoc
	Settings []contractSettingDoc `json:"settings"`
}

type contractSettingDoc struct {
	Key    string `json:"key"` // as in config.yaml, below the contract
	Value  string `json:"value"`
	Others string `json:"others"` // what holds for contracts without one of their own
}

type contractsDoc struct {
	Contracts []contractDoc `json:"contracts"`
}

func newContractDoc(c api.Contract) contractDoc {
	return contractDoc{ContractID: c.ID, Name: c.Name, Status: c.Status, Users: c.Users, Created: timeDoc(c.Created)}
}

func (a *app) contractFields(c contractDoc) []field {
	t := a.text.Output
	return []field{
		{t.Labels.Contract, c.ContractID},
		{t.Labels.Name, c.Name},
		{t.Labels.Status, t.Statuses[string(c.Status)]},
		{t.Labels.Users, strconv.Itoa(c.Users)},
		{t.Labels.Created, a.time(time.Time(c.Created))},
	}
}

type contractAddOptions struct {
	app      *app
	id, name string
}

func newContractAdd(a *app) *cobra.Command {
	o := &contractAddOptions{app: a}
	cmd := a.command("add", a.text.Commands.ContractAdd, "CONTRACT_ID")
	cmd.Flags().StringVar(&o.name, "name", "", a.text.Flags.ContractName)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.id = args[0]
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *contractAddOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	c, err := admin.AddContract(ctx, by, api.NewContract{ID: o.id, Name: o.name})
	if err != nil {
		return err
	}
	return a.show(newContractDoc(c), func(p *page) {
		p.lines(i18n.Fill(a.text.Output.ContractAdded, "contract", c.ID))
		p.lines(i18n.Fill(a.text.Output.ContractNext, "contract", c.ID))
	})
}

func newContractList(a *app) *cobra.Command {
	cmd := a.command("list", a.text.Commands.ContractList)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return runContractList(cmd.Context(), a) }
	return cmd
}

func runContractList(ctx context.Context, a *app) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	contracts, err := admin.Contracts(ctx, by)
	if err != nil {
		return err
	}
	doc := contractsDoc{Contracts: []contractDoc{}}
	var rows [][]string
	for _, c := range contracts {
		doc.Contracts = append(doc.Contracts, newContractDoc(c))
		rows = append(rows, []string{c.ID, a.text.Output.Statuses[string(c.Status)], strconv.Itoa(c.Users), c.Name})
	}
	return a.show(doc, func(p *page) {
		if len(rows) == 0 {
			a.say(a.text.Output.NoContracts)
			return
		}
		t := a.text.Output.Columns
		p.table([]string{t.Contract, t.Status, t.Users, t.Name}, rows, 3)
	})
}

type contractShowOptions struct {
	app *app
	id  string
}

func newContractShow(a *app) *cobra.Command {
	o := &contractShowOptions{app: a}
	cmd := a.command("show", a.text.Commands.ContractShow, "CONTRACT_ID")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.id = args[0]
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *contractShowOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	c, err := admin.Contract(ctx, by, o.id)
	if err != nil {
		return err
	}
	doc := contractShownDoc{contractDoc: newContractDoc(c)}
	if doc.Settings, err = a.contractSettings(c.ID); err != nil {
		return err
	}
	return a.show(doc, func(p *page) {
		p.fields(a.contractFields(doc.contractDoc)...)
		if len(doc.Settings) == 0 {
			return
		}
		var rows [][]string
		for _, s := range doc.Settings {
			rows = append(rows, []string{s.Key, s.Value, s.Others})
		}
		t := a.text.Output.Columns
		p.lines("")
		p.table([]string{t.Key, t.Value, t.Others}, rows, 2, 1)
	})
}

// contractSettings are the settings that are others for a contract than for those
// that have none of their own.
func (a *app) contractSettings(id string) ([]contractSettingDoc, error) {
	all, err := a.config()
	if err != nil {
		return nil, err
	}
	found := []contractSettingDoc{}
	own := all.of(id)
	for _, s := range settings() {
		value, others := own.shown(s.key), all.shown(s.key)
		if own.source[s.key] == fromContract && value != others {
			found = append(found, contractSettingDoc{Key: s.key, Value: value, Others: others})
		}
	}
	return found, nil
}
