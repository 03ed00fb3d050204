package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
	"certctl/pkg/roster"
)

// userImportDoc is what `certctl user import` did. It holds no secret.
type userImportDoc struct {
	File   string            `json:"file"` // the result file
	Added  int               `json:"added"`
	Exists int               `json:"exists"`
	Failed int               `json:"failed"`
	Users  []userImportedDoc `json:"users"`
}

type userImportedDoc struct {
	ContractID string         `json:"contract_id"`
	UserID     string         `json:"user_id"`
	Outcome    roster.Outcome `json:"outcome"`
	AcquireBy  timeDoc        `json:"acquire_by"`
}

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
	there, err := o.usersThere(ctx, admin, by, rows)
	if err != nil {
		return err
	}
	entries, existed, err := o.plan(ctx, rows)
	if err != nil {
		return err
	}
	if o.dryRun {
		return o.foresee(entries, there)
	}
	if err := o.keep(entries, existing(existed)); err != nil {
		return err
	}
	failed, stopped := o.addAll(ctx, admin, by, rows, entries)
	// What became of them is kept however the run ends.
	if err := o.keep(entries, replaceExisting); err != nil || stopped != nil {
		return o.cutShort(ctx, errors.Join(stopped, err))
	}
	doc := o.doc(entries)
	if err := a.show(doc, func(p *page) { o.fill(p, doc) }); err != nil {
		return err
	}
	return a.worst(failed)
}

