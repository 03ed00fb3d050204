package cli

import (
	"bytes"
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/mail"
)

// letter is an e-mail with the notices that it brings.
type letter struct {
	to      []string
	notices []api.Notice
}

// connect finds out how e-mail is sent.
func (o *notifyRunOptions) connect(ctx context.Context) error {
	a := o.app
	c, err := a.config()
	if err != nil {
		return err
	}
	if o.hook.program != "" {
		o.send = func(ctx context.Context, l letter) error { return o.hand(ctx, c.text("smtp.from"), l) }
		return nil
	}
	server := mail.Server{Host: c.text("smtp.host"), Username: c.text("smtp.username"), From: c.text("smtp.from")}
	if server.Host == "" || server.From == "" {
		return a.usage(a.text.Notify.NoServer.Message, a.text.Notify.NoServer.Hint)
	}
	if c.text("smtp.port") != "" {
		if server.Port, err = c.count("smtp.port"); err != nil {
			return err
		}
	}
	words := make([]string, 0, len(mail.Securities()))
	for _, s := range mail.Securities() {
		words = append(words, string(s))
	}
	security, err := c.oneOf("smtp.security", words...)
	if err != nil {
		return err
	}
	server.Security = mail.Security(security)
	if file := c.text("smtp.password_file"); file != "" {
		password, err := a.readSecret(ctx, file)
		if err != nil {
			return err
		}
		server.Password = string(password)
	}
	sender, err := mail.NewSender(server)
	if err != nil {
		return a.usage(a.text.Notify.NoServer.Message, a.text.Notify.NoServer.Hint)
	}
	a.onClose(sender.Close)
	o.send = func(ctx context.Context, l letter) error { return sender.Send(ctx, a.noticeMail(l)) }
	return nil
}

// hand gives an e-mail to the program, and says in its environment what it is
// about, for one that sends no e-mail.
func (o *notifyRunOptions) hand(ctx context.Context, from string, l letter) error {
	message := o.app.noticeMail(l)
	var text bytes.Buffer
	if err := message.Write(&text, from); err != nil {
		return err
	}
	_, err := o.hook.feed(ctx, o.app, text.Bytes(), noticeVariables(l, message))
	return err
}

// noticeVariables say what an e-mail is about; one to administrators is about no
// user in particular.
func noticeVariables(l letter, message mail.Message) []string {
	first := l.notices[0]
	user, kind, deadline := first.User.UserID, first.Kind, first.Deadline.Format(time.RFC3339)
	if first.Audience == api.AudienceAdmins {
		user, kind, deadline = "", "", ""
	}
	return []string{
		"CERTCTL_NOTICE_TO=" + strings.Join(l.to, ","),
		"CERTCTL_NOTICE_SUBJECT=" + message.Subject,
		"CERTCTL_NOTICE_AUDIENCE=" + string(first.Audience),
		"CERTCTL_NOTICE_CONTRACT_ID=" + first.User.ContractID,
		"CERTCTL_NOTICE_USER_ID=" + user,
		"CERTCTL_NOTICE_KIND=" + string(kind),
		"CERTCTL_NOTICE_DEADLINE=" + deadline,
		"CERTCTL_NOTICE_COUNT=" + strconv.Itoa(len(l.notices)),
	}
}

// letters puts notices into e-mails: one for each user, and one for the
// administrators of each contract.
func letters(due []api.Notice) []letter {
	var all []letter
	digest := map[string]int{} // by contract
	for _, n := range due {
		if n.Audience == api.AudienceUser {
			all = append(all, letter{n.To, []api.Notice{n}})
			continue
		}
		at, found := digest[n.User.ContractID]
		if !found {
			at = len(all)
			digest[n.User.ContractID] = at
			all = append(all, letter{to: n.To})
		}
		all[at].notices = append(all[at].notices, n)
	}
	return all
}

// noticeMail words an e-mail.
func (a *app) noticeMail(l letter) mail.Message {
	t := a.text.Notify
	first := l.notices[0]
	text := t.Expiry
	switch {
	case first.Audience == api.AudienceAdmins:
		text = t.Admins
	case first.Kind == api.NoticeAcquisition:
		text = t.Acquisition
	}
	var list strings.Builder
	for _, n := range l.notices {
		name := ""
		if n.Name != "" {
			name = i18n.Fill(t.WithName, "name", n.Name)
		}
		row := i18n.Fill(t.AdminsRow, "user", n.User.UserID, "name", name,
			"kind", t.Kinds[string(n.Kind)], "deadline", a.time(n.Deadline))
		list.WriteString(strings.TrimRight(row, " \n") + "\n")
	}
	words := []string{
		"name", cmp.Or(first.Name, i18n.Fill(t.NoName, "user", first.User.UserID)),
		"contract", first.User.ContractID, "user", first.User.UserID, "deadline", a.time(first.Deadline),
		"count", strconv.Itoa(len(l.notices)), "list", list.String(),
	}
	return mail.Message{To: l.to, Subject: i18n.Fill(text.Subject, words...), Text: i18n.Fill(text.Text, words...)}
}
