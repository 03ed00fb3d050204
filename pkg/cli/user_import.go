package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
	"certctl/pkg/roster"
)

type userImportOptions struct {
	app      *app
	list     string
	contract string
	result   string
	dryRun   bool
}

func newUserImport(a *app) *cobra.Command {
	o := &userImportOptions{app: a}
	cmd := a.command("import", a.text.Commands.UserImport, "FILE")
	cmd.ValidArgsFunction = nil // the shell completes files
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.contract, "contract-id", "", usage.ContractID)
	cmd.Flags().StringVar(&o.result, "result", "", usage.ImportResult)
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, usage.DryRun)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.list = args[0]
		switch {
		case o.result == "-":
			return a.usage(a.text.Roster.NoStdout, a.seeHelp(cmd))
		case o.result != "" || o.list == "-" && o.dryRun:
		case o.list == "-":
			return a.usage(a.text.Roster.NoStdin, a.seeHelp(cmd))
		default:
			o.result = strings.TrimSuffix(o.list, filepath.Ext(o.list)) + ".result.csv"
		}
		return o.run(cmd.Context())
	}
	return cmd
}

func (o *userImportOptions) run(ctx context.Context) error {
	a := o.app
	rows, err := o.read(ctx)
	if err != nil {
		return err
	}
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	i := userImport{userImportOptions: o, admin: admin, by: by, rows: rows}
	existed, err := i.judge(ctx)
	if err != nil {
		return err
	}
	if o.dryRun {
		return i.foresee()
	}
	if err := i.keep(existing(existed)); err != nil {
		return err
	}
	failed, stopped := i.addAll(ctx)
	// What became of them is kept however the run ends.
	if err := i.keep(replaceExisting); err != nil || stopped != nil {
		return o.cutShort(ctx, errors.Join(stopped, err))
	}
	doc := i.doc()
	if err := a.show(doc, func(p *page) { i.fill(p, doc) }); err != nil {
		return err
	}
	return a.worst(failed)
}

// userImport is an import on its way.
type userImport struct {
	*userImportOptions
	admin   api.Admin
	by      api.Actor
	rows    []roster.Row
	there   map[string]bool // the users that the contracts had before, by importKey
	entries []roster.Entry  // one for each row
	earlier map[string]bool // the users whom an earlier run has added, by importKey
}

// plan makes an entry for each user of the list: the one that an earlier run with
// the same result file has left, which it tells, or a new one.
func (i *userImport) plan(ctx context.Context) (existed bool, err error) {
	before := map[string]roster.Entry{}
	kept, existed, err := i.kept(ctx)
	if err != nil {
		return false, err
	}
	i.earlier = map[string]bool{}
	for _, e := range kept {
		before[importKey(e.Ref)] = e
		i.earlier[importKey(e.Ref)] = e.Outcome == roster.Added
	}
	for _, row := range i.rows {
		key := importKey(row.Ref)
		e, known := before[key]
		// The list may have been corrected since, where nobody can have been added.
		if !known || !e.Outcome.Done() && !i.there[key] && !planned(row, e) {
			e = newEntry(row)
		}
		delete(before, key)
		i.entries = append(i.entries, e)
	}
	if len(before) > 0 { // their secrets must not be lost
		return false, i.refuse(api.Exists, i.app.text.Roster.OtherList, i.result)
	}
	return existed, nil
}

// planned tells whether an entry gives a user what their row says.
func planned(row roster.Row, e roster.Entry) bool {
	return e.Serial == row.Serial && (e.Secret != "") == (row.OTP == roster.Software) && (e.PIN != "") == (row.OTP == roster.PIN)
}

// kept reads the result file of an earlier run, if there is one.
func (o *userImportOptions) kept(ctx context.Context) (entries []roster.Entry, existed bool, err error) {
	if o.result == "" {
		return nil, false, nil
	}
	info, err := os.Lstat(o.result)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err == nil && planted(info) {
		return nil, false, o.refuse(api.Exists, o.app.text.Roster.PlantedResult, o.result)
	}
	data, err := o.app.readData(ctx, o.result, 2*roster.MaxSize, o.app.text.Roster.TooBig)
	if err != nil {
		return nil, false, err
	}
	if entries, err = roster.Unmarshal(api.IDs{}, data); err != nil {
		return nil, false, o.refuse(api.Exists, o.app.text.Roster.OtherResult, o.result)
	}
	return entries, true, nil
}

