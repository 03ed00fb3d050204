package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// issuedDoc is what `certctl ca certs list` shows.
type issuedDoc struct {
	Certificates []issuedRowDoc `json:"certificates"`
}

// issuedRowDoc is a certificate as the backend knows it.
type issuedRowDoc struct {
	Serial     string  `json:"serial"`
	ContractID string  `json:"contract_id"`
	UserID     string  `json:"user_id"`
	Name       string  `json:"name"`
	State      string  `json:"state"` // good, revoked, signing or expired
	NotBefore  timeDoc `json:"not_before"`
	NotAfter   timeDoc `json:"not_after"`
	Created    timeDoc `json:"created"`
	Superseded timeDoc `json:"superseded"`
	Revoked    timeDoc `json:"revoked"`
	Reason     string  `json:"reason"`
	PEM        string  `json:"pem,omitempty"`
}

func newCACerts(a *app) *cobra.Command {
	return a.group("certs", a.text.Commands.CACerts, newCACertsList(a), newCACertsShow(a))
}

func certStates() []string { return []string{"good", "revoked", "expired", "signing"} }

func newCACertsList(a *app) *cobra.Command {
	var f api.CertificateFilter
	cmd := a.command("list", a.text.Commands.CACertsList)
	usage := a.text.Flags
	cmd.Flags().StringVar(&f.ContractID, "contract-id", "", usage.ContractFilter)
	cmd.Flags().StringVar(&f.State, "state", "", usage.CertState)
	cmd.Flags().StringVar(&f.After, "after", "", usage.CertAfter)
	cmd.Flags().IntVar(&f.Limit, "limit", 100, usage.CertLimit)
	completeWords(cmd, "state", certStates())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f.State != "" && !slices.Contains(certStates(), f.State) {
			return a.badValue(cmd, "--state", f.State, oneOf(a, certStates()))
		}
		if f.Limit < 1 {
			return a.usage(i18n.Fill(a.text.Errors.BadFlag, "flag", "--limit", "value", cmd.Flag("limit").Value.String()), a.seeHelp(cmd))
		}
		return a.listIssued(cmd.Context(), f)
	}
	return cmd
}

func (a *app) listIssued(ctx context.Context, f api.CertificateFilter) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	records, err := admin.Certificates(ctx, by, f)
	if err != nil {
		return err
	}
	doc := issuedDoc{Certificates: []issuedRowDoc{}}
	for _, r := range records {
		doc.Certificates = append(doc.Certificates, a.issuedRow(r))
	}
	return a.show(doc, func(p *page) {
		if len(records) == 0 {
			a.say(a.text.Publish.NoCertificates)
			return
		}
		c := a.text.Output.Columns
		var rows [][]string
		for _, r := range doc.Certificates {
			rows = append(rows, []string{r.Serial, r.UserID, a.issuedState(r.State), a.time(time.Time(r.NotAfter))})
		}
		p.table([]string{a.text.Output.Labels.Serial, c.User, c.State, c.NotAfter}, rows)
		if len(records) == f.Limit {
			a.say(i18n.Fill(a.text.Publish.More, "serial", records[len(records)-1].Serial))
		}
	})
}

func (a *app) issuedRow(r api.CertificateRecord) issuedRowDoc {
	state := string(r.State)
	if r.State == api.CertificateGood && a.process.now().After(r.NotAfter) {
		state = "expired"
	}
	return issuedRowDoc{
		Serial: r.Serial, ContractID: r.User.ContractID, UserID: r.User.UserID, Name: r.Name, State: state,
		NotBefore: timeDoc(r.NotBefore), NotAfter: timeDoc(r.NotAfter), Created: timeDoc(r.Created),
		Superseded: timeDoc(r.Superseded), Revoked: timeDoc(r.Revoked), Reason: string(r.Reason),
	}
}

func (a *app) issuedState(state string) string {
	if state == "expired" {
		return a.text.Publish.Expired
	}
	return a.text.Output.States[state]
}

func newCACertsShow(a *app) *cobra.Command {
	var asPEM bool
	cmd := a.command("show", a.text.Commands.CACertsShow, "SERIAL")
	cmd.Flags().BoolVar(&asPEM, "pem", false, a.text.Flags.CertPEM)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return a.showIssued(cmd.Context(), args[0], asPEM) }
	return cmd
}

func (a *app) showIssued(ctx context.Context, serial string, asPEM bool) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	record, err := admin.Certificate(ctx, by, serial)
	if err != nil {
		return err
	}
	doc := a.issuedRow(record)
	if asPEM && record.DER != nil {
		doc.PEM = pemText(record.DER)
	}
	t, l := a.text.Publish, a.text.Output.Labels
	return a.show(doc, func(p *page) {
		if asPEM {
			p.WriteString(doc.PEM)
			return
		}
		p.fields(
			field{l.Serial, doc.Serial},
			field{l.Contract, doc.ContractID},
			field{l.User, doc.UserID},
			field{l.Name, doc.Name},
			field{l.State, a.issuedState(doc.State)},
			field{l.NotBefore, a.time(record.NotBefore)},
			field{l.NotAfter, a.time(record.NotAfter)},
			field{t.Superseded, a.time(record.Superseded)},
			field{t.Revoked, a.time(record.Revoked)},
			field{t.Reason, t.Reasons[doc.Reason]},
		)
	})
}
