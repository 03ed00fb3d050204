package issuer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
)

// smallDisk is a file system that the test fills.
type smallDisk struct {
	t       *testing.T
	dir     string
	ballast *os.File
}

// newSmallDisk mounts a tmpfs or, where that is not allowed, fills the one at
// /dev/shm.
func newSmallDisk(t *testing.T) *smallDisk {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=4m,mode=0700"); err != nil {
		t.Logf("mounting is denied (%v): filling /dev/shm instead", err)
		dir = must(os.MkdirTemp("/dev/shm", "certctl"))
		t.Cleanup(func() { os.RemoveAll(dir) })
	} else {
		t.Cleanup(func() {
			if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
	}
	d := &smallDisk{t, dir, must(os.Create(filepath.Join(dir, "ballast")))}
	t.Cleanup(func() { d.ballast.Close() })
	return d
}

// leave leaves so many bytes free.
func (d *smallDisk) leave(free int64) {
	d.t.Helper()
	d.empty()
	var st unix.Statfs_t
	if err := unix.Statfs(d.dir, &st); err != nil {
		d.t.Fatal(err)
	}
	size := int64(st.Bavail)*st.Bsize - free
	if size > 1<<30 {
		d.t.Fatalf("%s has %d bytes free, too many to fill: this test needs to mount (as root) or a small /dev/shm", d.dir, size)
	}
	if size > 0 {
		if err := unix.Fallocate(int(d.ballast.Fd()), 0, 0, size); err != nil {
			d.t.Fatal(err)
		}
	}
}

// empty gives all the space back.
func (d *smallDisk) empty() {
	d.t.Helper()
	if err := d.ballast.Truncate(0); err != nil {
		d.t.Fatal(err)
	}
}

// TestFullDisk opens the backend and acquires with 0, 4, 8 … KiB free until
// that succeeds, and after each failure runs it again with room.
func TestFullDisk(t *testing.T) {
	disk := newSmallDisk(t)
	b := newBackendAt(t, filepath.Join(disk.dir, "backend.db"), nil)
	pickedUp, free := 0, int64(0)
	for ; ; free += 4 << 10 {
		ref := api.UserRef{ContractID: contractID, UserID: fmt.Sprintf("free%d", free)}
		b.addUser(ref)
		csr := newCSR(t)
		if err := b.st.Close(); err != nil {
			t.Fatal(err)
		}
		disk.leave(free)
		err := b.acquireAnew(ref, csr)
		disk.empty()
		b.reopen()
		b.wantAuditOK()
		if b.runAgain(ref, csr) {
			pickedUp++
		}
		if err == nil {
			break
		}
		wantCode(t, fmt.Sprintf("%d bytes free", free), err, api.DiskFull)
		if t.Failed() || free > 2<<20 {
			t.Fatalf("with %d bytes free it still fails: %v", free, err)
		}
	}
	b.wantAuditOK()
	t.Logf("disk_full up to %d KiB free, done with %d KiB; run again with room: %d picked up, the others with the same code",
		free>>10-4, free>>10, pickedUp-1)
}

// acquireAnew does what one run of the command does to the backend.
func (b *backend) acquireAnew(ref api.UserRef, csr []byte) error {
	st, err := store.Open(b.t.Context(), b.path, store.Options{})
	if err != nil {
		return issuer.Translate(err)
	}
	defer st.Close()
	i, err := issuer.Open(b.t.Context(), st, b.key, issuer.Config{Now: b.clock.now})
	if err != nil {
		return err
	}
	s, err := i.Begin(b.t.Context(), api.BeginRequest{ContractID: ref.ContractID, UserID: ref.UserID})
	if err != nil {
		return err
	}
	_, err = i.Complete(b.t.Context(), api.CompleteRequest{Session: s.Token, Code: b.code(0), CSR: csr})
	return err
}