// plan returns an entry for each user of the list, in its order: the one that an
// earlier run with the same result file has left, which it tells, or a new one.
func (o *userImportOptions) plan(ctx context.Context, rows []roster.Row) (entries []roster.Entry, existed bool, err error) {
	before := map[string]roster.Entry{}
	earlier, existed, err := o.earlier(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, e := range earlier {
		before[importKey(e.Ref)] = e
	}
	for _, row := range rows {
		e, known := before[importKey(row.Ref)]
		if !known {
			e = newEntry(row)
		}
		delete(before, importKey(row.Ref))
		entries = append(entries, e)
	}
	if len(before) > 0 { // their secrets must not be lost
		return nil, false, o.refuse(api.Exists, o.app.text.Roster.OtherList, o.result)
	}
	return entries, existed, nil
}

// earlier reads the result file of an earlier run, if there is one.
func (o *userImportOptions) earlier(ctx context.Context) (entries []roster.Entry, existed bool, err error) {
	if o.result == "" {
		return nil, false, nil
	}
	if _, err := os.Lstat(o.result); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
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

// importKey is the same for all spellings of a user.
func importKey(ref api.UserRef) string { return ref.ContractID + "/" + api.UserKey(ref.UserID) }

// newEntry plans a user, with the secret of a token where they get one.
func newEntry(row roster.Row) roster.Entry {
	e := roster.Entry{Ref: row.Ref, Outcome: roster.Planned, Key: api.NewKey()}
	if row.OTP == roster.Software {
		p := otp.DefaultParams()
		secret := p.NewSecret()
		e.Secret = api.Secret(otp.EncodeSecret(secret))
		e.URI = api.Secret(p.URI("certctl", row.Ref.ContractID+"/"+row.Ref.UserID, secret))
	}
	return e
}

// keep writes the result file, whole.
func (o *userImportOptions) keep(entries []roster.Entry, there existing) error {
	text, err := roster.Marshal(entries)
	if err != nil {
		return err
	}
	if there == refuseExisting {
		return o.app.writeNewFile(o.result, text)
	}
	if err := o.app.writeFile(o.result, text, there); err != nil {
		return o.app.badFile(o.result, fmt.Errorf("write: %w", err))
	}
	return nil
}

// addAll adds the users who are not done, one after another, and notes in entries
// what became of each. It stops at an error that another user would have too.
func (o *userImportOptions) addAll(ctx context.Context, admin api.Admin, by api.Actor, rows []roster.Row, entries []roster.Entry) (failed []error, stopped error) {
	a := o.app
	progress := prompt.Progress{Out: a.process.Err, Lines: a.lines}
	stopped = progress.Count(ctx, a.text.Roster.Adding, len(rows), func(ctx context.Context, step func()) error {
		for i, row := range rows {
			err := o.add(ctx, admin, by, row, &entries[i])
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
func (o *userImportOptions) add(ctx context.Context, admin api.Admin, by api.Actor, row roster.Row, e *roster.Entry) error {
	if e.Outcome.Done() {
		return nil
	}
	user := api.NewUser{Ref: row.Ref, Name: row.Name, Emails: row.Email, Role: row.Role, Key: e.Key}
	if e.Secret != "" {
		user.Token = &api.NewToken{Params: api.DefaultTokenParams(), Secret: e.Secret}
	}
	u, err := admin.AddUser(ctx, by, user)
	switch {
	case err == nil:
		e.Outcome, e.AcquireBy = roster.Added, u.Deadline
	case api.CodeOf(err) == api.Exists:
		*e = roster.Entry{Ref: e.Ref, Outcome: roster.Exists}
		return nil
	case refused(err):
		e.Outcome = roster.Outcome(api.CodeOf(err))
	}
	return err
}

// cutShort words what ended an import in the middle.
func (o *userImportOptions) cutShort(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	code, p := o.app.explain(err)
	return &refusal{code: code, problem: i18n.Problem{Message: p.Message, Hint: o.app.text.Roster.GoesOn}, err: err}
}

// foresee shows what would be done.
func (o *userImportOptions) foresee(entries []roster.Entry, there map[string]bool) error {
	for i, e := range entries {
		if !e.Outcome.Done() && there[importKey(e.Ref)] {
			entries[i].Outcome = roster.Exists
		}
	}
	doc := o.doc(entries)
	return o.app.show(doc, func(p *page) {
		o.app.say(o.app.text.Roster.DryRun)
		o.table(p, doc.Users)
	})
}

func (o *userImportOptions) doc(entries []roster.Entry) userImportDoc {
	doc := userImportDoc{File: o.result, Users: []userImportedDoc{}}
	for _, e := range entries {
		switch e.Outcome {
		case roster.Planned:
		case roster.Added:
			doc.Added++
		case roster.Exists:
			doc.Exists++
		default:
			doc.Failed++
		}
		doc.Users = append(doc.Users, userImportedDoc{e.Ref.ContractID, e.Ref.UserID, e.Outcome, timeDoc(e.AcquireBy)})
	}
	return doc
}

// fill shows the result to a person: in numbers, and each user who was not
// added.
func (o *userImportOptions) fill(p *page, doc userImportDoc) {
	t := o.app.text.Roster
	p.lines(i18n.Fill(t.Done, "added", strconv.Itoa(doc.Added), "exists", strconv.Itoa(doc.Exists), "failed", strconv.Itoa(doc.Failed)))
	var others []userImportedDoc
	for _, u := range doc.Users {
		if u.Outcome != roster.Added {
			others = append(others, u)
		}
	}
	if len(others) > 0 {
		p.lines("")
		o.table(p, others)
	}
	if doc.Added > 0 {
		p.lines("")
		p.lines(i18n.Fill(t.Next, "file", quote(o.result)))
	}
}

func (o *userImportOptions) table(p *page, users []userImportedDoc) {
	a := o.app
	var rows [][]string
	for _, u := range users {
		outcome, own := a.text.Roster.Outcomes[string(u.Outcome)]
		if !own {
			outcome = a.text.Errors.Codes[string(u.Outcome)].Message
		}
		rows = append(rows, []string{u.ContractID, u.UserID, a.time(time.Time(u.AcquireBy)), outcome})
	}
	c := a.text.Output.Columns
	p.table([]string{c.Contract, c.User, c.Deadline, a.text.Roster.Outcome}, rows)
}

// refuse words what is wrong with a file.
func (o *userImportOptions) refuse(code api.Code, p i18n.Problem, file string) error {
	p.Message, p.Hint = i18n.Fill(p.Message, "file", quote(file)), i18n.Fill(p.Hint, "file", quote(file))
	return &refusal{code: code, problem: p}
}
