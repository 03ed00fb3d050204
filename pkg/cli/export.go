package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
	"certctl/pkg/wallet"
)

// exportDoc is what `certctl export` shows.
type exportDoc struct {
	Name   string        `json:"name"`
	File   string        `json:"file"`
	Format wallet.Format `json:"format"`
}

type exportOptions struct {
	app          *app
	name         string
	out          string
	format       string
	legacy       bool
	reader       string
	force        bool
	passwordFile string
}

func newExport(a *app) *cobra.Command {
	o := &exportOptions{app: a}
	cmd := a.command("export", a.text.Commands.Export, "NAME")
	cmd.ValidArgsFunction = a.completeName
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.out, "out", "", usage.Out)
	cmd.Flags().StringVar(&o.format, "format", string(wallet.FormatPKCS12), usage.Format)
	cmd.Flags().StringVar(&o.passwordFile, "password-file", "", usage.PasswordFile)
	cmd.Flags().BoolVar(&o.legacy, "legacy", false, usage.Legacy)
	cmd.Flags().BoolVar(&o.force, "force", false, usage.Force)
	cmd.Flags().StringVar(&o.reader, "for", "", usage.For)
	completeWords(cmd, "format", formats())
	completeWords(cmd, "for", wallet.Readers())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		if err := o.check(cmd); err != nil {
			return err
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func formats() []wallet.Format { return []wallet.Format{wallet.FormatPKCS12, wallet.FormatPEM} }

// check refuses flags that are missing, mean nothing, or contradict each other.
func (o *exportOptions) check(cmd *cobra.Command) error {
	a, e := o.app, o.app.text.Errors
	pem := o.format == string(wallet.FormatPEM)
	switch {
	case o.out == "":
		return a.usage(i18n.Fill(e.MissingFlag, "flag", "--out"), a.seeHelp(cmd))
	case o.out == "-":
		return a.badValue(cmd, "--out", o.out, e.WantFile)
	case !pem && o.format != string(wallet.FormatPKCS12):
		return a.badValue(cmd, "--format", o.format, oneOf(a, []string{"p12", "pem"}))
	case o.reader != "" && !slices.Contains(wallet.Readers(), wallet.Reader(o.reader)):
		return a.badValue(cmd, "--for", o.reader, oneOf(a, wallet.Readers()))
	case pem && o.reader != "" && o.reader != string(wallet.ReaderOpenSSL):
		return a.usage(i18n.Fill(e.FlagsTogether, "flags", "--format pem, --for "+o.reader), a.seeHelp(cmd))
	case pem && o.legacy:
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--legacy", "needs", "--format p12"), a.seeHelp(cmd))
	case pem && o.passwordFile != "":
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--password-file", "needs", "--format p12"), a.seeHelp(cmd))
	}
	return nil
}

func (o *exportOptions) run(ctx context.Context) error {
	a := o.app
	w, _, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	if err := o.checkOut(); err != nil {
		return err // before a password is asked for
	}
	options, err := o.options(e)
	if err != nil {
		return err
	}
	if options.Format == wallet.FormatPKCS12 {
		password, err := o.password(ctx)
		if err != nil {
			return err
		}
		if !takenEverywhere(string(password)) {
			return a.usage(a.text.Errors.BadPassword, a.text.Errors.BadPasswordHint)
		}
		options.Password = string(password)
	}
	bundle, err := w.Bundle(ctx, e.Name)
	if err != nil {
		return err
	}
	data, err := bundle.Export(options)
	if err != nil {
		return fmt.Errorf("export %s: %w", e.Name, err)
	}
	if err := o.write(data); err != nil {
		return err
	}
	doc := exportDoc{Name: e.Name, File: o.out, Format: options.Format}
	return a.show(doc, func(p *page) {
		p.lines(i18n.Fill(a.text.Output.Exported, "name", e.Name, "file", quote(o.out)))
		if options.Format == wallet.FormatPEM {
			p.lines(i18n.Fill(a.text.Output.ExportedOpenKey, "file", quote(o.out)))
		}
		if command := o.opener(); command != "" {
			p.lines(a.text.Output.Place.Readers + "\n  " + command)
		}
	})
}

// options says how the file is written: as the flags have it, within what its
// reader opens.
func (o *exportOptions) options(e wallet.Entry) (wallet.ExportOptions, error) {
	options := wallet.ExportOptions{Format: wallet.Format(o.format), Legacy: o.legacy}
	if o.reader == "" || options.Format == wallet.FormatPEM {
		return options, nil
	}
	options, err := wallet.Reader(o.reader).Options(e.KeyType)
	if errors.Is(err, wallet.ErrKeyType) {
		p := o.app.text.Errors.Place.NotFor
		p.Message = i18n.Fill(p.Message, "reader", o.reader, "type", e.KeyType)
		return options, &refusal{code: api.Usage, problem: p, err: err}
	}
	options.Legacy = options.Legacy || o.legacy
	return options, err
}

// opener is the command by which the reader takes the file; empty where it is
// for none in particular.
func (o *exportOptions) opener() string {
	file := quote(o.out)
	if o.format == string(wallet.FormatPEM) {
		return ""
	}
	return map[wallet.Reader]string{
		wallet.ReaderOpenSSL: "openssl pkcs12 -in " + file + " -noout -info",
		wallet.ReaderNSS:     "pk12util -i " + file + " -d sql:$HOME/.pki/nssdb",
		wallet.ReaderWindows: "certutil -user -importpfx " + file,
		wallet.ReaderMacOS:   "security import " + file + " -k ~/Library/Keychains/login.keychain-db",
		wallet.ReaderJava:    "keytool -list -v -storetype PKCS12 -keystore " + file,
	}[wallet.Reader(o.reader)]
}

// checkOut refuses what cannot be written, or only over something.
func (o *exportOptions) checkOut() error {
	if info, err := os.Stat(o.out); err == nil && info.IsDir() {
		return o.app.badFile(o.out, syscall.EISDIR)
	}
	if _, err := os.Lstat(o.out); err == nil && !o.force {
		return o.app.fileExists(o.out)
	}
	return nil
}

// takenEverywhere tells whether a password can be typed into other programs:
// PKCS#12 encodes it as a BMPString (RFC 7292 B.1).
func takenEverywhere(password string) bool {
	return utf8.ValidString(password) && !strings.ContainsFunc(password, func(r rune) bool {
		return unicode.IsControl(r) || r > 0xffff
	})
}

// write writes the file; over one that is there only where that was asked for.
func (o *exportOptions) write(data []byte) error {
	if !o.force {
		return o.app.writeNewFile(o.out, data)
	}
	if err := o.app.writeFile(o.out, data, replaceExisting); err != nil {
		return o.app.badFile(o.out, err)
	}
	return nil
}

// password returns the password that the file is to have: there is no default
// one.
func (o *exportOptions) password(ctx context.Context) (api.Secret, error) {
	a := o.app
	if o.passwordFile == "" {
		o.passwordFile = a.process.getenv("CERTCTL_PASSWORD_FILE")
	}
	if o.passwordFile != "" {
		return a.readSecret(ctx, o.passwordFile)
	}
	if !a.interactive() {
		return "", a.noInputFor(a.text.Errors.ThePassword, "--password-file", "CERTCTL_PASSWORD_FILE")
	}
	asker, err := a.asker()
	if err != nil {
		return "", err
	}
	return asker.NewPassword(ctx, prompt.ForExport)
}
