package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"certctl/pkg/i18n"
	"certctl/pkg/store/storetest"
)

// The journeys of holders, administrators and operators with their records in
// PostgreSQL. config.yaml says so, as a deployment would.
func TestScriptsOnPostgreSQL(t *testing.T) {
	server := storetest.Start(t)
	onPostgreSQL := func(p *testscript.Params) {
		p.Dir = ""
		for _, name := range []string{"acquire", "confirm", "crl", "handover", "journey", "renew", "user", "user_import", "week"} {
			p.Files = append(p.Files, filepath.Join("..", "..", "testdata", "script", name+".txtar"))
		}
		setUp := p.Setup
		p.Setup = func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "certctl")
			env.Defer(func() {
				if _, err := os.Stat(filepath.Join(home, "backend.db")); err == nil {
					t.Error("the records are in a file")
				}
			})
			config := "store: " + server.Database(t) + "\n"
			err := errors.Join(os.MkdirAll(home, 0o700), os.WriteFile(filepath.Join(home, "config.yaml"), []byte(config), 0o600))
			return errors.Join(err, setUp(env))
		}
	}
	runScripts(t, i18n.EN, "C", onPostgreSQL)
}

// What is wrong with a database is said in either language, with what to do,
// and its password in none.
func TestADatabaseThatCannotBeUsed(t *testing.T) {
	const password = "Wolkenkuckucksheim"
	server := storetest.Start(t, "fsync=off")
	server.Do(t, "postgres", `CREATE ROLE guest LOGIN PASSWORD '`+password+`'`)
	server.Do(t, "postgres", `CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`)
	guest := "guest:" + password
	for name, c := range map[string]struct {
		url  string
		exit int
		code string
	}{
		"no server":      {"postgres://" + guest + "@127.0.0.1:1/postgres", 6, "store_unreachable"},
		"no database":    {server.URL(guest, "nowhere"), 3, "store_absent"},
		"no backend":     {server.URL("postgres", "postgres"), 3, "store_absent"},
		"wrong password": {server.URL(guest+"!", "postgres"), 6, "store_login"},
		"no rights":      {server.URL(guest, "postgres"), 6, "store_denied"},
		"not in UTF-8":   {server.URL(guest, "latin"), 6, "store_denied"},
		"no URL":         {"postgres://" + guest + "%zz@host/postgres", 2, "usage"},
		"another scheme": {"mysql://" + guest + "@host/postgres", 2, "usage"},
		"no scheme":      {guest + "@host/postgres", 2, "usage"},
	} {
		for _, lang := range i18n.Languages() {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				args := []string{"contract", "list"}
				if name == "no rights" {
					args = []string{"ca", "init", "--sealed-by", "file:" + filepath.Join(t.TempDir(), "key")}
				}
				r := runOn(t, c.url, append(args, "-v", "-o", "json", "--lang", string(lang))...)
				var doc struct {
					Error struct{ Code, Message, Hint string }
				}
				if err := json.Unmarshal(r.stdout, &doc); err != nil {
					t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
				}
				if r.exit != c.exit || doc.Error.Code != c.code || doc.Error.Hint == "" {
					t.Errorf("exit %d, %+v; want %d, %s with a hint", r.exit, doc.Error, c.exit, c.code)
				}
				view := runOn(t, c.url, "config", "view", "-o", "json")
				if shown := string(r.stdout) + string(r.stderr) + string(view.stdout) + string(view.stderr); strings.Contains(shown, password) {
					t.Errorf("the password is shown:\n%s", shown)
				}
			})
		}
	}
}

// A server that may forget what it said it kept is named, once in a run and
// beside the result. The sealing key is no single machine's.
func TestWhatIsSaidOfADatabaseServer(t *testing.T) {
	server := storetest.Start(t, "fsync=off", "synchronous_commit=off")
	url := server.Database(t)
	key := "file:" + filepath.Join(t.TempDir(), "key")
	r := runOn(t, url, "ca", "init", "--sealed-by", "keyring")
	if r.exit != 2 || !bytes.Contains(r.stderr, []byte("--sealed-by file:PATH")) {
		t.Errorf("sealing key in the keyring: exit %d\n%s", r.exit, r.stderr)
	}
	for _, args := range [][]string{{"ca", "init", "--sealed-by", key}, {"ca", "show", "--sealed-by", key}} {
		r := runOn(t, url, args...)
		if n := bytes.Count(r.stderr, []byte("fsync=off, synchronous_commit=off")); r.exit != 0 || n != 1 {
			t.Errorf("%v: exit %d, warned %d times, want once\n%s", args, r.exit, n, r.stderr)
		}
	}
}

// ran is how a run ended and what it wrote.
type ran struct {
	exit           int
	stdout, stderr []byte
}

// runOn runs certctl with its records in a place, and nobody to ask.
func runOn(t *testing.T, place string, args ...string) ran {
	t.Helper()
	cmd := exec.Command("certctl", args...)
	cmd.Env = append(os.Environ(), "CERTCTL_HOME="+t.TempDir(), "CERTCTL_STORE="+place, "CERTCTL_LANG=en", "CERTCTL_NO_INPUT=true")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return ran{cmd.ProcessState.ExitCode(), stdout.Bytes(), stderr.Bytes()}
}
