package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/keyring"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// Scripts depend on these.
func TestExitCodes(t *testing.T) {
	want := map[api.Kind]int{
		api.KindInternal: 1, api.KindUsage: 2, api.KindNotFound: 3, api.KindDenied: 4, api.KindConflict: 5,
		api.KindUnavailable: 6, api.KindFollowUp: 7, api.KindDue: 10, api.KindCancelled: 130, api.KindTerminated: 143,
	}
	for kind, exit := range want {
		if got := exitCode(kind); got != exit {
			t.Errorf("exit code of kind %d is %d, want %d", kind, got, exit)
		}
	}
}

// Whatever can go wrong is in the table that help exit-codes prints, has a
// sentence and a next step, and nothing else has.
func TestEveryCodeIsExplained(t *testing.T) {
	texts := i18n.English().Errors
	rows := exitTable()
	known := map[string]bool{}
	for _, row := range rows {
		if texts.Exits[row.Exit] == "" {
			t.Errorf("exit code %d has no meaning", row.Exit)
		}
		for _, code := range row.Codes {
			known[string(code)] = true
			p := texts.Codes[string(code)]
			if p.Message == "" || p.Hint == "" {
				t.Errorf("%s: message %q, hint %q", code, p.Message, p.Hint)
			}
		}
	}
	if len(known) != len(api.Codes()) {
		t.Errorf("%d codes in the table, %d in api", len(known), len(api.Codes()))
	}
	for _, texts := range []map[string]string{texts.Named, texts.Timed} {
		for code := range texts {
			if !known[code] {
				t.Errorf("a message for %q, which is no code", code)
			}
		}
	}
	for code := range texts.Codes {
		if !known[code] {
			t.Errorf("a problem for %q, which is no code", code)
		}
	}
	if len(texts.Exits) != len(rows) {
		t.Errorf("%d meanings of %d exit codes", len(texts.Exits), len(rows))
	}
}

func TestErrorsOfOtherPackagesHaveCodes(t *testing.T) {
	a := newApp(Process{}, i18n.English())
	for _, s := range sentinels(a.text.Errors) {
		code, p := a.explain(fmt.Errorf("doing something: %w", s.err))
		if code == api.Internal || code != s.code || p.Message == "" {
			t.Errorf("%v: code %s, message %q", s.err, code, p.Message)
		}
	}
	// One that wraps another is the outer one.
	code, p := a.explain(fmt.Errorf("%w: %w", keyring.ErrGone, keyring.ErrNoBus))
	if code != api.KeyringAbsent || p != a.text.Errors.KeyringGone {
		t.Errorf("a keyring that went away: %s, %q", code, p.Message)
	}
	for _, err := range []error{store.ErrNotFound, store.ErrExists, errors.New("x")} {
		if code, _ := a.explain(err); code != api.Internal {
			t.Errorf("%v: code %s, want internal: the issuer should have translated it", err, code)
		}
	}
}

func TestMessagesNameWhatWasRefused(t *testing.T) {
	at := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	a := newApp(Process{Now: func() time.Time { return at }}, i18n.English())
	one, three := 1, 3
	tests := []struct {
		err  *api.Error
		want string
	}{
		{&api.Error{Code: api.NotFound, Field: "user_id", Value: "x\x1b[31m"}, `There is no user ID "x\x1b[31m".`},
		{&api.Error{Code: api.OTPWrong, TriesLeft: &three}, "The one-time password is wrong. 3 tries are left before the user is locked."},
		{&api.Error{Code: api.OTPWrong, TriesLeft: &one}, "The one-time password is wrong. One try is left before the user is locked."},
		{&api.Error{Code: api.AcquireExpired, Time: at}, "The time to acquire ended at 2027-03-01 09:00:00 UTC."},
		{&api.Error{Code: api.Locked}, "The user is locked after too many wrong codes."},
	}
	for _, tt := range tests {
		if _, p := a.explain(fmt.Errorf("wrapped: %w", tt.err)); p.Message != tt.want {
			t.Errorf("%v\n got %s\nwant %s", tt.err, p.Message, tt.want)
		}
	}
}

// Who has just been locked out is not told to try again.
func TestTheLastTryLeadsToTheAdministrator(t *testing.T) {
	none := 0
	for _, l := range i18n.Languages() {
		a := newApp(Process{}, l.Text())
		code, p := a.explain(&api.Error{Code: api.OTPWrong, TriesLeft: &none})
		if code != api.OTPWrong || !strings.Contains(p.Message, a.text.Errors.NowLocked) || !strings.Contains(p.Hint, "certctl user resume") {
			t.Errorf("%s: %s, %q, %q", l, code, p.Message, p.Hint)
		}
	}
}

