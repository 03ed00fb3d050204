package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

func newUser(a *app) *cobra.Command {
	t, say := a.text.Commands, a.text.Output
	return a.group("user", t.User,
		newUserAdd(a),
		newUserList(a),
		newUserAct(a, "show", t.UserShow, "", api.Admin.User),
		newUserAct(a, "issue", t.UserIssue, say.UserIssued, api.Admin.Issue),
		newUserReissue(a),
		newUserResume(a),
		newUserRemove(a),
		newUserImport(a),
		newUserHandover(a),
		newUserSet(a),
		newUserRevoke(a),
		newUserSuspend(a),
	)
}

// userRowDoc is one user in a list.
type userRowDoc struct {
	ContractID string         `json:"contract_id"`
	UserID     string         `json:"user_id"`
	Name       string         `json:"name"`
	Role       api.Role       `json:"role"`
	Status     api.UserStatus `json:"status"`
	State      api.SlotState  `json:"state"`
	Deadline   timeDoc        `json:"deadline"`
	Next       nextStep       `json:"next"`
	NotAfter   timeDoc        `json:"not_after"` // of the current certificate
}

type usersDoc struct {
	Users []userRowDoc `json:"users"`
	Next  *string      `json:"next_page"` // for --after; null: there is none
}

// userDoc is one user with everything about them.
type userDoc struct {
	userRowDoc
	Emails      []string            `json:"emails"`
	Created     timeDoc             `json:"created"`
	Issued      timeDoc             `json:"issued"`
	Factor      *api.Factor         `json:"factor"`
	Token       *tokenDoc           `json:"token"`
	Certificate *userCertificateDoc `json:"certificate"`
	DryRun      bool                `json:"dry_run,omitempty"`
}

// userCertificateDoc is the current certificate of a user's slot.
type userCertificateDoc struct {
	Serial    string               `json:"serial"`
	State     api.CertificateState `json:"state"`
	NotBefore timeDoc              `json:"not_before"`
	NotAfter  timeDoc              `json:"not_after"`
}

// nextStep says in a word what is to be done about a user.
type nextStep string

// next returns the next step for a user.
func next(u api.User) nextStep {
	switch {
	case u.Slot == api.SlotRemoved:
		return "none"
	case u.ContractSuspended:
		return "contract_resume"
	case u.Status != api.StatusActive:
		return "resume"
	}
	switch u.Slot {
	case api.SlotNotIssued:
		if u.Factor == "" {
			return "otp_register"
		}
		return "issue"
	case api.SlotAcquirable, api.SlotExpiredReacquirable:
		if u.Factor == "" {
			return "otp_register"
		}
		return "acquire"
	case api.SlotRenewable:
		return "renew"
	case api.SlotAcquireExpired, api.SlotExpiredReissue, api.SlotRevoked:
		return "reissue"
	}
	return "none"
}

func newUserRowDoc(u api.User) userRowDoc {
	row := userRowDoc{
		ContractID: u.Ref.ContractID, UserID: u.Ref.UserID, Name: u.Name, Role: u.Role,
		Status: u.Status, State: u.Slot, Deadline: timeDoc(u.Deadline), Next: next(u),
	}
	if u.Certificate != nil {
		row.NotAfter = timeDoc(u.Certificate.NotAfter)
	}
	return row
}

func newUserDoc(u api.User) userDoc {
	doc := userDoc{userRowDoc: newUserRowDoc(u), Emails: u.Emails, Created: timeDoc(u.Created), Issued: timeDoc(u.Issued)}
	if doc.Emails == nil {
		doc.Emails = []string{}
	}
	if u.Factor != "" {
		doc.Factor = &u.Factor
	}
	if u.Token != nil {
		t := newTokenDoc(*u.Token)
		doc.Token = &t
	}
	if c := u.Certificate; c != nil {
		doc.Certificate = &userCertificateDoc{c.Serial, c.State, timeDoc(c.NotBefore), timeDoc(c.NotAfter)}
	}
	return doc
}

// userFields shows a user to a person.
func (a *app) userFields(u userDoc) []field {
	t := a.text.Output
	l := t.Labels
	status := t.Statuses[string(u.Status)]
	if u.State == api.SlotRemoved {
		status = "" // there is no user any more who has one
	}
	fields := []field{
		{l.Contract, u.ContractID},
		{l.User, u.UserID},
		{l.Name, u.Name},
		{l.Emails, strings.Join(u.Emails, ", ")},
		{l.Role, t.Roles[string(u.Role)]},
		{l.Status, status},
		{l.State, t.States[string(u.State)]},
		{l.Deadline, a.time(time.Time(u.Deadline))},
		{l.Next, t.Next[string(u.Next)]},
		{l.Issued, a.time(time.Time(u.Issued))},
		{l.Token, a.tokenLine(u)},
	}
	if c := u.Certificate; c != nil {
		fields = append(fields,
			field{l.Serial, c.Serial},
			field{l.NotBefore, a.time(time.Time(c.NotBefore))},
			field{l.NotAfter, a.time(time.Time(c.NotAfter))},
		)
	}
	return append(fields, field{l.Created, a.time(time.Time(u.Created))})
}

