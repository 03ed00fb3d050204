package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

var (
	now   = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	ref   = api.UserRef{ContractID: "12345678901", UserID: "tanaka"}
	child = map[string]func(path string) error{
		"hold": holdExclusively,
		"open": openAndClose,
	}
)

// TestMain is the tests, or another process for them: one that does what
// STORE_TEST_CHILD says to the database in STORE_TEST_PATH.
func TestMain(m *testing.M) {
	do, ok := child[os.Getenv("STORE_TEST_CHILD")]
	if !ok {
		os.Exit(m.Run())
	}
	if err := do(os.Getenv("STORE_TEST_PATH")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// process is another process at work on a database. It says a line when it is
// ready, and goes on when its input is closed.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	input io.Closer
}

func startProcess(t *testing.T, what, path string) *process {
	t.Helper()
	cmd := exec.Command(must(os.Executable()))
	cmd.Env = append(os.Environ(), "STORE_TEST_CHILD="+what, "STORE_TEST_PATH="+path)
	cmd.Stderr = os.Stderr
	p := &process{t: t, cmd: cmd, input: must(cmd.StdinPipe())}
	out := must(cmd.StdoutPipe())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.input.Close() })
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return p
}

func (p *process) goOn() {
	if err := p.input.Close(); err != nil {
		p.t.Error(err)
	}
}

func (p *process) wait() {
	p.t.Helper()
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("other process: %v", err)
	}
}

// ready tells the parent, and waits for it.
func ready() error {
	fmt.Println("ready")
	_, err := io.ReadAll(os.Stdin)
	return err
}

func openAndClose(path string) error {
	if err := ready(); err != nil {
		return err
	}
	st, err := store.Open(context.Background(), path, store.Options{Create: true})
	if err != nil {
		return err
	}
	return st.Close()
}

func holdExclusively(path string) error {
	driver, place, hold := "sqlite", "file:"+path, "BEGIN EXCLUSIVE"
	if store.IsPostgres(path) {
		driver, place, hold = "pgx", path, "BEGIN; LOCK TABLE contracts IN EXCLUSIVE MODE"
	}
	db, err := sql.Open(driver, place)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(hold); err != nil {
		return err
	}
	return errors.Join(ready(), db.Close())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// newPath is where a file may be made, for tests that look at files.
func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "home", "backend.db") }

func open(t *testing.T, path string, o store.Options) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// newStore makes a database with one contract, user and token.
func newStore(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := storetest.Place(t)
	return newStoreAt(t, path), path
}

func newStoreAt(t *testing.T, path string) *store.Store {
	t.Helper()
	st := open(t, path, store.Options{Create: true})
	do(t, st, func(tx *store.Tx) error {
		ctx := t.Context()
		return errors.Join(
			tx.InsertContract(ctx, store.Contract{ID: ref.ContractID, Created: now}),
			tx.InsertToken(ctx, store.Token{ID: "token", ContractID: ref.ContractID, Params: api.DefaultTokenParams(), SealedSecret: []byte{1}, Created: now}),
			tx.InsertUser(ctx, store.User{ID: "user", Ref: ref, Role: api.RoleUser, TokenID: "token", Created: now,
				Slot: store.Slot{State: api.SlotIssued, Issued: now}}),
		)
	})
	return st
}

func do(t *testing.T, st *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := st.Do(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// alter runs SQL on the database behind the store's back.
func alter(t *testing.T, path, query string, args ...any) {
	t.Helper()
	if _, err := storetest.OpenDB(t, path).Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}