// planted tells whether a file may be from somebody else: the secrets in it would
// be theirs. We make none that others may use, nor a link. Windows has no such
// bits; there the directory's ACL decides.
func planted(info fs.FileInfo) bool {
	return !info.Mode().IsRegular() || anothers(info) || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// importKey is the same for all spellings of a user.
func importKey(ref api.UserRef) string { return ref.ContractID + "/" + api.UserKey(ref.UserID) }

// newEntry plans a user, with the secret of what they are to prove themselves
// with where that is new.
func newEntry(row roster.Row) roster.Entry {
	e := roster.Entry{Ref: row.Ref, Outcome: roster.Planned, Serial: row.Serial, Key: api.NewKey()}
	switch row.OTP {
	case roster.Software:
		p := otp.DefaultParams()
		secret := p.NewSecret()
		e.Secret = api.Secret(otp.EncodeSecret(secret))
		e.URI = api.Secret(p.URI("certctl", row.Ref.ContractID+"/"+row.Ref.UserID, secret))
	case roster.PIN:
		e.PIN = api.Secret(otp.NewPIN())
	}
	return e
}

// keep writes the result file, whole.
func (i *userImport) keep(there existing) error {
	text, err := roster.Marshal(i.entries)
	if err != nil {
		return err
	}
	if there == refuseExisting {
		return i.app.writeNewFile(i.result, text)
	}
	if err := i.app.writeFile(i.result, text, there); err != nil {
		return i.app.badFile(i.result, fmt.Errorf("write: %w", err))
	}
	return nil
}

// addAll adds the users who are not done, one after another, and notes in entries
// what became of each. It stops at an error that another user would have too.
func (i *userImport) addAll(ctx context.Context) (failed []error, stopped error) {
	a := i.app
	progress := prompt.Progress{Out: a.process.Err, Lines: a.lines}
	stopped = progress.Count(ctx, a.text.Roster.Adding, len(i.rows), func(ctx context.Context, step func()) error {
		for n, row := range i.rows {
			err := i.add(ctx, row, &i.entries[n])
			if err != nil && !refused(err) {
				return err
			}
			if err != nil {
				failed = append(failed, err)
			}
			step()
		}
		return nil
	})
	return failed, stopped
}

// add adds one user, unless that is done. A user who was there before is none of
// this import's, and was told another secret.
func (i *userImport) add(ctx context.Context, row roster.Row, e *roster.Entry) error {
	if e.Outcome.Done() {
		return nil
	}
	user := api.NewUser{Ref: row.Ref, Name: row.Name, Emails: row.Email, Role: row.Role, PIN: e.PIN, Key: e.Key}
	switch {
	case e.Serial != "":
		user.Token = &api.NewToken{Serial: e.Serial}
	case e.Secret != "":
		user.Token = &api.NewToken{Params: api.DefaultTokenParams(), Secret: e.Secret}
	}
	u, err := i.admin.AddUser(ctx, i.by, user)
	switch {
	case err == nil:
		e.Outcome, e.AcquireBy = roster.Added, u.Deadline
	case tokenTaken(err) && !i.there[importKey(row.Ref)]:
		e.Outcome = roster.TokenTaken
	case api.CodeOf(err) == api.Exists:
		*e = roster.Entry{Ref: e.Ref, Outcome: roster.Exists}
		return nil
	case refused(err):
		e.Outcome = roster.Outcome(api.CodeOf(err))
	}
	return err
}

// tokenTaken tells whether it is the hardware token that is there already, and not
// the user.
func tokenTaken(err error) bool {
	e := (*api.Error)(nil)
	return errors.As(err, &e) && e.Code == api.Exists && e.Field == "serial"
}

// cutShort words what ended an import in the middle.
func (o *userImportOptions) cutShort(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	code, p := o.app.explain(err)
	return &refusal{code: code, problem: i18n.Problem{Message: p.Message, Hint: o.app.text.Roster.GoesOn}, err: err}
}

// refuse words what is wrong with a file.
func (o *userImportOptions) refuse(code api.Code, p i18n.Problem, file string) error {
	p.Message, p.Hint = i18n.Fill(p.Message, "file", quote(file)), i18n.Fill(p.Hint, "file", quote(file))
	return &refusal{code: code, problem: p}
}
