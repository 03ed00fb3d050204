package cli

import (
	"cmp"
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

func newAudit(a *app) *cobra.Command {
	return a.group("audit", a.text.Commands.Audit, newAuditList(a), newAuditVerify(a), newAuditExport(a))
}

// auditDoc is what `certctl audit verify` shows where every chain holds; one
// that does not is an error.
type auditDoc struct {
	Chains []chainDoc `json:"chains"`
}

// chainDoc is one chain: a contract's, or, with an empty ID, the operator's.
type chainDoc struct {
	ContractID string `json:"contract_id"`
	Rows       int64  `json:"rows"`
}

func newAuditVerify(a *app) *cobra.Command {
	cmd := a.command("verify", a.text.Commands.AuditVerify)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return runAuditVerify(cmd.Context(), a) }
	return cmd
}

func runAuditVerify(ctx context.Context, a *app) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	report, err := admin.VerifyAudit(ctx, by)
	if err != nil {
		return err
	}
	if !report.OK() {
		return a.auditBroken(report)
	}
	doc := auditDoc{Chains: []chainDoc{}}
	var rows [][]string
	for _, c := range report.Chains {
		doc.Chains = append(doc.Chains, chainDoc{c.ContractID, c.Rows})
		rows = append(rows, []string{a.chainName(c), strconv.FormatInt(c.Rows, 10), a.text.Output.AuditHolds})
	}
	return a.show(doc, func(p *page) {
		t := a.text.Output
		p.table([]string{t.Columns.Chain, t.Columns.Rows, t.Columns.Result}, rows)
		p.lines("")
		p.lines(t.AuditBlind)
	})
}

// auditBroken names each chain that does not hold.
func (a *app) auditBroken(report api.AuditReport) error {
	p := a.text.Errors.Codes[string(api.AuditBroken)]
	for _, c := range report.Chains {
		if c.Broken == 0 {
			continue
		}
		p.Message = i18n.Sentences(p.Message, i18n.Fill(a.text.Output.AuditChainBroken,
			"chain", a.chainName(c), "row", strconv.FormatInt(c.Broken, 10), "reason", cmp.Or(a.text.Output.Reasons[c.Reason], c.Reason)))
	}
	return &refusal{code: api.AuditBroken, problem: p}
}

func (a *app) chainName(c api.AuditChain) string {
	if c.ContractID == "" {
		return a.text.Output.AuditOperator
	}
	return c.ContractID
}
