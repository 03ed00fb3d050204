package cli

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/backup"
	"certctl/pkg/i18n"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

// restoreDoc is what `certctl ca restore` shows.
type restoreDoc struct {
	DeploymentID  string  `json:"deployment_id"`
	Taken         timeDoc `json:"taken_at"` // what happened later is not in the backup
	Restored      timeDoc `json:"restored_at"`
	Rows          int64   `json:"rows"`
	Root          string  `json:"root_fingerprint_sha256"`
	SealedBy      string  `json:"sealed_by"`
	ClockTokens   int64   `json:"clock_tokens"`
	CodesFrom     timeDoc `json:"codes_from"` // null: there are none
	CounterTokens int64   `json:"tokens_to_resync"`
	Slots         int64   `json:"slots_to_reissue"`
	CRLNumbers    int64   `json:"crl_numbers_skipped"`
}

type caRestoreOptions struct {
	app            *app
	file           string
	passphraseFile string
	identity       string
}

func newCARestore(a *app) *cobra.Command {
	o := &caRestoreOptions{app: a}
	cmd := a.command("restore", a.text.Commands.CARestore, "FILE")
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.passphraseFile, "passphrase-file", "", usage.PassphraseFile)
	cmd.Flags().StringVar(&o.identity, "identity", "", usage.Identity)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.file = args[0]
		if o.passphraseFile != "" && o.identity != "" {
			return a.usage(i18n.Fill(a.text.Errors.FlagsTogether, "flags", "--passphrase-file, --identity"), a.seeHelp(cmd))
		}
		return o.run(cmd.Context())
	}
	return cmd
}

// run opens the backup before it makes a database. The sealing key is put into
// its place when all of the backup was good, and before the records are: a run
// that was cut off is repeated as it was.
func (o *caRestoreOptions) run(ctx context.Context) error {
	a := o.app
	config, where, err := a.newBackend(ctx)
	if err != nil {
		return err
	}
	file, err := os.Open(o.file)
	if err != nil {
		return a.badFile(o.file, err)
	}
	defer file.Close()
	b, err := o.open(ctx, file)
	if err != nil {
		return err
	}
	st, err := a.store(ctx, store.Options{Create: true})
	if err != nil {
		return err
	}
	keep := func(key []byte) error { return a.keepSealingKey(ctx, where, key) }
	r, err := issuer.Restore(ctx, st, b, config, operator(), keep)
	if err != nil {
		return err
	}
	return a.show(newRestoreDoc(r, where), func(p *page) { a.showRestored(p, r, where) })
}

// open opens the backup, with a passphrase that is asked for as often as it takes
// where none is given.
func (o *caRestoreOptions) open(ctx context.Context, file *os.File) (*backup.Reader, error) {
	a := o.app
	if o.identity != "" {
		const limit = 1 << 16 // bytes; an identity has some seventy
		identities, err := a.readData(ctx, o.identity, limit, a.text.Errors.Place.TooBig)
		if err != nil {
			return nil, err
		}
		return issuer.OpenBackup(file, "", bytes.NewReader(identities))
	}
	open := func(passphrase api.Secret) (*backup.Reader, error) {
		return await(ctx, func() (*backup.Reader, error) { return issuer.OpenBackup(file, passphrase, nil) })
	}
	if name := cmp.Or(o.passphraseFile, a.process.getenv(passphraseVariable)); name != "" {
		passphrase, err := a.readSecret(ctx, name)
		if err != nil {
			return nil, err
		}
		return open(passphrase)
	}
	if !a.interactive() {
		return nil, a.noInputFor(a.text.Backup.ThePassphrase, "--passphrase-file", passphraseVariable)
	}
	return openAsking(ctx, a, o.file, open)
}

// keepSealingKey puts the sealing key of a backup into its place, unless it is
// there, and writes down where that is. Another key is not written over.
func (a *app) keepSealingKey(ctx context.Context, where place, raw []byte) error {
	key, err := a.placeSealingKey(ctx, where, raw)
	if err != nil {
		return err
	}
	if !bytes.Equal(key.Bytes(), raw) {
		p := a.text.Backup.AnotherKey
		p.Message = i18n.Fill(p.Message, "place", quote(where.String()))
		return &refusal{code: api.Exists, problem: p}
	}
	return a.writeSetting("sealed_by", where.String())
}

func newRestoreDoc(r api.Restored, where place) restoreDoc {
	return restoreDoc{
		DeploymentID: r.DeploymentID, Taken: timeDoc(r.Taken), Restored: timeDoc(r.At), Rows: r.Rows, Root: rootFingerprint(r.Backup), SealedBy: where.String(),
		ClockTokens: r.ClockTokens, CodesFrom: timeDoc(r.CodesFrom), CounterTokens: r.CounterTokens,
		Slots: r.Slots, CRLNumbers: r.CRLNumbers,
	}
}

// showRestored tells what is there again, what was made void, and what nobody
// knows.
func (a *app) showRestored(p *page, r api.Restored, where place) {
	t := a.text.Backup
	taken := a.time(r.Taken)
	p.lines(i18n.Fill(t.Restored, "time", taken))
	p.lines("")
	p.fields(
		field{a.text.Output.Labels.Backend, r.DeploymentID},
		field{t.Rows, strconv.FormatInt(r.Rows, 10)},
		field{t.Root, rootFingerprint(r.Backup)},
		field{t.At, a.time(r.At)},
		field{a.text.Output.Labels.SealedBy, where.String()},
	)
	p.lines("")
	p.lines(t.Void)
	for _, void := range []struct {
		count int64
		text  string
	}{
		{r.ClockTokens, i18n.Fill(t.VoidClock, "time", a.time(r.CodesFrom))},
		{r.CounterTokens, t.VoidCounter},
		{r.Slots, t.VoidSlots},
	} {
		if void.count > 0 {
			p.hang("- ", i18n.Fill(void.text, "count", strconv.FormatInt(void.count, 10)), p.width)
		}
	}
	p.hang("- ", t.VoidRest, p.width)
	p.lines("")
	p.lines(i18n.Fill(t.Unknown, "time", taken))
	for _, unknown := range []string{t.UnknownRevoked, t.UnknownIssued, t.UnknownChanged} {
		p.hang("- ", unknown, p.width)
	}
	p.lines("")
	p.lines(t.RestoredNext)
}
