package cli

import (
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
	"certctl/pkg/prompt"
)

// otpDoc is a token that was just made. It is the only answer that ever holds
// a token's secret, and does not where --secret-out took it.
type otpDoc struct {
	Type      string `json:"type"`
	Digits    int    `json:"digits"`
	Period    int    `json:"period"` // seconds
	Algorithm string `json:"algorithm"`
	Secret    string `json:"secret,omitempty"`
	URI       string `json:"uri,omitempty"`
	Confirmed bool   `json:"confirmed"`
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
// administrator gets it, and the code that proves that it arrived.
type newToken struct {
	app       *app
	otpFile   string
	secretOut string

	ref    api.UserRef
	params api.TokenParams
	secret otpSecretDoc
	shown  bool // on the terminal, so that the result need not repeat it
}

func (n *newToken) flags(cmd *cobra.Command) {
	usage := n.app.text.Flags
	cmd.Flags().StringVar(&n.otpFile, "otp-file", "", usage.OTPAskBack)
	cmd.Flags().StringVar(&n.secretOut, "secret-out", "", usage.SecretOut)
}

// register hands a new token for ref to a backend. The secret is where it is
// wanted before the backend has it: a token that nobody knows would lock the
// user out.
func (n *newToken) register(ctx context.Context, ref api.UserRef, to func(api.NewToken) (api.User, error)) (api.User, error) {
	n.make(ref)
	if n.secretOut == "" {
		return n.confirm(ctx, to)
	}
	text, err := marshal(secretDoc{n.secret})
	if err != nil {
		return api.User{}, err
	}
	if err := n.app.writeNewFile(n.secretOut, text); err != nil {
		return api.User{}, err
	}
	maybe := false // it is not known what the backend did
	u, err := n.confirm(ctx, func(t api.NewToken) (api.User, error) {
		u, err := to(t)
		maybe = err == nil || !refused(err)
		return u, err
	})
	if err != nil && !maybe {
		_ = os.Remove(n.secretOut) // it opens nothing
	}
	return u, err
}

// make makes the token's secret.
func (n *newToken) make(ref api.UserRef) {
	p := otp.DefaultParams()
	secret := p.NewSecret()
	n.ref, n.params = ref, api.DefaultTokenParams()
	n.secret = otpSecretDoc{
		Secret: otp.EncodeSecret(secret),
		URI:    p.URI("certctl", ref.ContractID+"/"+ref.UserID, secret),
	}
}

// unconfirmed is the token without a code.
func (n *newToken) unconfirmed() *api.NewToken {
	return &api.NewToken{Params: n.params, Secret: api.Secret(n.secret.Secret)}
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
	lines, err := n.present(asker)
	if err != nil {
		return api.User{}, err
	}
	return n.askBack(ctx, asker, prompt.AskBackRequest{Digits: n.params.Digits, Keep: lines}, func(code api.Secret) (api.User, error) {
		token.Code = code
		return to(token)
	})
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
	for {
		code, _, err := asker.AskBack(ctx, req)
		if err != nil {
			return api.User{}, n.app.leaving(ctx, err, n.app.text.Errors.NothingRegistered)
		}
		u, err := to(code)
		switch api.CodeOf(err) {
		case api.OTPWrong, api.OTPDrifted:
			_, p := n.app.explain(err)
			req.Again = i18n.Sentences(p.Message, p.Hint)
		default:
			return u, err
		}
	}
}

// doc is what the result says of the token.
func (n *newToken) doc(confirmed bool) *otpDoc {
	doc := &otpDoc{
		Type: n.params.Type, Digits: n.params.Digits, Period: int(n.params.Period / time.Second), Algorithm: n.params.Algorithm,
		Confirmed: confirmed,
	}
	if n.secretOut == "" {
		doc.Secret, doc.URI = n.secret.Secret, n.secret.URI
	}
	return doc
}

// put puts what a person needs to know of the token on the page, below what is
// said of its user.
func (n *newToken) put(p *page, doc *otpDoc, user ...field) {
	t := n.app.text.Output
	fields := append(user, field{t.Labels.Confirmed, n.app.yesNo(doc.Confirmed)})
	switch {
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
