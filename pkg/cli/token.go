package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
)

// otpDoc is a token that was just made. It is the only answer that ever holds
// a token's secret, and does not where --secret-out took it.
type otpDoc struct {
	Type      string   `json:"type"`
	Digits    int      `json:"digits"`
	Period    int      `json:"period,omitempty"` // seconds; a counter has none
	Algorithm string   `json:"algorithm"`
	Serial    string   `json:"serial,omitempty"` // of hardware, which hands over no secret
	Expires   *timeDoc `json:"expires,omitempty"`
	Secret    string   `json:"secret,omitempty"`
	URI       string   `json:"uri,omitempty"`
	Confirmed bool     `json:"confirmed"`
}

// secretDoc is the file of --secret-out.
type secretDoc struct {
	OTP otpSecretDoc `json:"otp"`
}

type otpSecretDoc struct {
	Secret string `json:"secret"` // base32
	URI    string `json:"uri"`
}

// newToken makes a software token: its secret, by whatever way the
// administrator gets it, and the code that proves that it arrived; or it takes a
// hardware token, or makes a PIN.
type newToken struct {
	app       *app
	otpFile   string
	secretOut string
	serial    string // of a hardware token
	shared    bool
	size      tokenSize

	ref     api.UserRef
	params  api.TokenParams
	expires time.Time
	secret  otpSecretDoc
	pin     string
	maybe   bool // the backend may have it
	shown   bool // on the terminal, so that the result need not repeat it
}

// register hands a new token for ref to a backend.
func (n *newToken) register(ctx context.Context, ref api.UserRef, to func(api.NewToken) (api.User, error)) (api.User, error) {
	if n.serial != "" {
		return n.confirm(ctx, to)
	}
	n.make(ref)
	return n.handOver(secretDoc{n.secret}, func() (api.User, error) {
		return n.confirm(ctx, func(t api.NewToken) (api.User, error) {
			u, err := to(t)
			n.maybe = err == nil || !refused(err)
			return u, err
		})
	})
}

// handOver does what makes a secret known to a backend. The secret is where it is
// wanted before the backend has it: one that nobody knows would lock the user out.
func (n *newToken) handOver(doc any, do func() (api.User, error)) (api.User, error) {
	if n.secretOut == "" {
		return do()
	}
	text, err := marshal(doc)
	if err != nil {
		return api.User{}, err
	}
	if err := n.app.writeNewFile(n.secretOut, text); err != nil {
		return api.User{}, err
	}
	u, err := do()
	if err != nil && !n.maybe {
		_ = os.Remove(n.secretOut) // it opens nothing
	}
	return u, err
}

// make makes the token's secret.
func (n *newToken) make(ref api.UserRef) {
	if n.params == (api.TokenParams{}) {
		n.params = api.DefaultTokenParams()
	}
	p := otp.Params{
		Digits: n.params.Digits, Period: n.params.Period, Algorithm: otp.Algorithm(n.params.Algorithm), Counter: n.params.Type == api.HOTP,
	}
	secret := p.NewSecret()
	n.ref = ref
	n.secret = otpSecretDoc{
		Secret: otp.EncodeSecret(secret),
		URI:    p.URI("certctl", ref.ContractID+"/"+ref.UserID, secret),
	}
}

// unconfirmed is the token without a code.
func (n *newToken) unconfirmed() *api.NewToken {
	if n.serial != "" {
		return &api.NewToken{Serial: n.serial, Shared: n.shared}
	}
	return &api.NewToken{Params: n.params, Secret: api.Secret(n.secret.Secret), Expires: n.expires}
}

// refused tells whether a backend certainly did nothing.
func refused(err error) bool {
	switch api.CodeOf(err).Kind() {
	case api.KindUsage, api.KindNotFound, api.KindDenied, api.KindConflict:
		return err != nil
	}
	return false
}

