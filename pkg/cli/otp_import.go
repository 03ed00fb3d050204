package cli

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/inventory"
	"certctl/pkg/otp"
)

// importedDoc is what `certctl otp import` shows.
type importedDoc struct {
	File   string `json:"file"`
	Tokens int    `json:"tokens"`
	Added  int    `json:"added"`
	DryRun bool   `json:"dry_run"`
}

// shownFaults is how many faults of a file are told: whoever made it mends them by
// the dozen or not at all.
const shownFaults = 20

type otpImportOptions struct {
	app          *app
	file         string
	contract     string
	keyFile      string
	passwordFile string
	dryRun       bool
}

func newOTPImport(a *app) *cobra.Command {
	o := &otpImportOptions{app: a}
	cmd := a.command("import", a.text.Commands.OTPImport, "FILE")
	cmd.ValidArgsFunction = nil // files
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.contract, "contract-id", "", usage.ContractID)
	cmd.Flags().StringVar(&o.keyFile, "key-file", "", usage.KeyFile)
	cmd.Flags().StringVar(&o.passwordFile, "password-file", "", usage.PasswordFile)
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, usage.DryRun)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.file = args[0]
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *otpImportOptions) run(ctx context.Context) error {
	a, t := o.app, o.app.text.Output.Token
	tokens, err := o.read(ctx)
	if err != nil {
		return err
	}
	doc := importedDoc{File: o.file, Tokens: len(tokens), DryRun: o.dryRun}
	said := i18n.Fill(t.ImportDry, "count", strconv.Itoa(doc.Tokens))
	if !o.dryRun {
		admin, by, err := a.admin(ctx)
		if err != nil {
			return err
		}
		if doc.Added, err = admin.ImportTokens(ctx, by, o.contract, tokens); err != nil {
			return err
		}
		said = i18n.Fill(t.Imported, "added", strconv.Itoa(doc.Added), "count", strconv.Itoa(doc.Tokens))
	}
	return a.show(doc, func(p *page) { p.lines(said) })
}

// read reads the whole file and checks all of it.
func (o *otpImportOptions) read(ctx context.Context) ([]api.InventoryToken, error) {
	a := o.app
	keys, err := o.keys(ctx)
	if err != nil {
		return nil, err
	}
	file, err := os.ReadFile(o.file)
	if err != nil {
		return nil, a.badFile(o.file, err)
	}
	found, err := inventory.Read(file, keys)
	if err != nil {
		return nil, o.bad(inventory.Faults(err), err)
	}
	tokens := make([]api.InventoryToken, len(found))
	var faults []*inventory.Fault
	for n, t := range found {
		if _, err := api.TokenSerial(t.Serial); err != nil {
			faults = append(faults, &inventory.Fault{Serial: t.Serial, Cause: inventory.Serial})
		}
		if t.Starts.After(a.process.now()) {
			faults = append(faults, &inventory.Fault{Serial: t.Serial, Cause: inventory.Policy})
		}
		tokens[n] = inventoryToken(t)
	}
	if len(faults) > 0 {
		return nil, o.bad(faults, nil)
	}
	return tokens, nil
}

func inventoryToken(t inventory.Token) api.InventoryToken {
	kind := api.TOTP
	if t.Params.Counter {
		kind = api.HOTP
	}
	return api.InventoryToken{
		Serial:  t.Serial,
		Params:  api.TokenParams{Type: kind, Digits: t.Params.Digits, Period: t.Params.Period, Algorithm: string(t.Params.Algorithm)},
		Secret:  api.Secret(otp.EncodeSecret(t.Secret)),
		Counter: t.Counter,
		Expires: t.Expires,
	}
}

// keys reads what opens an encrypted file.
func (o *otpImportOptions) keys(ctx context.Context) (keys inventory.Keys, err error) {
	a := o.app
	if o.keyFile != "" {
		text, err := a.readSecret(ctx, o.keyFile)
		if err != nil {
			return keys, err
		}
		if keys.PreShared, err = hex.DecodeString(strings.Join(strings.Fields(string(text)), "")); err != nil {
			return keys, a.badFile(o.keyFile, errors.New(a.text.Output.Token.Faults[string(inventory.Key)]))
		}
	}
	if o.passwordFile == "" {
		o.passwordFile = a.process.getenv("CERTCTL_PASSWORD_FILE")
	}
	if o.passwordFile != "" {
		password, err := a.readSecret(ctx, o.passwordFile)
		if err != nil {
			return keys, err
		}
		keys.Password = string(password)
	}
	return keys, nil
}

// bad refuses a file, and says of each token what is wrong with it.
func (o *otpImportOptions) bad(faults []*inventory.Fault, err error) error {
	a, t := o.app, o.app.text.Output.Token
	message := []string{i18n.Fill(t.BadInventory, "file", quote(o.file), "count", strconv.Itoa(len(faults)))}
	for n, f := range faults {
		if n == shownFaults {
			message = append(message, "  "+i18n.Fill(t.MoreFaults, "count", strconv.Itoa(len(faults)-n)))
			break
		}
		message = append(message, "  "+a.faultLine(f))
	}
	return &refusal{code: api.Usage, problem: i18n.Problem{Message: strings.Join(message, "\n"), Hint: t.BadInventoryHint}, err: err}
}

// faultLine says what is wrong, and where.
func (a *app) faultLine(f *inventory.Fault) string {
	t := a.text.Output.Token
	fault := t.Faults[string(f.Cause)]
	switch {
	case f.Line > 0:
		return i18n.Fill(t.FaultLine, "line", strconv.Itoa(f.Line), "fault", fault)
	case f.Serial != "":
		return i18n.Fill(t.FaultKey, "serial", quote(f.Serial), "fault", fault)
	}
	return i18n.Fill(t.FaultFile, "fault", fault)
}
