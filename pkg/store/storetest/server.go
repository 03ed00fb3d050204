package storetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// startTimeout bounds what is waited for by its event.
const startTimeout = time.Minute

// Server is a PostgreSQL server on a cluster of its own, reached by a Unix
// socket. It ends, and its files go, when this process ends, however that is.
type Server struct {
	dir      string
	bin      string
	settings []string
	running  *exec.Cmd
	input    io.WriteCloser
}

// watch is the shell that runs a server for as long as its input is open. Then
// it stops it as a power cut would stop the program (`pg_ctl stop -m
// immediate`) and, unless told to keep it, removes the cluster.
const watch = `
dir=$1
shift
"$@" -D "$dir/data" -k "$dir" </dev/null >>"$dir/log" 2>&1 &
server=$!
last=$(cat)
kill -QUIT $server 2>/dev/null
wait $server
[ "$last" = keep ] || rm -rf "$dir"
`

// Start starts a server for one test, with settings such as "fsync=off". It
// asks the user guest, if a test makes one, for a password, and nobody else.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := New(settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Stop(t)
		if err := os.RemoveAll(s.dir); err != nil {
			t.Error(err)
		}
	})
	return s
}

// New starts a server that ends with this process, or when nobody refers to it
// any more.
func New(settings ...string) (*Server, error) {
	s := &Server{settings: settings}
	var err error
	if s.bin, err = programs(); err != nil {
		return nil, err
	}
	// A socket's path has 107 bytes at most: not below a test's directory.
	if s.dir, err = os.MkdirTemp("", "certctl-pg-"); err != nil {
		return nil, err
	}
	if err := giveAway(s.dir); err != nil {
		return nil, err
	}
	initdb := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"),
		"--username=postgres", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
	initdb.Dir = s.dir
	if err := drop(initdb); err != nil {
		return nil, err
	}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	access := "local all guest scram-sha-256\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(s.dir, "data", "pg_hba.conf"), []byte(access), 0o600); err != nil {
		return nil, err
	}
	return s, s.start()
}

// programs returns the directory of PostgreSQL's programs, which Debian keeps
// out of the PATH.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path)
		return filepath.Dir(path), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL's initdb is not there; Debian has it in the package postgresql")
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func (s *Server) start() error {
	args := []string{"-c", watch, "sh", s.dir, filepath.Join(s.bin, "postgres")}
	defaults := []string{"listen_addresses=", "max_connections=200", "jit=off", "autovacuum=off", "deadlock_timeout=100ms"}
	for _, setting := range append(defaults, s.settings...) {
		args = append(args, "-c", setting)
	}
	s.running = exec.Command("sh", args...)
	s.running.Dir = s.dir
	if err := drop(s.running); err != nil {
		return err
	}
	var err error
	if s.input, err = s.running.StdinPipe(); err != nil {
		return err
	}
	if err := s.running.Start(); err != nil {
		return err
	}
	db, err := sql.Open("pgx", s.URL("postgres", "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		log, _ := os.ReadFile(filepath.Join(s.dir, "log")) // for the message
		if ctx.Err() != nil || bytes.Contains(log, []byte("FATAL:  could not")) {
			return fmt.Errorf("start PostgreSQL: %w\n%s", err, log)
		}
		select { // it tells nobody when it is ready
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// Stop stops the server as `pg_ctl stop -m immediate` does: nobody is told and
// nothing is tidied up. The cluster stays.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.running == nil {
		return
	}
	_, err := io.WriteString(s.input, "keep")
	if err := errors.Join(err, s.input.Close(), s.running.Wait()); err != nil {
		t.Errorf("stop PostgreSQL: %v", err)
	}
	s.running = nil
}

// Restart starts a server that was stopped.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

// URL returns the URL of a database of the server for a user, who may come
// with a password: "guest:secret".
func (s *Server) URL(user, database string) string {
	return "postgres://" + user + "@/" + database + "?host=" + url.QueryEscape(s.dir)
}

// Socket is the path of the server's socket.
func (s *Server) Socket() string { return filepath.Join(s.dir, ".s.PGSQL.5432") }

// Do runs SQL as the server's superuser.
func (s *Server) Do(t testing.TB, database, query string) {
	t.Helper()
	db, err := sql.Open("pgx", s.URL("postgres", database))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// Database makes what is a database to the store, and returns its URL: a
// schema, which takes a hundredth of the time of a database.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "t" + strings.ToLower(rand.Text())
	s.Do(t, "postgres", `CREATE SCHEMA `+name)
	return s.URL("postgres", "postgres") + "&search_path=" + name
}
