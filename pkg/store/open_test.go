package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3/lock"

	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

func TestOpenMakesNothingUnlessAsked(t *testing.T) {
	path := newPath(t)
	if _, err := store.Open(t.Context(), path, store.Options{}); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("open what is not there: %v, want ErrAbsent", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); !os.IsNotExist(err) {
		t.Errorf("directory after a failed open: %v, want none", err)
	}
}

func TestFilesArePrivateWhateverTheUmask(t *testing.T) {
	for _, mask := range []int{0, 0o022, 0o077} {
		path := newPath(t)
		old := setUmask(mask)
		st, err := store.Open(t.Context(), path, store.Options{Create: true})
		if err == nil {
			err = st.Do(t.Context(), func(tx *store.Tx) error {
				return tx.InsertContract(t.Context(), store.Contract{ID: "1", Created: now})
			})
		}
		setUmask(old)
		if err != nil {
			t.Fatal(err)
		}
		wantMode(t, mask, filepath.Dir(path), 0o700)
		for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
			wantMode(t, mask, path+suffix, 0o600)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
}

func wantMode(t *testing.T, mask int, path string, want fs.FileMode) {
	t.Helper()
	if got := must(os.Stat(path)).Mode().Perm(); got != want {
		t.Errorf("umask %#o: %s is %#o, want %#o", mask, filepath.Base(path), got, want)
	}
}

func TestOpenSaysWhyItCouldNot(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(t *testing.T, path string)
		want   error
	}{
		"a directory in the file's place": {func(t *testing.T, path string) {
			replace(t, path, func() error { return os.Mkdir(path, 0o700) })
		}, store.ErrDenied},
		"a file in the directory's place": {func(t *testing.T, path string) {
			dir := filepath.Dir(path)
			replace(t, dir, func() error { return os.WriteFile(dir, nil, 0o600) })
		}, store.ErrDenied},
		"no database": {func(t *testing.T, path string) {
			replace(t, path, func() error { return os.WriteFile(path, make([]byte, 8192), 0o600) })
		}, store.ErrCorrupt},
		"another header": {func(t *testing.T, path string) { overwrite(t, path, 0, []byte("certctl!")) }, store.ErrCorrupt},
		"a broken page":  {breakVersionPage, store.ErrCorrupt},
		"cut off":        {func(t *testing.T, path string) { truncate(t, path, 6000) }, store.ErrCorrupt},
		"newer": {func(t *testing.T, path string) {
			alter(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
		}, store.ErrTooNew},
	} {
		t.Run(name, func(t *testing.T) {
			st, path := newStore(t)
			if err := st.Close(); err != nil {
				t.Fatal(err)
			}
			c.damage(t, path)
			if _, err := store.Open(t.Context(), path, store.Options{Create: true}); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func replace(t *testing.T, path string, with func() error) {
	t.Helper()
	if err := errors.Join(os.RemoveAll(path), with()); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t *testing.T, path string, at int64, data []byte) {
	t.Helper()
	f := must(os.OpenFile(path, os.O_WRONLY, 0))
	_, err := f.WriteAt(data, at)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// breakPage overwrites the first page of a table.
func breakPage(t *testing.T, path, table string) {
	t.Helper()
	db := must(sql.Open("sqlite", "file:"+path))
	var root, size int64
	err := errors.Join(
		db.QueryRow(`SELECT rootpage FROM sqlite_master WHERE name = $1`, table).Scan(&root),
		db.QueryRow(`PRAGMA page_size`).Scan(&size),
		db.Close())
	if err != nil {
		t.Fatal(err)
	}
	page := make([]byte, size)
	for i := range page {
		page[i] = 0xa5
	}
	overwrite(t, path, (root-1)*size, page)
}

func breakVersionPage(t *testing.T, path string) { breakPage(t, path, "goose_db_version") }

func TestABrokenPageIsFoundWhereItIsRead(t *testing.T) {
	st, path := newStore(t)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	breakPage(t, path, "users")
	st = open(t, path, store.Options{})
	err := st.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Holder(t.Context(), ref)
		return err
	})
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("%v, want ErrCorrupt", err)
	}
}

func TestSixProcessesOpenOneNewDatabase(t *testing.T) {
	for range 10 {
		path := storetest.Place(t)
		var all []*process
		for range 6 {
			all = append(all, startProcess(t, "open", path))
		}
		for _, p := range all {
			p.goOn()
		}
		for _, p := range all {
			p.wait()
		}
	}
}

// brief is a time to wait for a lock that a test is sure not to get.
const brief = 30 * time.Millisecond

// wantLocked fails the test unless do gives up after brief with ErrLocked.
func wantLocked(t *testing.T, do func() error) {
	t.Helper()
	const atMost = brief + 3*time.Second
	begun := time.Now()
	if err := do(); !errors.Is(err, store.ErrLocked) {
		t.Errorf("%v, want ErrLocked", err)
	}
	if took := time.Since(begun); took < brief || took > atMost {
		t.Errorf("gave up after %v, want %v to %v", took, brief, atMost)
	}
}

func TestWritingWaitsForAnotherProcessAsLongAsAllowed(t *testing.T) {
	st, path := newStore(t)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	holder := startProcess(t, "hold", path)
	st = open(t, path, store.Options{Busy: brief}) // a current database is only read, and that waits for nobody
	insert := func() error {
		return st.Do(t.Context(), func(tx *store.Tx) error {
			return tx.InsertContract(t.Context(), store.Contract{ID: "1", Created: now})
		})
	}
	wantLocked(t, insert)

	ctx, cancel := context.WithCancel(t.Context())
	patient := open(t, path, store.Options{Around: func(op string, do func() error) error {
		cancel()
		return do()
	}})
	err := patient.Do(ctx, func(*store.Tx) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while waiting: %v, want context.Canceled", err)
	}

	holder.goOn()
	holder.wait()
	if err := insert(); err != nil {
		t.Errorf("after the other process let go: %v", err)
	}
}

func TestMigrationWaitsForAnotherProcessAsLongAsAllowed(t *testing.T) {
	path := storetest.Place(t)
	if storetest.Postgres() {
		migrationWaitsInPostgres(t, path)
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(path + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	wantLocked(t, func() error {
		_, err := store.Open(t.Context(), path, store.Options{Create: true, Busy: brief})
		return err
	})
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	open(t, path, store.Options{})
}

// migrationWaitsInPostgres has another session hold what goose locks.
func migrationWaitsInPostgres(t *testing.T, url string) {
	holder := must(storetest.OpenDB(t, url).Conn(t.Context()))
	must(holder.ExecContext(t.Context(), `SELECT pg_advisory_lock($1)`, lock.DefaultLockID))
	wantLocked(t, func() error {
		_, err := store.Open(t.Context(), url, store.Options{Create: true, Busy: brief})
		return err
	})
	must(holder.ExecContext(t.Context(), `SELECT pg_advisory_unlock($1)`, lock.DefaultLockID))
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, url, store.Options{Create: true})
}
