package install_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"certctl/pkg/install"
)

// A database that another program has locked is as it was when it lets go.
func TestALockedDatabaseIsTold(t *testing.T) {
	t.Parallel()
	b := newAuthority(t).bundle(t, "ec")
	dir := newDatabase(t, "")
	f, err := os.OpenFile(filepath.Join(dir, "cert9.db"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	// What SQLite locks to write: https://sqlite.org/lockingv3.html. The lock is
	// the open file's: one of the process would go when any of its files of that
	// name is closed.
	lock := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart, Start: 1 << 30, Len: 512}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &lock); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir, "")
	if err := s.Add(t.Context(), b); !errors.Is(err, install.ErrLocked) {
		t.Errorf("add: %v", err)
	}
	if err := s.Remove(t.Context(), b.Chain[0]); !errors.Is(err, install.ErrLocked) {
		t.Errorf("remove: %v", err)
	}
	if err := f.Close(); err != nil { // and with it the lock
		t.Fatal(err)
	}
	if err := s.Add(t.Context(), b); err != nil {
		t.Error(err)
	}
	wantHas(t, s, true, b)
}
