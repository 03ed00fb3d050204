package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// auditLogDoc is what `certctl audit list` shows.
type auditLogDoc struct {
	Rows []auditRowDoc `json:"rows"`
}

// auditRowDoc is a row of the audit log; in an export, a line.
type auditRowDoc struct {
	ContractID string  `json:"contract_id"` // empty: the operator's chain
	Row        int64   `json:"row"`
	At         timeDoc `json:"at"`
	Actor      string  `json:"actor"`
	Action     string  `json:"action"`
	UserID     string  `json:"user_id"`
	Outcome    string  `json:"outcome"`
	Serial     string  `json:"serial"`
	Why        string  `json:"why"`
	Token      string  `json:"token"`
	MAC        string  `json:"mac"`
}

// auditExportDoc is what `certctl audit export` shows.
type auditExportDoc struct {
	File string `json:"file"`
	Rows int    `json:"rows"`
}

func newAuditRowDoc(e api.AuditEntry) auditRowDoc {
	return auditRowDoc{
		ContractID: e.ContractID, Row: e.Seq, At: timeDoc(e.At), Actor: e.Actor, Action: e.Action,
		UserID: e.UserID, Outcome: e.Outcome, Serial: e.Serial, Why: e.Why, Token: e.Token, MAC: hex.EncodeToString(e.MAC),
	}
}

func newAuditList(a *app) *cobra.Command {
	var f api.AuditFilter
	var since string
	cmd := stream(a.command("list", a.text.Commands.AuditList))
	usage := a.text.Flags
	cmd.Flags().StringVar(&f.ContractID, "contract-id", "", usage.AuditContract)
	cmd.Flags().StringVar(&f.UserID, "user-id", "", usage.AuditUser)
	cmd.Flags().StringVar(&since, "since", "", usage.AuditSince)
	cmd.Flags().IntVar(&f.Limit, "limit", 100, usage.AuditLimit)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f.Limit < 1 {
			return a.usage(i18n.Fill(a.text.Errors.BadFlag, "flag", "--limit", "value", cmd.Flag("limit").Value.String()), a.seeHelp(cmd))
		}
		if since != "" {
			d, err := parseDuration(since)
			if err != nil || d <= 0 {
				return a.badValue(cmd, "--since", since, a.text.Errors.WantDuration)
			}
			f.Since = a.process.now().Add(-d)
		}
		return a.listAudit(cmd.Context(), f)
	}
	return cmd
}

func (a *app) listAudit(ctx context.Context, f api.AuditFilter) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	entries, err := admin.AuditLog(ctx, by, f)
	if err != nil {
		return err
	}
	if a.jsonl {
		return a.auditLines(entries)
	}
	doc := auditLogDoc{Rows: []auditRowDoc{}}
	var rows [][]string
	t := a.text.Operate
	for _, e := range entries {
		doc.Rows = append(doc.Rows, newAuditRowDoc(e))
		rows = append(rows, a.auditRow(e))
	}
	return a.show(doc, func(p *page) {
		if len(rows) == 0 {
			a.say(t.NoRows)
			return
		}
		p.table([]string{t.When, t.Who, t.Action, a.text.Output.Columns.Contract, t.Subject, t.Outcome}, rows, 5, 2, 1)
		if len(rows) == f.Limit {
			a.say(i18n.Fill(t.Earlier, "count", strconv.Itoa(f.Limit)))
		}
	})
}

// auditRow is a row of the audit log in a table. Commands, codes and what people
// wrote stay as they are in it; the log's other words are translated.
func (a *app) auditRow(e api.AuditEntry) []string {
	t := a.text.Operate
	actor := e.Actor
	if actor == "holder" {
		actor = t.Holder
	}
	action := cmp.Or(t.Actions[e.Action], e.Action)
	if e.Token != "" {
		tokens := strings.Split(e.Token, " -> ")
		for i, name := range tokens {
			if name == "software" {
				tokens[i] = t.Software
			}
		}
		action += " (" + strings.Join(tokens, " -> ") + ")"
	}
	outcome := e.Outcome
	if outcome == "ok" {
		outcome = t.Done
	}
	if e.Why != "" {
		outcome += " (" + a.auditWhy(e) + ")"
	}
	return []string{a.time(e.At), actor, action, e.ContractID, e.UserID, outcome}
}

// auditWhy is why an act was done. That of a revocation begins with the reason that
// relying parties are told, that of a token's end with its own.
func (a *app) auditWhy(e api.AuditEntry) string {
	var words map[string]string
	switch e.Action {
	case "user revoke":
		words = a.text.Publish.Reasons
	case "otp remove", "otp replace":
		words = a.text.Operate.TokenReasons
	}
	reason, rest, _ := strings.Cut(e.Why, ": ")
	if word := words[reason]; word != "" {
		return strings.TrimSuffix(word+": "+rest, ": ")
	}
	return e.Why
}

// auditLines shows rows as a stream.
func (a *app) auditLines(entries []api.AuditEntry) error {
	for _, e := range entries {
		if err := a.writeJSON(newAuditRowDoc(e)); err != nil {
			return err
		}
	}
	return nil
}

func newAuditExport(a *app) *cobra.Command {
	var contractID, out string
	cmd := stream(a.command("export", a.text.Commands.AuditExport))
	cmd.Flags().StringVar(&out, "out", "", a.text.Flags.Out)
	cmd.Flags().StringVar(&contractID, "contract-id", "", a.text.Flags.AuditContract)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if out == "" && a.jsonl {
			return a.streamAudit(cmd.Context(), contractID)
		}
		if out == "" {
			return a.usage(i18n.Fill(a.text.Errors.MissingFlag, "flag", "--out"), a.seeHelp(cmd))
		}
		return a.exportAudit(cmd.Context(), contractID, out)
	}
	return cmd
}

// streamAudit writes the rows to standard output.
func (a *app) streamAudit(ctx context.Context, contractID string) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(a.process.Out)
	err = admin.ExportAudit(ctx, by, contractID, func(e api.AuditEntry) error {
		return writeAuditLine(buffered, e)
	})
	if flushed := buffered.Flush(); err == nil && flushed != nil {
		return a.notShown(flushed)
	}
	return err
}

// writeAuditLine writes a row of an export.
func writeAuditLine(w io.Writer, e api.AuditEntry) error {
	line, err := encode(newAuditRowDoc(e), "")
	if err != nil {
		return err
	}
	_, err = w.Write(line)
	return err
}

func (a *app) exportAudit(ctx context.Context, contractID, out string) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	doc := auditExportDoc{File: out}
	var refused error // by the backend, not by the file
	err = a.writeFileBy(out, refuseExisting, func(w io.Writer) error {
		buffered := bufio.NewWriter(w)
		var unwritten error
		err := admin.ExportAudit(ctx, by, contractID, func(e api.AuditEntry) error {
			doc.Rows++
			unwritten = writeAuditLine(buffered, e)
			return unwritten
		})
		if unwritten == nil {
			refused = err
		}
		return errors.Join(err, buffered.Flush())
	})
	if errors.Is(err, fs.ErrExist) {
		return a.fileExists(out)
	}
	if refused != nil {
		return refused
	}
	if err != nil {
		return a.badFile(out, fmt.Errorf("write: %w", err))
	}
	return a.show(doc, func(p *page) {
		p.lines(i18n.Fill(a.text.Operate.Exported, "count", strconv.Itoa(doc.Rows), "file", out))
	})
}
