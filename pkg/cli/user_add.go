package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// userAddedDoc is what `certctl user add` and `certctl otp register` show.
type userAddedDoc struct {
	ContractID string         `json:"contract_id"`
	UserID     string         `json:"user_id"`
	Status     api.UserStatus `json:"status"`
	State      api.SlotState  `json:"state"`
	AcquireBy  timeDoc        `json:"acquire_by"`
	OTP        *otpDoc        `json:"otp"`
}

type userAddOptions struct {
	app     *app
	user    userRef
	name    string
	emails  []string
	admin   bool
	withOTP bool
	noOTP   bool
	token   newToken
}

func newUserAdd(a *app) *cobra.Command {
	o := &userAddOptions{app: a, token: newToken{app: a}}
	cmd := a.command("add", a.text.Commands.UserAdd)
	o.user.flags(a, cmd)
	usage := a.text.Flags
	cmd.Flags().StringVar(&o.name, "name", "", usage.DisplayName)
	cmd.Flags().StringArrayVar(&o.emails, "email", nil, usage.Email)
	cmd.Flags().BoolVar(&o.admin, "admin", false, usage.Admin)
	cmd.Flags().BoolVar(&o.withOTP, "otp", false, usage.OTP)
	cmd.Flags().BoolVar(&o.noOTP, "no-otp", false, usage.NoOTP)
	o.token.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := o.user.ref(a, cmd)
		if err != nil {
			return err
		}
		if err := o.check(cmd); err != nil {
			return err
		}
		return o.run(cmd.Context(), ref)
	}
	return cmd
}

// check refuses flags that do not go together. How the new user will prove who
// they are has to be said: that is the administrator's duty.
func (o *userAddOptions) check(cmd *cobra.Command) error {
	a, e := o.app, o.app.text.Errors
	switch {
	case o.withOTP && o.noOTP:
		return a.usage(i18n.Fill(e.FlagsTogether, "flags", "--otp, --no-otp"), a.seeHelp(cmd))
	case !o.withOTP && !o.noOTP && !a.interactive():
		return a.usage(i18n.Fill(e.MissingFlags, "flags", "--otp, --no-otp"), a.seeHelp(cmd))
	case o.noOTP && o.token.otpFile != "":
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--otp-file", "needs", "--otp"), a.seeHelp(cmd))
	case o.noOTP && o.token.secretOut != "":
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--secret-out", "needs", "--otp"), a.seeHelp(cmd))
	}
	return nil
}

func (o *userAddOptions) run(ctx context.Context, ref api.UserRef) error {
	a := o.app
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	if err := refuseTaken(ctx, admin, by, ref); err != nil {
		return err
	}
	if err := o.chooseFactor(ctx, ref); err != nil {
		return err
	}
	user := api.NewUser{Ref: ref, Name: o.name, Emails: o.emails, Role: api.RoleUser}
	if o.admin {
		user.Role = api.RoleAdmin
	}
	var u api.User
	if o.withOTP {
		u, err = o.token.register(ctx, ref, func(t api.NewToken) (api.User, error) {
			user.Token = &t
			return admin.AddUser(ctx, by, user)
		})
	} else {
		u, err = admin.AddUser(ctx, by, user)
	}
	if err != nil {
		return err
	}
	return o.token.show(u, a.text.Output.UserAdded)
}

// refuseTaken refuses what AddUser would, before anybody scans a QR code.
func refuseTaken(ctx context.Context, admin api.Admin, by api.Actor, ref api.UserRef) error {
	if _, err := admin.Contract(ctx, by, ref.ContractID); err != nil {
		return err
	}
	_, err := admin.User(ctx, by, ref)
	switch api.CodeOf(err) {
	case "":
		return &api.Error{Code: api.Exists, Field: "user_id", Value: ref.UserID}
	case api.NotFound:
		return nil
	}
	return err
}

// chooseFactor asks for what neither --otp nor --no-otp said.
func (o *userAddOptions) chooseFactor(ctx context.Context, ref api.UserRef) error {
	if o.withOTP || o.noOTP {
		return nil
	}
	asker, err := o.app.asker()
	if err != nil {
		return err
	}
	o.withOTP, err = asker.RegisterOTP(ctx, ref)
	return err
}

// show writes the result for a user who has the token now, or none yet.
func (n *newToken) show(u api.User, done string) error {
	a, t := n.app, n.app.text.Output
	doc := userAddedDoc{ContractID: u.Ref.ContractID, UserID: u.Ref.UserID, Status: u.Status, State: u.Slot, AcquireBy: timeDoc(u.Deadline)}
	if u.Token != nil {
		doc.OTP = n.doc(u.Token.Confirmed)
	}
	return a.show(doc, func(p *page) {
		p.lines(a.aboutUser(done, u.Ref))
		p.lines("")
		fields := []field{
			{t.Labels.Status, t.Statuses[string(u.Status)]},
			{t.Labels.State, t.States[string(u.Slot)]},
			{t.Labels.AcquireBy, a.time(time.Time(doc.AcquireBy))},
		}
		if doc.OTP == nil {
			p.fields(fields...)
			p.lines("")
			p.lines(a.aboutUser(t.UserNoOTPNext, u.Ref))
			return
		}
		n.put(p, doc.OTP, fields...)
		p.lines("")
		p.lines(a.aboutUser(t.UserAddedNext, u.Ref))
	})
}