// An error is the one document on standard output where JSON was asked for,
// even by arguments that were not understood.
func TestErrorsAsJSON(t *testing.T) {
	for _, args := range [][]string{
		{"-o", "json", "no-such-command"},
		{"version", "--no-such-flag", "-o", "json"},
		{"version", "--no-such-flag", "-ojson"},
		{"show", "--output=json"},
	} {
		got := runCLI(t, nil, args...)
		var doc errorDoc
		if err := json.Unmarshal([]byte(got.out), &doc); err != nil {
			t.Errorf("%q: %v in %q", args, err, got.out)
			continue
		}
		if got.exit != 2 || doc.Error.Code != api.Usage || doc.Error.Message == "" || doc.Error.Hint == "" {
			t.Errorf("%q: exit %d, %+v", args, got.exit, doc.Error)
		}
		if !strings.Contains(got.err, doc.Error.Message) {
			t.Errorf("%q: standard error lacks the sentence: %q", args, got.err)
		}
	}
	if got := runCLI(t, nil, "show", "--", "-o", "json"); got.out != "" {
		t.Errorf("arguments after -- are no flags, yet there is %q", got.out)
	}
	if got := runCLI(t, []string{"CERTCTL_OUTPUT=json"}, "nothing"); !strings.HasPrefix(got.out, "{") {
		t.Errorf("with CERTCTL_OUTPUT=json there is %q", got.out)
	}
}

// A stream is for the commands that have one; the refusal, as every error then,
// is one line.
func TestStreams(t *testing.T) {
	for _, args := range [][]string{
		{"version", "-o", "jsonl"},
		{"audit", "verify", "--output=jsonl"},
		{"audit", "list", "--no-such-flag", "-ojsonl"},
		{"no-such-command", "-o=jsonl"},
	} {
		got := runCLI(t, nil, args...)
		var doc errorDoc
		if err := json.Unmarshal([]byte(got.out), &doc); err != nil || strings.Count(got.out, "\n") != 1 {
			t.Errorf("%q: %v in %q", args, err, got.out)
		}
		if got.exit != 2 || doc.Error.Code != api.Usage {
			t.Errorf("%q: exit %d, %+v", args, got.exit, doc.Error)
		}
	}
	if got := runCLI(t, []string{"CERTCTL_OUTPUT=jsonl"}, "version"); got.exit != 2 || !strings.Contains(got.err, "certctl audit export, certctl audit list") {
		t.Errorf("version as a stream: exit %d, %s", got.exit, got.err)
	}
	if got := runCLI(t, nil, "audit", "list", "-o", "jsonl"); !strings.Contains(got.out, `"code":"store_absent"`) {
		t.Errorf("the audit log of nothing: %s", got.out)
	}
}

// A defect and what is out of order show their cause; a refusal has none.
func TestCauses(t *testing.T) {
	var out bytes.Buffer
	a := newApp(Process{Out: &out, Err: &out}, i18n.English())
	if exit := a.exit(nil, fmt.Errorf("read wallet: %w", wallet.ErrDamaged)); exit != 6 || !strings.Contains(out.String(), "Cause: read wallet") {
		t.Errorf("exit %d: %s", exit, out.String())
	}
	out.Reset()
	if exit := a.exit(nil, api.Refuse(api.KeyringAbsent)); exit != 6 || strings.Contains(out.String(), "Cause") {
		t.Errorf("exit %d: %s", exit, out.String())
	}
	out.Reset()
	a.verbose = true
	if exit := a.exit(nil, api.Fail(api.BadCSR, errors.New("asn1"))); exit != 4 || !strings.Contains(out.String(), "Cause: bad_csr: asn1") {
		t.Errorf("exit %d: %s", exit, out.String())
	}
	out.Reset()
	if exit := a.exit(api.Refuse(api.Terminated), errors.New("interrupted")); exit != 143 {
		t.Errorf("exit %d after SIGTERM: %s", exit, out.String())
	}
	if exit := a.exit(api.Refuse(api.Cancelled), nil); exit != 0 {
		t.Errorf("exit %d of a run that was done before the signal", exit)
	}
}

// cliResult is what a run left behind.
type cliResult struct {
	exit     int
	out, err string
}

// runCLI runs one command in process, with nothing on standard input.
func runCLI(t *testing.T, env []string, args ...string) cliResult {
	t.Helper()
	var out, err bytes.Buffer
	exit := Main(Process{
		Args: args,
		Env:  slices.Concat([]string{"CERTCTL_HOME=" + t.TempDir(), "CI=1"}, env),
		In:   strings.NewReader(""),
		Out:  &out,
		Err:  &err,
		Now:  func() time.Time { return time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) },
	})
	return cliResult{exit, out.String(), err.String()}
}
