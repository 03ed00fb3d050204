package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"certctl/pkg/i18n"
)

// The journeys in testdata/script go through cli.Main, each in a home of its
// own with a file wallet and a clock that stands still. Besides testscript's
// commands they have
//
//	clock TIME | +DURATION   sets the clock, or moves it on
//	json PATH VALUE          checks a value of the last standard output
//	take NAME PATH           sets a variable to a value of it
//	code NAME SECRET         sets a variable to what a token shows now
//	mode PERM FILE           checks a file's permissions
//	exits CODE COMMAND …     runs a command that has to exit with a code
//	empty DIR                checks that a directory has nothing in it
//	smtpd PORT DIR           starts a mail server that keeps what it gets in a
//	                         maildir, and sets a variable to its port
//
// PATH is a path of keys and indexes, such as .users.0.state; null is the text
// of a value that is null. Each runs in each language: what it expects to read
// in one is behind [en] or [ja], all else is the same in both. $P12 is the
// directory of files that other programs made, $RFC that of RFC 6030's containers.
func TestScripts(t *testing.T) { runScripts(t, i18n.EN, "C") }

func TestScriptsInJapanese(t *testing.T) { runScripts(t, i18n.JA, "ja_JP.UTF-8") }

func runScripts(t *testing.T, lang i18n.Language, locale string, change ...func(*testscript.Params)) {
	params := testscript.Params{
		Dir:                filepath.Join("..", "..", "testdata", "script"),
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", locale)
			return setUpScript(env)
		},
		Condition: func(name string) (bool, error) {
			if !i18n.Language(name).Spoken() {
				return false, fmt.Errorf("no condition %s", name)
			}
			return i18n.Language(name) == lang, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"clock": scriptClock,
			"json":  scriptJSON,
			"take":  scriptTake,
			"code":  scriptCode,
			"mode":  scriptMode,
			"exits": scriptExits,
			"empty": scriptEmpty,
			"smtpd": scriptSMTPD,
		},
	}
	for _, f := range change {
		f(&params)
	}
	testscript.Run(t, params)
}

const scriptStart = "2027-03-01T09:00:00Z"

func setUpScript(env *testscript.Env) error {
	work := env.WorkDir
	env.Setenv("HOME", filepath.Join(work, "home"))
	env.Setenv("CERTCTL_HOME", filepath.Join(work, "certctl"))
	env.Setenv("CERTCTL_WALLET", "file:"+filepath.Join(work, "certctl", "wallet"))
	env.Setenv("CERTCTL_WALLET_PASSWORD_FILE", "none")
	files, err := filepath.Abs(filepath.Join("..", "..", "testdata", "p12"))
	if err != nil {
		return err
	}
	env.Setenv("P12", files)
	containers, err := filepath.Abs(filepath.Join("..", "..", "pkg", "inventory", "testdata"))
	if err != nil {
		return err
	}
	env.Setenv("RFC", containers)
	env.Setenv("TZ", "UTC")
	env.Setenv("GORACE", os.Getenv("GORACE"))
	// No script finds the keyring of whoever runs the tests.
	env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(work, "no-bus"))
	env.Setenv(clockVariable, filepath.Join(work, ".clock"))
	return os.WriteFile(filepath.Join(work, ".clock"), []byte(scriptStart), 0o600)
}

func scriptClock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: clock TIME | +DURATION")
	}
	file := ts.Getenv(clockVariable)
	text := args[0]
	if d, moved := strings.CutPrefix(text, "+"); moved {
		step, err := time.ParseDuration(d)
		ts.Check(err)
		text = scriptNow(ts).Add(step).Format(time.RFC3339)
	}
	ts.Check(os.WriteFile(file, []byte(text), 0o600))
	scriptNow(ts) // it has to be a time
}

func scriptNow(ts *testscript.TestScript) time.Time {
	now, err := time.Parse(time.RFC3339, ts.ReadFile(ts.Getenv(clockVariable)))
	ts.Check(err)
	return now
}

func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] json PATH VALUE")
	}
	if got := stdoutValue(ts, args[0]); (got == args[1]) == neg {
		ts.Fatalf("%s is %q in\n%s", args[0], got, ts.ReadFile("stdout"))
	}
}

func scriptTake(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: take NAME PATH")
	}
	ts.Setenv(args[0], stdoutValue(ts, args[1]))
}

func scriptCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: code NAME SECRET")
	}
	at := "@" + strconv.FormatInt(scriptNow(ts).Unix(), 10)
	out, err := exec.Command("oathtool", "--totp", "--now", at, "--base32", args[1]).Output()
	ts.Check(err)
	ts.Setenv(args[0], strings.TrimSpace(string(out)))
}

func scriptMode(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] mode PERM FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); (got == args[0]) == neg {
		ts.Fatalf("%s has mode %s", args[1], got)
	}
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT...]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exited := (*exec.ExitError)(nil)
		if !errors.As(err, &exited) {
			ts.Check(err)
		}
		code = exited.ExitCode()
	}
	if want := args[0]; strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s\n%s", code, want, ts.ReadFile("stderr"))
	}
}

func scriptEmpty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: empty DIR")
	}
	found, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) > 0 {
		ts.Fatalf("%s is not empty: %v", args[0], found)
	}
}

// stdoutValue returns a value of the last standard output, which has to be one
// JSON document.
func stdoutValue(ts *testscript.TestScript, path string) string {
	var doc any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &doc); err != nil {
		ts.Fatalf("standard output is not one JSON document: %v\n%s", err, ts.ReadFile("stdout"))
	}
	for key := range strings.SplitSeq(strings.TrimPrefix(path, "."), ".") {
		doc = child(ts, doc, key)
	}
	switch v := doc.(type) {
	case string:
		return v
	default:
		text, err := json.Marshal(v)
		ts.Check(err)
		return string(text)
	}
}

func child(ts *testscript.TestScript, doc any, key string) any {
	switch v := doc.(type) {
	case map[string]any:
		value, found := v[key]
		if !found {
			ts.Fatalf("no key %q in\n%s", key, ts.ReadFile("stdout"))
		}
		return value
	case []any:
		if i, err := strconv.Atoi(key); err == nil && i < len(v) {
			return v[i]
		}
	}
	ts.Fatalf("nothing at %q in\n%s", key, ts.ReadFile("stdout"))
	return nil
}
