package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/otp"
)

const deskContract = "12345678901"

// desk is where people sit: a home with a file wallet, a clock, and a terminal
// of so many columns and lines.
type desk struct {
	t             *testing.T
	dir           string
	env           []string
	now           *time.Time
	width, height int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	d := &desk{t: t, dir: dir, now: &now, width: 120, height: 60, env: append(slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, "CI=") || strings.HasPrefix(s, "CERTCTL_")
	}),
		"TERM=xterm-256color",
		"CERTCTL_LANG=en",
		"TZ=UTC",
		"HOME="+dir,
		"CERTCTL_HOME="+dir,
		"CERTCTL_SEALED_BY=file:"+filepath.Join(dir, "sealing.key"),
		"CERTCTL_WALLET=file:"+filepath.Join(dir, "wallet"),
		"CERTCTL_WALLET_PASSWORD_FILE=none",
		clockVariable+"="+filepath.Join(dir, "clock"),
	)}
	d.clock(t, 0)
	return d
}

// with returns the desk with one more variable.
func (d *desk) with(variable string) *desk {
	changed := *d
	changed.env = append(slices.Clone(d.env), variable)
	return &changed
}

// clock moves the clock on.
func (d *desk) clock(t *testing.T, by time.Duration) {
	t.Helper()
	*d.now = d.now.Add(by)
	if err := os.WriteFile(filepath.Join(d.dir, "clock"), []byte(d.now.Format(time.RFC3339)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// code is what a token shows now.
func (d *desk) code(t *testing.T, secret string) string {
	t.Helper()
	raw, err := otp.DecodeSecret(secret)
	if err != nil {
		t.Fatal(err)
	}
	p := otp.DefaultParams()
	return p.Code(raw, p.Step(*d.now))
}

// user makes a backend with the user sato, and returns their token's secret.
func (d *desk) user(t *testing.T) string {
	t.Helper()
	d.run("ca", "init").exits(0)
	d.run("contract", "add", deskContract).exits(0)
	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "sato", "--otp", "--no-input")
	add.exits(0)
	return add.find(`OTP secret: +([A-Z2-7]{32})`)
}

func (d *desk) files(t *testing.T, dir, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(d.dir, dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return all
}
