package cli

import (
	"strconv"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
)

// The names of what quickstart makes.
const (
	demoCA       = "Quickstart"
	demoContract = "12345678901"
	demoUser     = "tanaka"
)

// demo is an acquisition whose holder is made up: the screens come filled in,
// or answer themselves.
type demo struct {
	ref   api.UserRef
	token *newToken
}

// code is what the token shows, and for how many seconds still.
func (d *demo) code(now time.Time) (code api.Secret, left int) {
	p := otp.DefaultParams()
	secret, err := otp.DecodeSecret(d.token.secret.Secret)
	if err != nil {
		return "", 0 // it is one that we made
	}
	period := int64(p.Period / time.Second)
	return api.Secret(p.Code(secret, p.Step(now))), int(period - now.Unix()%period)
}

// sayCode shows the code before it is asked for.
func (a *app) sayCode(d *demo) {
	code, left := d.code(a.process.now())
	a.say(i18n.Fill(a.text.Output.Quickstart.CodeNow, "code", string(code), "seconds", strconv.Itoa(left)))
}
