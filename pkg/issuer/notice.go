package issuer

import (
	"context"
	"fmt"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
)

const (
	noticeDay = 24 * time.Hour
	// noticeLease is how long a claim stands without being settled.
	noticeLease = time.Hour
)

// noticeDays are the days before a deadline from which on a notice is due, the
// last first. Of those that are due only the last is sent.
func noticeDays() []int { return []int{10, 30} }

// DueNotices implements api.Notices.
func (i *Issuer) DueNotices(ctx context.Context, by api.Actor) ([]api.Notice, error) {
	now := i.now()
	days := noticeDays()
	horizon := now.Add(time.Duration(days[len(days)-1]) * noticeDay)
	var due []api.Notice
	err := i.look(ctx, by, deployment, func(tx *store.Tx) error {
		admins, err := noticeAdmins(ctx, tx)
		if err != nil {
			return err
		}
		holders, err := tx.HoldersEnding(ctx, now, horizon)
		if err != nil {
			return err
		}
		for _, h := range holders {
			n, found := i.noticeOf(h, now)
			if !found {
				continue
			}
			for _, to := range []struct {
				audience  api.Audience
				addresses []string
			}{{api.AudienceUser, h.User.Emails}, {api.AudienceAdmins, admins[h.User.Ref.ContractID]}} {
				n.Audience, n.To = to.audience, to.addresses
				n.ID = noticeID(h.User.ID, n)
				sent, err := tx.SentNotice(ctx, n.ID)
				if err != nil {
					return err
				}
				if !sent {
					due = append(due, n)
				}
			}
		}
		return nil
	})
	return due, translate(err)
}

// noticeAdmins returns the e-mail addresses of each contract's administrators.
func noticeAdmins(ctx context.Context, tx *store.Tx) (map[string][]string, error) {
	holders, err := tx.Administrators(ctx)
	all := map[string][]string{}
	for _, h := range holders {
		contract := h.User.Ref.ContractID
		all[contract] = append(all[contract], h.User.Emails...)
	}
	return all, err
}

// noticeOf returns what a user is to be warned of now, without whom to tell.
func (i *Issuer) noticeOf(h store.Holder, now time.Time) (api.Notice, bool) {
	state, deadline := i.stateOf(h, now)
	n := api.Notice{User: h.User.Ref, Name: h.User.Name, Deadline: deadline}
	switch state {
	case api.SlotActive, api.SlotRenewable:
		n.Kind = api.NoticeExpiry
	case api.SlotAcquirable:
		n.Kind = api.NoticeAcquisition
	default:
		return n, false
	}
	for _, days := range noticeDays() {
		if !now.Before(deadline.Add(-time.Duration(days) * noticeDay)) {
			n.Days = days
			return n, true
		}
	}
	return n, false
}

// noticeID names a notice: a later deadline, and a user who was added again, get
// others.
func noticeID(userID string, n api.Notice) string {
	return fmt.Sprintf("%s/%s/%s/%d/%d", userID, n.Audience, n.Kind, n.Deadline.Unix(), n.Days)
}

// ClaimNotices implements api.Notices.
func (i *Issuer) ClaimNotices(ctx context.Context, by api.Actor, notices []api.Notice) ([]api.Notice, error) {
	now := i.now()
	var won []api.Notice
	err := i.act(ctx, by, deployment, func(tx *store.Tx) error {
		won = nil
		for _, n := range notices {
			userID, _, _ := strings.Cut(n.ID, "/")
			mine, err := tx.ClaimNotice(ctx, n.ID, userID, now, now.Add(-noticeLease))
			if err != nil {
				return err
			}
			if mine {
				won = append(won, n)
			}
		}
		return nil
	})
	return won, translate(err)
}

// SettleNotices implements api.Notices.
func (i *Issuer) SettleNotices(ctx context.Context, by api.Actor, notices []api.Notice, sent bool) error {
	now := i.now()
	return translate(i.act(ctx, by, deployment, func(tx *store.Tx) error {
		for _, n := range notices {
			if !sent {
				if err := tx.ReleaseNotice(ctx, n.ID); err != nil {
					return err
				}
				continue
			}
			if err := tx.SetNoticeSent(ctx, n.ID, now); err != nil {
				return err
			}
		}
		if !sent {
			return nil
		}
		for _, n := range notices { // the heads of the chains last
			if err := i.audit(ctx, tx, userEvent(by, "notify "+string(n.Audience), n.User), now); err != nil {
				return err
			}
		}
		return nil
	}))
}
