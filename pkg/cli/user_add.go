package cli

import (
	"context"
	"strings"

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
	PIN        string         `json:"pin,omitempty"`
}

// newSoftware is what --otp says without a serial.
const newSoftware = "new"

type userAddOptions struct {
	app     *app
	user    userRef
	name    string
	emails  []string
	admin   bool
	otp     string // newSoftware, or the serial of a hardware token
	withPIN bool
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
	cmd.Flags().StringVar(&o.otp, "otp", "", usage.OTP)
	cmd.Flags().Lookup("otp").NoOptDefVal = newSoftware
	cmd.Flags().BoolVar(&o.withPIN, "pin", false, usage.UserPIN)
	cmd.Flags().BoolVar(&o.noOTP, "no-otp", false, usage.NoOTP)
	o.token.flags(cmd)
	args := cmd.Args
	cmd.Args = func(cmd *cobra.Command, rest []string) error {
		if o.otp == newSoftware && len(rest) == 1 { // --otp SERIAL
			return a.usage(i18n.Fill(a.text.Errors.ExtraArgument, "value", quote(rest[0])),
				i18n.Fill(a.text.Errors.DidYouMean, "command", "--otp="+printable(rest[0])))
		}
		return args(cmd, rest)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ref, err := o.user.ref(a, cmd)
		if err != nil {
			return err
		}
		if err := o.check(cmd); err != nil {
			return err
		}
		if o.otp != newSoftware {
			o.token.serial = o.otp
		}
		if err := o.token.check(cmd, "--otp=SERIAL"); err != nil {
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
	var chosen []string
	for _, flag := range []string{"otp", "pin", "no-otp"} {
		if cmd.Flags().Changed(flag) {
			chosen = append(chosen, "--"+flag)
		}
	}
	switch {
	case len(chosen) > 1:
		return a.usage(i18n.Fill(e.FlagsTogether, "flags", strings.Join(chosen, ", ")), a.seeHelp(cmd))
	case len(chosen) == 0 && !a.interactive():
		return a.usage(i18n.Fill(e.MissingFlags, "flags", "--otp, --pin, --no-otp"), a.seeHelp(cmd))
	case len(chosen) == 0 || o.otp != "":
		return nil
	}
	for _, flag := range []string{"otp-file", "secret-out", "shared", "expires", "type", "digits", "period", "algorithm"} {
		if cmd.Flags().Changed(flag) && (flag != "secret-out" || !o.withPIN) {
			return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--"+flag, "needs", "--otp"), a.seeHelp(cmd))
		}
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
	if err := o.token.find(ctx, admin, by, ref.ContractID); err != nil {
		return err
	}
	u, err := o.add(ctx, admin, by, user)
	if err != nil {
		return err
	}
	return o.token.show(u, a.text.Output.UserAdded)
}

// add adds the user with what they are to prove themselves with.
func (o *userAddOptions) add(ctx context.Context, admin api.Admin, by api.Actor, user api.NewUser) (api.User, error) {
	switch {
	case o.otp != "":
		return o.token.register(ctx, user.Ref, func(t api.NewToken) (api.User, error) {
			user.Token = &t
			return admin.AddUser(ctx, by, user)
		})
	case o.withPIN:
		return o.token.handOverPIN(func(pin api.Secret) (api.User, error) {
			user.PIN = pin
			return admin.AddUser(ctx, by, user)
		})
	}
	return admin.AddUser(ctx, by, user)
}

// refuseTaken refuses what AddUser would, before anybody scans a QR code.
func refuseTaken(ctx context.Context, admin api.Admin, by api.Actor, ref api.UserRef) error {
	c, err := admin.Contract(ctx, by, ref.ContractID)
	if err != nil {
		return err
	}
	if c.Status == api.StatusSuspended {
		return &api.Error{Code: api.Suspended, Field: "contract_id", Value: c.ID}
	}
	_, err = admin.User(ctx, by, ref)
	switch api.CodeOf(err) {
	case "":
		return &api.Error{Code: api.Exists, Field: "user_id", Value: ref.UserID}
	case api.NotFound:
		return nil
	}
	return err
}

// chooseFactor asks for what no flag said.
func (o *userAddOptions) chooseFactor(ctx context.Context, ref api.UserRef) error {
	if o.otp != "" || o.withPIN || o.noOTP {
		return nil
	}
	asker, err := o.app.asker()
	if err != nil {
		return err
	}
	factor, err := asker.NewFactor(ctx, ref)
	switch factor {
	case api.FactorOTP:
		o.otp = newSoftware
	case api.FactorPIN:
		o.withPIN = true
	}
	return err
}

// nextOf says what comes next for a user who has the token or the PIN now. It is
// not always to acquire: the token lifts no lock.
func (n *newToken) nextOf(u api.User) string {
	t := n.app.text.Output
	switch step := next(u); step {
	case "acquire":
		return t.UserAddedNext
	case "resume":
		return t.GivenNext[string(u.Status)]
	default:
		return t.GivenNext[string(step)]
	}
}

// show writes the result for a user who has the token or the PIN now, or nothing
// yet.
func (n *newToken) show(u api.User, done string) error {
	a, t := n.app, n.app.text.Output
	doc := userAddedDoc{ContractID: u.Ref.ContractID, UserID: u.Ref.UserID, Status: u.Status, State: u.Slot}
	acquires := next(u) == "acquire" // not one who has a certificate already
	deadline := field{t.Labels.Deadline, a.time(u.Deadline)}
	if acquires {
		doc.AcquireBy, deadline.label = timeDoc(u.Deadline), t.Labels.AcquireBy
	}
	if u.Token != nil {
		doc.OTP = n.doc(u.Token.Serial, u.Token.Confirmed)
	}
	if n.secretOut == "" {
		doc.PIN = n.pin
	}
	return a.show(doc, func(p *page) {
		p.lines(a.aboutUser(done, u.Ref))
		p.lines("")
		fields := []field{
			{t.Labels.Status, t.Statuses[string(u.Status)]},
			{t.Labels.State, t.States[string(u.Slot)]},
			deadline,
		}
		switch {
		case doc.OTP != nil:
			n.put(p, doc.OTP, fields...)
		case n.pin != "" && n.secretOut != "":
			p.fields(fields...)
			p.lines(i18n.Fill(t.Token.PINWritten, "file", quote(n.secretOut)))
		case n.pin != "":
			p.fields(append(fields, field{t.Token.LabelPIN, n.pin})...)
			p.lines(t.Token.PINOnce)
		default:
			p.fields(fields...)
			p.lines("")
			p.lines(a.aboutUser(t.UserNoOTPNext, u.Ref))
			return
		}
		if todo := n.nextOf(u); todo != "" {
			p.lines("")
			p.lines(a.aboutUser(todo, u.Ref))
		}
	})
}
