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
	return a.group("audit", a.text.Commands.Audit,
		newAuditList(a), newAuditVerify(a), newAuditExport(a), newAuditCheckpoint(a))
}

// auditDoc is what `certctl audit verify` shows where every chain holds; one
// that does not is an error.
type auditDoc struct {
	Chains      []chainDoc     `json:"chains"`
	Checkpoints checkpointsDoc `json:"checkpoints"`
}

// chainDoc is one chain: a contract's, or, with an empty ID, the operator's.
type chainDoc struct {
	ContractID string `json:"contract_id"`
	Rows       int64  `json:"rows"`
	Signed     int64  `json:"signed_rows"` // those after them can be cut off unseen
}

// checkpointsDoc is what the chains were compared with.
type checkpointsDoc struct {
	Count  int     `json:"count"` // in the database
	Kept   int     `json:"kept"`  // given with --checkpoint
	Last   int64   `json:"last"`  // number; 0: there is none
	LastAt timeDoc `json:"last_at"`
}

func newAuditVerify(a *app) *cobra.Command {
	var files []string
	cmd := a.command("verify", a.text.Commands.AuditVerify)
	cmd.Flags().StringArrayVar(&files, "checkpoint", nil, a.text.Flags.CheckpointFile)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.verifyAudit(cmd.Context(), files) }
	return cmd
}

func (a *app) verifyAudit(ctx context.Context, files []string) error {
	kept, err := a.keptCheckpoints(ctx, files)
	if err != nil {
		return err
	}
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	report, err := admin.VerifyAudit(ctx, by, kept...)
	if err != nil {
		return err
	}
	if !report.OK() {
		return a.auditBroken(report)
	}
	signed := report.Checkpoints
	doc := auditDoc{Chains: []chainDoc{}, Checkpoints: checkpointsDoc{signed.Count, signed.Kept, signed.Last, timeDoc(signed.LastAt)}}
	var rows [][]string
	for _, c := range report.Chains {
		doc.Chains = append(doc.Chains, chainDoc{c.ContractID, c.Rows, c.Signed})
		rows = append(rows, []string{a.chainName(c), strconv.FormatInt(c.Rows, 10), strconv.FormatInt(c.Signed, 10), a.text.Output.AuditHolds})
	}
	return a.show(doc, func(p *page) {
		t := a.text.Output
		p.table([]string{t.Columns.Chain, t.Columns.Rows, a.text.Operate.Signed, t.Columns.Result}, rows)
		p.lines("")
		a.auditBlind(p, signed)
	})
}

// auditBlind says what was not seen.
func (a *app) auditBlind(p *page, signed api.CheckpointReport) {
	t := a.text.Operate
	if signed.Last == 0 {
		p.lines(t.NoCheckpoints)
		return
	}
	p.lines(i18n.Fill(t.Checkpoints, "count", strconv.Itoa(signed.Count),
		"number", strconv.FormatInt(signed.Last, 10), "time", a.time(signed.LastAt)))
	if signed.Kept == 0 {
		p.lines(t.CheckpointsIn)
	}
}

// auditBroken names each chain and each checkpoint that does not hold.
func (a *app) auditBroken(report api.AuditReport) error {
	p := a.text.Errors.Codes[string(api.AuditBroken)]
	for _, c := range report.Chains {
		if c.Broken == 0 {
			continue
		}
		reason := cmp.Or(a.text.Output.Reasons[c.Reason], c.Reason)
		if c.Checkpoint != 0 {
			reason += a.text.Output.Comma + i18n.Fill(a.text.Operate.ByCheckpoint, "number", strconv.FormatInt(c.Checkpoint, 10))
		}
		p.Message = i18n.Sentences(p.Message, i18n.Fill(a.text.Output.AuditChainBroken,
			"chain", a.chainName(c), "row", strconv.FormatInt(c.Broken, 10), "reason", reason))
	}
	for _, c := range report.Checkpoints.Broken {
		sentences := a.text.Operate.BrokenCheckpoints
		if c.Kept {
			sentences = a.text.Operate.BrokenKept
		}
		p.Message = i18n.Sentences(p.Message, i18n.Fill(sentences[c.Reason], "number", strconv.FormatInt(c.Number, 10)))
	}
	return &refusal{code: api.AuditBroken, problem: p}
}

func (a *app) chainName(c api.AuditChain) string {
	if c.ContractID == "" {
		return a.text.Output.AuditOperator
	}
	return c.ContractID
}
