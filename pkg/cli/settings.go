package cli

import (
	"strconv"
	"strings"

	"certctl/pkg/api"
)

// setting is one thing that can be set for every run: by a flag, a variable,
// the configuration file, or not at all.
type setting struct {
	key    string // as in config.yaml
	flag   string // empty: none
	inFile bool
}

// variable is the environment variable of the setting.
func (s setting) variable() string {
	return "CERTCTL_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// settings is the table of all of them, in the order in which they are shown.
func settings() []setting {
	return []setting{
		{key: "home", flag: "home"},
		{key: "output", flag: "output"},
		{key: "no_input", flag: "no-input"},
		{key: "no_color", flag: "no-color"},
		{key: "accessible", flag: "accessible"},
		{key: "verbose", flag: "verbose"},
		{key: "timeout", flag: "timeout"},
		{key: "lang", flag: "lang", inFile: true},
		{key: "store", inFile: true}, // no flag: there may be a password in it
		{key: "sealed_by", flag: "sealed-by", inFile: true},
		{key: "wallet", flag: "wallet", inFile: true},
		{key: "wallet_password_file", flag: "wallet-password-file", inFile: true},
		{key: "policy.acquire_within", inFile: true},
		{key: "policy.validity", inFile: true},
		{key: "policy.renew_from", inFile: true},
		{key: "policy.reacquire_within", inFile: true},
		{key: "policy.user_attempts", inFile: true},
		{key: "policy.token_attempts", inFile: true},
		{key: "policy.session", inFile: true},
		{key: "policy.overlap", inFile: true},
		{key: "policy.replace", inFile: true},
		{key: "policy.reveal", inFile: true},
		{key: "policy.key_types", inFile: true},
		{key: "acquire_auth", inFile: true},
		{key: "smtp.host", inFile: true},
		{key: "smtp.port", inFile: true},
		{key: "smtp.security", inFile: true},
		{key: "smtp.username", inFile: true},
		{key: "smtp.password_file", inFile: true},
		{key: "smtp.from", inFile: true},
	}
}

// defaults returns the value of each setting that nobody set.
func defaults() map[string]string {
	p := api.DefaultPolicy()
	keys := make([]string, len(p.KeyTypes))
	for i, k := range p.KeyTypes {
		keys[i] = string(k)
	}
	return map[string]string{
		"home":                    "",
		"output":                  "table",
		"no_input":                "false",
		"no_color":                "false",
		"accessible":              "false",
		"verbose":                 "false",
		"timeout":                 "0s",
		"lang":                    "", // by the locale
		"store":                   "sqlite",
		"sealed_by":               "keyring",
		"wallet":                  "keyring",
		"wallet_password_file":    "",
		"acquire_auth":            string(p.AcquireAuth),
		"policy.acquire_within":   formatDuration(p.AcquireWithin),
		"policy.validity":         formatDuration(p.Validity),
		"policy.renew_from":       formatDuration(p.RenewFrom),
		"policy.reacquire_within": formatDuration(p.ReacquireWithin),
		"policy.user_attempts":    strconv.Itoa(p.UserAttempts),
		"policy.token_attempts":   strconv.Itoa(p.TokenAttempts),
		"policy.session":          formatDuration(p.Session),
		"policy.overlap":          formatDuration(p.Overlap),
		"policy.replace":          string(p.Replace),
		"policy.reveal":           string(p.Reveal),
		"policy.key_types":        strings.Join(keys, ","),
		"smtp.host":               "",
		"smtp.port":               "",
		"smtp.security":           "starttls",
		"smtp.username":           "",
		"smtp.password_file":      "",
		"smtp.from":               "",
	}
}