// confirm registers the token together with the code that it shows: from a
// file, from the person, or without one where there is nobody to ask. The
// environment is no source: it cannot know the code of a secret so new.
func (n *newToken) confirm(ctx context.Context, to func(api.NewToken) (api.User, error)) (api.User, error) {
	token := *n.unconfirmed()
	do := to
	to = func(t api.NewToken) (api.User, error) {
		u, err := do(t)
		return u, n.unproven(err)
	}
	if n.otpFile != "" {
		var err error
		if token.Code, err = n.app.codeFile(ctx, n.otpFile, n.params.Digits); err != nil {
			return api.User{}, err
		}
		return to(token)
	}
	if !n.app.interactive() {
		return to(token)
	}
	asker, err := n.app.asker()
	if err != nil {
		return api.User{}, err
	}
	req := prompt.AskBackRequest{Digits: n.params.Digits, Hardware: n.serial != ""}
	if !req.Hardware {
		if req.Keep, err = n.present(asker); err != nil {
			return api.User{}, err
		}
	}
	return n.askBack(ctx, asker, req, func(code api.Secret) (api.User, error) {
		token.Code = code
		return to(token)
	})
}

// unproven makes the refusal of a code one about a token that nobody has yet: what
// helps is another thing than with a token that a user has.
func (n *newToken) unproven(err error) error {
	e := (*api.Error)(nil)
	if !errors.As(err, &e) || e.Code != api.OTPWrong && e.Code != api.OTPDrifted {
		return err
	}
	about := *e
	about.Field = "software_token"
	if n.serial != "" {
		about.Field = "hardware_token"
	}
	return &about
}

// present shows the secret on the terminal, as text and then as a picture,
// and returns how many lines the picture takes.
func (n *newToken) present(asker *prompt.Asker) (lines int, err error) {
	n.app.say(i18n.Fill(n.app.text.Output.SecretToType, "secret", n.secret.Secret))
	n.shown = true
	return asker.QR(n.secret.URI)
}

// askBack asks for the code until it is right; the secret stays the same.
// Enter alone leaves the token unconfirmed.
func (n *newToken) askBack(ctx context.Context, asker *prompt.Asker, req prompt.AskBackRequest, to func(code api.Secret) (api.User, error)) (api.User, error) {
	left := n.app.text.Errors.NothingRegistered
	if req.Hardware {
		left = n.app.text.Errors.NothingChanged
	}
	for {
		code, _, err := asker.AskBack(ctx, req)
		if err != nil {
			return api.User{}, n.app.leaving(ctx, err, left)
		}
		u, err := to(code)
		switch api.CodeOf(err) {
		case api.OTPWrong, api.OTPDrifted, api.OTPSpent:
			_, p := n.app.explain(err)
			req.Again = i18n.Sentences(p.Message, p.Hint)
		default:
			return u, err
		}
	}
}

// doc is what the result says of the token.
func (n *newToken) doc(serial string, confirmed bool) *otpDoc {
	doc := &otpDoc{
		Type: n.params.Type, Digits: n.params.Digits, Period: int(n.params.Period / time.Second), Algorithm: n.params.Algorithm,
		Confirmed: confirmed,
	}
	if n.secretOut == "" {
		doc.Secret, doc.URI = n.secret.Secret, n.secret.URI
	}
	if !n.expires.IsZero() {
		doc.Expires = (*timeDoc)(&n.expires)
	}
	if n.serial != "" {
		doc.Serial = serial
	}
	return doc
}

// put puts what a person needs to know of the token on the page, below what is
// said of its user.
func (n *newToken) put(p *page, doc *otpDoc, user ...field) {
	t := n.app.text.Output
	fields := append(user, field{t.Labels.Confirmed, n.app.yesNo(doc.Confirmed)}, field{t.Token.LabelExpires, n.app.time(n.expires)})
	switch {
	case n.serial != "":
		p.fields(append(fields, field{t.Token.LabelSerial, doc.Serial})...)
	case n.secretOut != "":
		p.fields(fields...)
		p.lines(i18n.Fill(t.SecretWritten, "file", quote(n.secretOut)))
	case n.shown:
		p.fields(fields...)
	default:
		p.fields(append(fields, field{t.Labels.Secret, doc.Secret}, field{t.Labels.URI, doc.URI})...)
		p.lines(t.SecretOnce)
	}
}

func (a *app) yesNo(yes bool) string {
	if yes {
		return a.text.Output.Yes
	}
	return a.text.Output.No
}
