package cli

import (
	"testing"

	"certctl/pkg/i18n"
)

// A command that is shown goes where this run went.
func TestRerun(t *testing.T) {
	a := newApp(Process{}, i18n.EN.Text())
	cmd := newRoot(a)
	const list = "Run `certctl list`."
	if got := a.rerun(list); got != list {
		t.Errorf("before the flags are read: %q", got)
	}
	if err := cmd.ParseFlags([]string{"--home", "/a b", "--wallet=file:w", "--lang", "en"}); err != nil {
		t.Fatal(err)
	}
	a.flags = cmd.Flags()
	for text, want := range map[string]string{
		list:                             "Run `certctl --home '/a b' --wallet file:w list`.",
		"`certctl user add --otp` adds.": "`certctl --home '/a b' user add --otp` adds.",
		"Next:\n  certctl show x\n  certctl ca show": "Next:\n  certctl --home '/a b' --wallet file:w show x\n  certctl --home '/a b' ca show",
		"certctl config view":                        "certctl --home '/a b' --wallet file:w config view",
		"administrator: certctl ca crl":              "administrator: certctl --home '/a b' ca crl",
		"openssl x | certctl import -":               "openssl x | certctl --home '/a b' --wallet file:w import -",
		// One that names the place itself keeps it.
		"  certctl acquire --wallet file:DIR --wallet-password-file FILE": "  certctl --home '/a b' acquire --wallet file:DIR --wallet-password-file FILE",
		// What looks nowhere, and what is no command.
		"`certctl help acquiring`, `certctl --help`, `certctl version`": "`certctl help acquiring`, `certctl --help`, `certctl version`",
		"certctl: no certctl list is here.":                             "certctl: no certctl list is here.",
		"`certctl --home /c list`":                                      "`certctl --home /c list`",
	} {
		got := a.rerun(text)
		if got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		if again := a.rerun(got); again != got {
			t.Errorf("twice: %q", again)
		}
	}
}

// A command is copied whole, however narrow the terminal is.
func TestLinesKeepACommandWhole(t *testing.T) {
	for text, want := range map[string]string{
		"See it with `certctl list`. That is all.":                        "See it with\n`certctl list`. That\nis all.\n",
		"See it with `certctl --home /somewhere list`. That is all of it": "See it with\n`certctl --home /somewhere list`.\nThat is all of it\n",
		"`certctl --home /somewhere list` で確認してください。":                     "`certctl --home /somewhere list`\nで確認してください。\n",
		"": "\n",
	} {
		p := page{width: 20}
		p.lines(text)
		if got := p.String(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
