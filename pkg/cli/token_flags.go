package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/otp"
)

// tokenSize is what the flags say of a software token.
type tokenSize struct{ kind, digits, period, algorithm, expires string }

func (n *newToken) flags(cmd *cobra.Command) {
	usage := n.app.text.Flags
	cmd.Flags().StringVar(&n.otpFile, "otp-file", "", usage.OTPAskBack)
	cmd.Flags().StringVar(&n.secretOut, "secret-out", "", usage.SecretOut)
	cmd.Flags().BoolVar(&n.shared, "shared", false, usage.TokenShared)
	cmd.Flags().StringVar(&n.size.expires, "expires", "", usage.TokenExpires)
	cmd.Flags().StringVar(&n.size.kind, "type", api.TOTP, usage.TokenType)
	cmd.Flags().StringVar(&n.size.digits, "digits", "6", usage.TokenDigits)
	cmd.Flags().StringVar(&n.size.period, "period", "30s", usage.TokenPeriod)
	cmd.Flags().StringVar(&n.size.algorithm, "algorithm", string(otp.SHA1), usage.TokenAlgorithm)
	completeWords(cmd, "type", []string{api.TOTP, api.HOTP})
	completeWords(cmd, "digits", []string{"6", "8"})
	completeWords(cmd, "period", []string{"30s", "60s"})
	completeWords(cmd, "algorithm", []otp.Algorithm{otp.SHA1, otp.SHA256, otp.SHA512})
}

// check reads the flags. serial is the one that names a hardware token.
func (n *newToken) check(cmd *cobra.Command, serial string) error {
	a, e := n.app, n.app.text.Errors
	if n.shared && n.serial == "" {
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--shared", "needs", serial), a.seeHelp(cmd))
	}
	for _, flag := range []string{"secret-out", "type", "digits", "period", "algorithm", "expires"} {
		if n.serial != "" && cmd.Flags().Changed(flag) {
			return a.usage(i18n.Fill(e.FlagsTogether, "flags", serial+", --"+flag), a.seeHelp(cmd))
		}
	}
	if n.size.kind == api.HOTP && cmd.Flags().Changed("period") {
		return a.usage(i18n.Fill(e.FlagsTogether, "flags", "--type hotp, --period"), a.seeHelp(cmd))
	}
	return n.checkSize(cmd)
}

// checkSize reads what the flags say of a software token.
func (n *newToken) checkSize(cmd *cobra.Command) error {
	s := n.size
	s.algorithm = strings.ToUpper(s.algorithm)
	for _, f := range []struct {
		flag, value string
		words       []string
	}{
		{"--type", s.kind, []string{api.TOTP, api.HOTP}},
		{"--digits", s.digits, []string{"6", "8"}},
		{"--period", s.period, []string{"30s", "60s"}},
		{"--algorithm", s.algorithm, []string{"SHA1", "SHA256", "SHA512"}},
	} {
		if !slices.Contains(f.words, f.value) {
			return n.app.badValue(cmd, f.flag, f.value, oneOf(n.app, f.words))
		}
	}
	period, _ := time.ParseDuration(s.period) // one of two
	if s.kind == api.HOTP {
		period = 0
	}
	n.params = api.TokenParams{Type: s.kind, Digits: int(s.digits[0] - '0'), Period: period, Algorithm: s.algorithm}
	if s.expires == "" {
		return nil
	}
	after, err := parseDuration(s.expires)
	if err != nil || after <= 0 {
		return n.app.badValue(cmd, "--expires", s.expires, n.app.text.Errors.WantDuration)
	}
	n.expires = n.app.process.now().Add(after)
	return nil
}

// find looks for a hardware token that is to be taken, before anybody types what
// it shows.
func (n *newToken) find(ctx context.Context, admin api.Admin, by api.Actor, contractID string) error {
	if n.serial == "" {
		return nil
	}
	t, err := admin.HardwareToken(ctx, by, n.serial)
	switch {
	case err != nil:
		return err
	case t.ContractID != "" && t.ContractID != contractID:
		return &api.Error{Code: api.NotFound, Field: "serial", Value: t.Serial}
	case !t.Expires.IsZero() && !t.Expires.After(n.app.process.now()):
		return &api.Error{Code: api.OTPExpired, Field: "serial", Value: t.Serial}
	case len(t.Users) > 0 && !n.shared:
		return &api.Error{Code: api.Exists, Field: "serial", Value: t.Serial}
	}
	n.params = t.Params
	return nil
}
