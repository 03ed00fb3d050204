package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/prompt"
)

// passphraseVariable names a file with the passphrase of a backup.
const passphraseVariable = "CERTCTL_PASSPHRASE_FILE"

// backupDoc is what `certctl ca backup` shows.
type backupDoc struct {
	File         string  `json:"file"`
	DeploymentID string  `json:"deployment_id"`
	Taken        timeDoc `json:"taken_at"`
	Rows         int64   `json:"rows"`
	Root         string  `json:"root_fingerprint_sha256"`
}

type caBackupOptions struct {
	app            *app
	file           string
	passphraseFile string
	recipients     []string
}

func newCABackup(a *app) *cobra.Command {
	o := &caBackupOptions{app: a}
	cmd := a.command("backup", a.text.Commands.CABackup, "FILE")
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.passphraseFile, "passphrase-file", "", usage.PassphraseFile)
	cmd.Flags().StringArrayVar(&o.recipients, "recipient", nil, usage.Recipient)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.file = args[0]
		e := a.text.Errors
		switch {
		case o.file == "-":
			return a.badValue(cmd, "FILE", o.file, e.WantFile)
		case o.passphraseFile != "" && len(o.recipients) > 0:
			return a.usage(i18n.Fill(e.FlagsTogether, "flags", "--passphrase-file, --recipient"), a.seeHelp(cmd))
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *caBackupOptions) run(ctx context.Context) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(o.file); err == nil {
		return a.fileExists(o.file) // before a passphrase is asked for
	}
	lock := api.BackupLock{Recipients: o.recipients}
	if len(o.recipients) == 0 {
		if lock.Passphrase, err = o.passphrase(ctx); err != nil {
			return err
		}
	}
	var made api.Backup
	err = a.writeFileBy(o.file, refuseExisting, func(w io.Writer) (err error) {
		made, err = admin.Backup(ctx, by, w, lock)
		return err
	})
	if err != nil {
		return a.unwritten(o.file, err)
	}
	doc := backupDoc{o.file, made.DeploymentID, timeDoc(made.Taken), made.Rows, rootFingerprint(made)}
	return a.show(doc, func(p *page) {
		t := a.text.Backup
		p.lines(i18n.Fill(t.Written, "file", quote(o.file)))
		p.lines("")
		p.fields(
			field{a.text.Output.Labels.Backend, made.DeploymentID},
			field{t.Taken, a.time(made.Taken)},
			field{t.Rows, strconv.FormatInt(made.Rows, 10)},
			field{t.Root, doc.Root},
		)
		p.lines("")
		p.lines(t.WrittenNext)
	})
}

// rootFingerprint is what tells whose a backup is, as `certctl ca show` has it.
func rootFingerprint(b api.Backup) string {
	sum := sha256.Sum256(b.Root)
	return hex.EncodeToString(sum[:])
}

// passphrase returns the passphrase that the backup is to have.
func (o *caBackupOptions) passphrase(ctx context.Context) (api.Secret, error) {
	a := o.app
	if file := cmp.Or(o.passphraseFile, a.process.getenv(passphraseVariable)); file != "" {
		return a.readSecret(ctx, file)
	}
	if !a.interactive() {
		return "", a.noInputFor(a.text.Backup.ThePassphrase, "--passphrase-file", passphraseVariable)
	}
	asker, err := a.asker()
	if err != nil {
		return "", err
	}
	return asker.NewPassword(ctx, prompt.ForBackup)
}

// unwritten words why a file was not written by what should have filled it: the
// file's own errors, or those of what was to be in it.
func (a *app) unwritten(name string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return a.fileExists(name)
	}
	path, link := (*fs.PathError)(nil), (*os.LinkError)(nil)
	if refused := (*api.Error)(nil); !errors.As(err, &refused) && (errors.As(err, &path) || errors.As(err, &link)) {
		return a.badFile(name, fmt.Errorf("write: %w", err))
	}
	return err
}