// userRef names the user that a command is about.
type userRef struct{ contract, user string }

// flags adds --contract-id and --user-id, both needed.
func (r *userRef) flags(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.contract, "contract-id", "", a.text.Flags.ContractID)
	cmd.Flags().StringVar(&r.user, "user-id", "", a.text.Flags.UserID)
}

// command has a command act on the user that its flags name.
func (r *userRef) command(a *app, cmd *cobra.Command, run func(context.Context, api.UserRef) error) *cobra.Command {
	r.flags(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := r.ref(a, cmd)
		if err != nil {
			return err
		}
		return run(cmd.Context(), ref)
	}
	return cmd
}

// ref returns the user that the flags name.
func (r *userRef) ref(a *app, cmd *cobra.Command) (api.UserRef, error) {
	for _, flag := range []string{"contract-id", "user-id"} {
		if !cmd.Flags().Changed(flag) {
			return api.UserRef{}, a.usage(i18n.Fill(a.text.Errors.MissingFlag, "flag", "--"+flag), a.seeHelp(cmd))
		}
	}
	return api.IDs{}.Ref(r.contract, r.user)
}

// userAct is an act on one user that answers with that user.
type userAct func(admin api.Admin, ctx context.Context, by api.Actor, ref api.UserRef) (api.User, error)

type userActOptions struct {
	app  *app
	user userRef
	act  userAct
	done string    // what is said of it; empty where the user is all
	how  *actFlags // nil: it changes nothing
	// weigh, where it is not nil, looks at the user before the act: it returns what
	// is said instead of done, and the question that a person is asked first, if any.
	weigh func(before api.User) (done string, ask question[api.UserRef])
}

// newUserAct returns a command that is one act on one user.
func newUserAct(a *app, name string, text i18n.Page, done string, act userAct) *cobra.Command {
	o := &userActOptions{app: a, act: act, done: done}
	if done != "" {
		o.how = &actFlags{}
	}
	return o.command(name, text)
}

func (o *userActOptions) command(name string, text i18n.Page) *cobra.Command {
	a := o.app
	cmd := a.command(name, text)
	if o.how != nil {
		o.how.flags(a, cmd)
	}
	return o.user.command(a, cmd, o.run)
}

func (o *userActOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	if o.how != nil {
		by = o.how.actor(by)
	}
	done, err := o.before(ctx, admin, by, ref)
	if err != nil {
		return a.toAdmin(ref, err)
	}
	u, err := o.act(admin, ctx, by, ref)
	if err != nil {
		return a.toAdmin(ref, err)
	}
	doc := newUserDoc(u)
	doc.DryRun = o.how != nil && o.how.dryRun
	return a.show(doc, func(p *page) {
		if o.how != nil {
			p.lines(a.aboutUser(o.how.said(a, done), u.Ref))
			p.lines("")
		}
		p.fields(a.userFields(doc)...)
	})
}

// before weighs the act, and asks the person.
func (o *userActOptions) before(ctx context.Context, admin api.Admin, by api.Actor, ref api.UserRef) (done string, err error) {
	if o.weigh == nil {
		return o.done, nil
	}
	u, err := admin.User(ctx, by, ref)
	if err != nil {
		return "", err
	}
	done, ask := o.weigh(u)
	return done, ask.first(ctx, o.app, by, u.Ref)
}

// toAdmin words the next step of a refusal for an administrator, who takes it
// themselves, where its code has another one for holders.
func (a *app) toAdmin(ref api.UserRef, err error) error {
	code, p := a.explain(err)
	hint := a.text.Errors.AdminHints[string(code)]
	if about := (*api.Error)(nil); hint == "" && errors.As(err, &about) {
		hint = a.text.Errors.AdminHints[string(code)+" "+about.Field]
	}
	if hint == "" {
		return err
	}
	return &refusal{code: code, problem: i18n.Problem{Message: p.Message, Hint: a.aboutUser(hint, ref)}, err: err}
}

// aboutUser fills a user's IDs into a sentence.
func (a *app) aboutUser(sentence string, ref api.UserRef) string {
	return i18n.Fill(sentence, "contract", ref.ContractID, "user", ref.UserID)
}
