package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// What became of a notice.
const (
	noticeDue       = "due" // of a dry run
	noticeSent      = "sent"
	noticeFailed    = "failed"
	noticeNoAddress = "no_address"
	noticeElsewhere = "elsewhere" // another run has it
)

// noticesDoc is what `certctl notify run` did.
type noticesDoc struct {
	Notices []noticeDoc `json:"notices"`
}

type noticeDoc struct {
	ContractID string         `json:"contract_id"`
	UserID     string         `json:"user_id"`
	Name       string         `json:"name"`
	Kind       api.NoticeKind `json:"kind"`
	Deadline   timeDoc        `json:"deadline"`
	Days       int            `json:"days"`
	Audience   api.Audience   `json:"audience"`
	To         []string       `json:"to"`
	Outcome    string         `json:"outcome"`
}

type notifyRunOptions struct {
	app    *app
	dryRun bool
	hook   hook // in the place of a mail server
	send   func(context.Context, letter) error
	failed int   // letters
	cause  error // of the last that failed
	doc    noticesDoc
}

// maxNoticeTimeout is the longest that a program may take: well within the time
// for which a notice is claimed, so that no other run sends it meanwhile.
const maxNoticeTimeout = 30 * time.Minute

func newNotify(a *app) *cobra.Command {
	return a.group("notify", a.text.Commands.Notify, newNotifyRun(a))
}

func newNotifyRun(a *app) *cobra.Command {
	o := &notifyRunOptions{app: a, doc: noticesDoc{Notices: []noticeDoc{}}}
	cmd := a.command("run", a.text.Commands.NotifyRun)
	cmd.Use = "run " + a.text.Help.AnyFlags + " [--exec PROGRAM [-- ARGUMENT...]]"
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, a.text.Flags.DryRun)
	o.hook.flags(a, cmd, a.text.Notify.Exec)
	none := cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if err := none(cmd, o.hook.split(cmd, args)); err != nil {
			return err
		}
		return o.validate(cmd)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

func (o *notifyRunOptions) validate(cmd *cobra.Command) error {
	if err := o.hook.validate(o.app, cmd); err != nil {
		return err
	}
	if o.hook.limit > maxNoticeTimeout {
		return o.app.badValue(cmd, "--exec-timeout", o.hook.timeout, o.app.text.Notify.WantTimeout)
	}
	return nil
}

func (o *notifyRunOptions) run(ctx context.Context) error {
	a := o.app
	if !o.dryRun {
		if err := o.connect(ctx); err != nil {
			return err
		}
	}
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	due, err := admin.DueNotices(ctx, by)
	if err != nil {
		return err
	}
	for _, l := range letters(due) {
		if err := o.deliver(ctx, admin, by, l); err != nil {
			return err
		}
	}
	if err := a.show(o.doc, o.fill); err != nil {
		return err
	}
	if o.failed == 0 {
		return nil
	}
	unsent := i18n.Fill(a.text.Notify.Unsent, "count", strconv.Itoa(o.failed))
	if o.hook.program != "" {
		p := i18n.Problem{Message: unsent, Hint: a.text.Notify.ExecHint}
		return &refusal{code: api.HookFailed, problem: p, err: o.cause}
	}
	_, p := a.explain(api.Refuse(api.MailFailed))
	p.Message = i18n.Sentences(unsent, p.Message)
	return &refusal{code: api.MailFailed, problem: p, err: o.cause}
}

// deliver sends one e-mail, after its notices were claimed, and settles them.
// A failure is remembered, and the next is tried.
func (o *notifyRunOptions) deliver(ctx context.Context, admin api.Admin, by api.Actor, l letter) error {
	switch {
	case len(l.to) == 0:
		o.note(l.notices, noticeNoAddress)
		return nil
	case o.dryRun:
		o.note(l.notices, noticeDue)
		return nil
	}
	mine, err := admin.ClaimNotices(ctx, by, l.notices)
	if err != nil {
		return err
	}
	o.note(unclaimed(l.notices, mine), noticeElsewhere)
	if len(mine) == 0 {
		return nil
	}
	failure := o.send(ctx, letter{l.to, mine})
	// Somebody may have taken it: that is recorded even where the run ends.
	if err := admin.SettleNotices(context.WithoutCancel(ctx), by, mine, failure == nil); err != nil {
		return errors.Join(err, failure)
	}
	if failure != nil {
		o.failed++
		o.cause = fmt.Errorf("send to %s: %w", strings.Join(l.to, ", "), failure)
		o.note(mine, noticeFailed)
		return context.Cause(ctx)
	}
	o.note(mine, noticeSent)
	return nil
}

// unclaimed returns all but some.
func unclaimed(all, some []api.Notice) []api.Notice {
	taken := map[string]bool{}
	for _, n := range some {
		taken[n.ID] = true
	}
	var rest []api.Notice
	for _, n := range all {
		if !taken[n.ID] {
			rest = append(rest, n)
		}
	}
	return rest
}

// note keeps what became of notices, for the result.
func (o *notifyRunOptions) note(notices []api.Notice, outcome string) {
	for _, n := range notices {
		to := n.To
		if to == nil {
			to = []string{}
		}
		o.doc.Notices = append(o.doc.Notices, noticeDoc{n.User.ContractID, n.User.UserID, n.Name, n.Kind,
			timeDoc(n.Deadline), n.Days, n.Audience, to, outcome})
	}
}

// fill shows the result to a person.
func (o *notifyRunOptions) fill(p *page) {
	a := o.app
	t := a.text.Notify
	if len(o.doc.Notices) == 0 {
		a.say(t.NothingDue)
		return
	}
	if o.dryRun {
		a.say(t.DryRun)
	}
	var rows [][]string
	for _, n := range o.doc.Notices {
		to := strings.Join(n.To, ", ")
		if to == "" {
			to = a.text.Output.Roles[map[api.Audience]string{api.AudienceUser: "user", api.AudienceAdmins: "admin"}[n.Audience]]
		}
		rows = append(rows, []string{to, t.Outcomes[n.Outcome], n.UserID, t.Kinds[string(n.Kind)], a.time(time.Time(n.Deadline))})
	}
	c := a.text.Output.Columns
	p.table([]string{t.ColumnTo, t.ColumnOutcome, c.User, t.ColumnSubject, c.Deadline}, rows)
}
