package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"certctl/pkg/store"
)

// variable chooses the database of a test process.
const variable = "TEST_STORE"

// Postgres tells whether the tests of this process are on PostgreSQL.
func Postgres() bool { return os.Getenv(variable) == "postgres" }

// Place returns where a test may make its database: nothing is there yet.
func Place(t testing.TB) string {
	t.Helper()
	if Postgres() {
		return Database(t)
	}
	return filepath.Join(t.TempDir(), "home", "backend.db")
}

// shared is the server of this process, which ends with it. What it has
// committed outlives its end, though not a power cut.
var shared = sync.OnceValues(func() (*Server, error) {
	return New("fsync=off", "full_page_writes=off")
})

// Shared returns the server that the tests of this process share.
func Shared(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Database returns the URL of a new database on the server that the tests of
// this process share.
func Database(t testing.TB) string {
	t.Helper()
	return Shared(t).Database(t)
}

// OpenDB opens a database behind the store's back.
func OpenDB(t testing.TB, place string) *sql.DB {
	t.Helper()
	db, err := openDB(place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openDB(place string) (*sql.DB, error) {
	if store.IsPostgres(place) {
		c, err := pgx.ParseConfig(place)
		if err != nil {
			return nil, err
		}
		// A connection that a restart has cut is not used.
		always := func(context.Context, stdlib.ShouldPingParams) bool { return true }
		return stdlib.OpenDB(*c, stdlib.OptionShouldPing(always)), nil
	}
	db, err := sql.Open("sqlite", "file:"+place+"?_pragma=busy_timeout(5000)")
	if err == nil {
		db.SetMaxIdleConns(-1) // keeps no connection open between two questions
	}
	return db, err
}

// OnPostgreSQL runs the tests of the package once more, on PostgreSQL, in
// another process; not those of the names given, nor the one that calls it.
func OnPostgreSQL(t *testing.T, except ...string) {
	t.Helper()
	skip := "^(" + strings.Join(append(except, t.Name()), "|") + ")$"
	cmd := exec.Command(os.Args[0], "-test.run=^Test", "-test.skip="+skip, "-test.v", "-test.timeout=30m")
	cmd.Env = append(os.Environ(), variable+"=postgres")
	out, err := cmd.CombinedOutput()
	passed := bytes.Count(out, []byte("--- PASS: "))
	if err != nil || passed == 0 {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%d tests passed on PostgreSQL", passed)
}
