package main

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"certctl/pkg/otp"
)

// town is a deployment with one user, in one home directory, at one moment.
type town struct {
	home    string
	notes   string // a directory for what the test itself keeps
	time    string // RFC 3339
	code    string // what the user's token shows
	step    int64
	keyring bool   // the wallet's keys are in the session's keyring
	store   string // where the records are; empty: in the home directory
}

const (
	townTime = "2027-03-01T09:00:00Z"
	townUser = "12345678901-tanaka"
)

// newTown makes a deployment by the commands that an operator would use.
func newTown(t *testing.T) town {
	t.Helper()
	return newTownAt(t, "")
}

// newTownAt makes one with its records in a database of its own.
func newTownAt(t *testing.T, store string) town {
	t.Helper()
	w := town{store: store, home: filepath.Join(t.TempDir(), "home"), notes: t.TempDir(), time: townTime}
	if err := os.Mkdir(w.home, 0o700); err != nil {
		t.Fatal(err)
	}
	w.must(t, "ca", "init", "--sealed-by", "file:"+filepath.Join(w.home, "sealing.key"))
	// The key moves with the home directory.
	config := filepath.Join(w.home, "config.yaml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.must(t, "contract", "add", "12345678901")
	var user struct {
		OTP struct{ Secret string } `json:"otp"`
	}
	out := w.must(t, "user", "add", "--contract-id", "12345678901", "--user-id", "tanaka", "--otp", "-o", "json")
	if err := json.Unmarshal([]byte(out), &user); err != nil {
		t.Fatalf("user add: %v\n%s", err, out)
	}
	secret, err := otp.DecodeSecret(user.OTP.Secret)
	if err != nil {
		t.Fatal(err)
	}
	p := otp.DefaultParams()
	w.step = p.Step(w.now())
	w.code = p.Code(secret, w.step)
	return w
}

func (w town) now() time.Time {
	t, err := time.Parse(time.RFC3339, w.time)
	if err != nil {
		panic(err)
	}
	return t
}

func (w town) copy(t *testing.T) town {
	c := w
	c.home, c.notes = filepath.Join(t.TempDir(), "home"), t.TempDir()
	if err := os.CopyFS(c.home, os.DirFS(w.home)); err != nil {
		t.Error(err)
	}
	// CopyFS makes files by the umask; keys are private.
	for _, key := range []string{"sealing.key", filepath.Join("wallet", "wallet.key")} {
		if err := os.Chmod(filepath.Join(c.home, key), 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	}
	return c
}

// command is certctl in this home, at this moment, with nobody to ask.
func (w town) command(args ...string) *exec.Cmd {
	cmd := exec.Command("certctl", args...)
	clock := w.beside("clock")
	cmd.Env = append(os.Environ(),
		"HOME="+w.home,
		"CERTCTL_HOME="+w.home,
		"CERTCTL_LANG=en",
		"CERTCTL_SEALED_BY=file:"+filepath.Join(w.home, "sealing.key"),
		"CERTCTL_WALLET=file:"+filepath.Join(w.home, "wallet"),
		"CERTCTL_WALLET_PASSWORD_FILE=none",
		"CERTCTL_NO_INPUT=true",
		clockVariable+"="+clock,
	)
	if w.keyring {
		cmd.Env = append(cmd.Env, "CERTCTL_WALLET=keyring")
	}
	if w.store != "" {
		cmd.Env = append(cmd.Env, "CERTCTL_STORE="+w.store)
	}
	if err := os.WriteFile(clock, []byte(w.time), 0o600); err != nil {
		panic(err)
	}
	return cmd
}

func (w town) must(t *testing.T, args ...string) string {
	t.Helper()
	cmd := w.command(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("certctl %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// result is how a run ended.
type result struct {
	killed  bool
	exit    int
	refused string // the code of the error
	stderr  string
}

// result runs a command, killed at a place where that is not 0.
func (w town) result(t *testing.T, cmd *exec.Cmd, killAt int) result {
	cmd.Env = append(cmd.Env, countVariable+"="+w.countFile(), killVariable+"="+strconv.Itoa(killAt))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	exited := (*exec.ExitError)(nil)
	if err != nil && !errors.As(err, &exited) {
		t.Error(err)
	}
	var doc struct{ Error struct{ Code string } }
	_ = json.Unmarshal(stdout.Bytes(), &doc) // a killed run has written nothing
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	return result{
		killed:  status.Signaled() && status.Signal() == syscall.SIGKILL,
		exit:    cmd.ProcessState.ExitCode(),
		refused: doc.Error.Code,
		stderr:  stderr.String(),
	}
}

// beside is a file that belongs to the town and not to its home.
func (w town) beside(name string) string { return filepath.Join(w.notes, name) }

// records is the database.
func (w town) records() string { return cmp.Or(w.store, filepath.Join(w.home, "backend.db")) }

// query reads one row of the database.
func (w town) query(t *testing.T, query string, dest ...any) {
	driver := "sqlite"
	if w.store != "" {
		driver = "pgx"
	}
	db, err := sql.Open(driver, w.records())
	if err != nil {
		t.Error(err)
		return
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(dest...); err != nil {
		t.Errorf("%s: %v", query, err)
	}
}
