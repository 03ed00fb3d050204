package cli

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/wallet"
)

// crlsDoc is what `certctl ca crl` shows.
type crlsDoc struct {
	CRLs []crlDoc `json:"crls"`
}

type crlDoc struct {
	Authority  string  `json:"ca"`
	Issuer     string  `json:"issuer"`
	Number     int64   `json:"number"`
	ThisUpdate timeDoc `json:"this_update"`
	NextUpdate timeDoc `json:"next_update"`
	Entries    int     `json:"entries"`
	File       string  `json:"file"`          // empty: in PEM
	PEM        string  `json:"pem,omitempty"` // where there is no file
}

// defaultNextUpdate is longer than a week between two runs of cron.
const defaultNextUpdate = "8d"

type caCRLOptions struct {
	app       *app
	authority string
	der       bool
	out       string
	valid     string
}

func newCACRL(a *app) *cobra.Command {
	o := &caCRLOptions{app: a}
	cmd := a.command("crl", a.text.Commands.CACRL)
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.authority, "ca", "", usage.Authority)
	cmd.Flags().BoolVar(&o.der, "der", false, usage.DER)
	cmd.Flags().StringVar(&o.out, "out", "", usage.Out)
	cmd.Flags().StringVar(&o.valid, "next-update", defaultNextUpdate, usage.NextUpdate)
	completeWords(cmd, "ca", crlAuthorities())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.authority != "" && !slices.Contains(crlAuthorities(), o.authority) {
			return a.badValue(cmd, "--ca", o.authority, oneOf(a, crlAuthorities()))
		}
		if o.der && (o.authority == "" || a.json && o.out == "") {
			return a.usage(i18n.Fill(a.text.Errors.NeedsFlag, "flag", "--der", "needs", "--ca, --out"), a.seeHelp(cmd))
		}
		valid, err := parseDuration(o.valid)
		if err != nil || valid <= 0 {
			return a.badValue(cmd, "--next-update", o.valid, a.text.Errors.WantDuration)
		}
		return o.run(cmd.Context(), valid)
	}
	return cmd
}

func crlAuthorities() []string { return []string{"root", "issuing"} }

func (o *caCRLOptions) run(ctx context.Context, valid time.Duration) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	lists, err := admin.CRLs(ctx, by, valid)
	if err != nil {
		return err
	}
	doc := crlsDoc{CRLs: []crlDoc{}}
	var text []byte
	for _, crl := range lists {
		if o.authority != "" && crl.Authority != o.authority || o.der && len(text) > 0 {
			continue
		}
		row, err := newCRLDoc(crl)
		if err != nil {
			return err
		}
		part := crl.DER
		if !o.der {
			part = pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: crl.DER})
		}
		if row.File = o.out; o.out == "" && a.json {
			row.PEM = string(part)
		}
		text = append(text, part...)
		doc.CRLs = append(doc.CRLs, row)
	}
	if o.out == "" {
		return a.show(doc, func(p *page) { p.Write(text) })
	}
	if err := a.writePublicFile(o.out, text); err != nil {
		return a.badFile(o.out, fmt.Errorf("write: %w", err))
	}
	return a.show(doc, func(p *page) { o.fill(p, doc) })
}

func newCRLDoc(crl api.CRL) (crlDoc, error) {
	issuer, err := x509.ParseCertificate(crl.Issuer)
	if err != nil {
		return crlDoc{}, fmt.Errorf("read the authority: %w", err)
	}
	return crlDoc{
		Authority: crl.Authority, Issuer: wallet.DistinguishedName(issuer.RawSubject), Number: crl.Number,
		ThisUpdate: timeDoc(crl.ThisUpdate), NextUpdate: timeDoc(crl.NextUpdate), Entries: crl.Entries,
	}, nil
}

func (o *caCRLOptions) fill(p *page, doc crlsDoc) {
	a, t := o.app, o.app.text.Publish
	p.lines(i18n.Fill(t.Written, "file", o.out))
	for _, row := range doc.CRLs {
		p.lines("")
		p.fields(
			field{a.text.Output.Labels.Issuer, row.Issuer},
			field{t.Number, strconv.FormatInt(row.Number, 10)},
			field{t.Entries, strconv.Itoa(row.Entries)},
			field{t.ThisUpdate, a.time(time.Time(row.ThisUpdate))},
			field{t.NextUpdate, a.time(time.Time(row.NextUpdate))},
		)
	}
}
