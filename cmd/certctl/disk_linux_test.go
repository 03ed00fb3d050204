package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// The disk has 0, 4, 8, … KiB left, up to success. Each time acquire says so,
// and with room again the next one goes on, without a code where the backend
// had decided and with the same code where it had not.
func TestFullDiskLosesNothing(t *testing.T) {
	template, disk, decided := newTown(t), smallDisk(t), 0
	refused := fillingUp(t, disk, 4<<10, func(left string, run func(func() result) result) (done bool) {
		town := template.moved(t, disk)
		got := run(func() result { return town.acquire(t, 0, true) })
		if got.exit != 0 {
			had := town.decided(t)
			if had {
				decided++
			}
			if got := town.acquire(t, 0, !had); got.exit != 0 {
				t.Errorf("%s, decided %v: with room again: exit %d\n%s", left, had, got.exit, got.stderr)
			}
		}
		town.check(t, left)
		return got.exit == 0
	})
	t.Logf("%d times refused, %d of them after the decision", refused, decided)
	if refused < 5 {
		t.Errorf("refused %d times: the disk was not full", refused)
	}
}

// The same under an import, whose result file is on the disk too.
func TestFullDiskLosesNoImport(t *testing.T) {
	template := newTown(t)
	template.listUsers(t)
	disk := smallDisk(t)
	refused := fillingUp(t, disk, 8<<10, func(left string, run func(func() result) result) (done bool) {
		town := template.moved(t, disk)
		got := run(func() result { return town.importList(t, 0) })
		if got.exit != 0 {
			if got := town.importList(t, 0); got.exit != 0 {
				t.Errorf("%s: with room again: exit %d\n%s", left, got.exit, got.stderr)
			}
		}
		town.checkImport(t, left)
		return got.exit == 0
	})
	t.Logf("%d times refused", refused)
	if refused < 5 {
		t.Errorf("refused %d times: the disk was not full", refused)
	}
}

// A backup that does not fit on the disk leaves nothing on it.
func TestFullDiskLeavesNoHalfABackup(t *testing.T) {
	town := newTown(t)
	disk := smallDisk(t)
	file := filepath.Join(disk, "backend.age")
	refused := fillingUp(t, disk, 4<<10, func(left string, run func(func() result) result) (done bool) {
		got := run(func() result {
			return town.result(t, town.command("ca", "backup", file, "--recipient", ageRecipient, "-o", "json"), 0)
		})
		if got.exit == 0 {
			return true
		}
		if files, err := os.ReadDir(disk); err != nil || len(files) != 0 {
			t.Errorf("%s: the disk has %v (%v)", left, files, err)
		}
		return false
	})
	if refused < 2 {
		t.Errorf("refused %d times: the disk was not full", refused)
	}
}

// fillingUp calls test with a disk that has 0, step, twice as many … bytes left
// while run runs, until test is done, and returns how often the disk was full:
// whatever else fails in run is an error.
func fillingUp(t *testing.T, disk string, step int64, test func(left string, run func(func() result) result) (done bool)) (refused int) {
	t.Helper()
	for free := int64(0); free <= 1<<20; free += step {
		left := fmt.Sprintf("%d KiB left", free>>10)
		if test(left, func(do func() result) result {
			got := fill(t, disk, free, do)
			if got.exit != 0 {
				refused++
			}
			if got.exit != 0 && (got.exit != 6 || got.refused != "disk_full") {
				t.Errorf("%s: exit %d %s, want 6 disk_full\n%s", left, got.exit, got.refused, got.stderr)
			}
			return got
		}) {
			return refused
		}
	}
	t.Fatal("not done with 1 MiB left")
	return refused
}

// moved is a copy of a town on the disk, in the place of the one that was there.
func (w town) moved(t *testing.T, disk string) town {
	t.Helper()
	from := w.home
	w.home = filepath.Join(disk, "home")
	if err := os.RemoveAll(w.home); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(w.home, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(w.home, "sealing.key"), 0o600); err != nil {
		t.Fatal(err)
	}
	return w
}

// smallDisk returns a directory on a file system of a few MiB: one of its own
// or, where that may not be mounted, /dev/shm.
func smallDisk(t *testing.T) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
		return dir
	}
	t.Log("mounting is denied: /dev/shm, filled up, is the full disk")
	dir, err := os.MkdirTemp("/dev/shm", "certctl-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// fill leaves so many bytes free on the disk while do runs.
func fill(t *testing.T, disk string, free int64, do func() result) result {
	var st unix.Statfs_t
	if err := unix.Statfs(disk, &st); err != nil {
		t.Fatal(err)
	}
	ballast, err := os.Create(filepath.Join(disk, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(ballast.Name())
	defer ballast.Close()
	size := int64(st.Bavail)*st.Bsize - free
	if size > 1<<30 {
		t.Fatalf("%s has %d MiB free: too many to fill", disk, size>>20)
	}
	if err := unix.Fallocate(int(ballast.Fd()), 0, 0, size); err != nil && !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
	return do()
}
