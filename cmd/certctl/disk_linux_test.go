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
	template := newTown(t)
	disk := smallDisk(t)
	refused, decided := 0, 0
	const step = 4 << 10
	for free := int64(0); ; free += step {
		if free > 1<<20 {
			t.Fatalf("not acquired with %d KiB left", free>>10)
		}
		town := template
		town.home = filepath.Join(disk, "home")
		if err := os.CopyFS(town.home, os.DirFS(template.home)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(town.home, "sealing.key"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := fill(t, disk, free, func() result { return town.acquire(t, 0, true) })
		what := fmt.Sprintf("%d KiB left", free>>10)
		if got.exit != 0 {
			if refused++; got.exit != 6 || got.refused != "disk_full" {
				t.Errorf("%s: exit %d %s, want 6 disk_full\n%s", what, got.exit, got.refused, got.stderr)
			}
			had := town.decided(t)
			if had {
				decided++
			}
			if got := town.acquire(t, 0, !had); got.exit != 0 {
				t.Errorf("%s, decided %v: with room again: exit %d\n%s", what, had, got.exit, got.stderr)
			}
		}
		town.check(t, what)
		if err := os.RemoveAll(town.home); err != nil {
			t.Fatal(err)
		}
		if got.exit == 0 {
			break
		}
	}
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
	refused := 0
	const step = 8 << 10
	for free := int64(0); ; free += step {
		if free > 1<<20 {
			t.Fatalf("not imported with %d KiB left", free>>10)
		}
		town := template
		town.home = filepath.Join(disk, "home")
		if err := os.CopyFS(town.home, os.DirFS(template.home)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(town.home, "sealing.key"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := fill(t, disk, free, func() result { return town.importList(t, 0) })
		what := fmt.Sprintf("%d KiB left", free>>10)
		if got.exit != 0 {
			if refused++; got.exit != 6 || got.refused != "disk_full" {
				t.Errorf("%s: exit %d %s, want 6 disk_full\n%s", what, got.exit, got.refused, got.stderr)
			}
			if got := town.importList(t, 0); got.exit != 0 {
				t.Errorf("%s: with room again: exit %d\n%s", what, got.exit, got.stderr)
			}
		}
		town.checkImport(t, what)
		if err := os.RemoveAll(town.home); err != nil {
			t.Fatal(err)
		}
		if got.exit == 0 {
			break
		}
	}
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
	refused := 0
	const step = 4 << 10
	for free := int64(0); ; free += step {
		if free > 1<<20 {
			t.Fatalf("no backup with %d KiB left", free>>10)
		}
		got := fill(t, disk, free, func() result {
			return town.result(t, town.command("ca", "backup", file, "--recipient", ageRecipient, "-o", "json"), 0)
		})
		if got.exit == 0 {
			break
		}
		if refused++; got.exit != 6 || got.refused != "disk_full" {
			t.Errorf("%d KiB left: exit %d %s, want 6 disk_full\n%s", free>>10, got.exit, got.refused, got.stderr)
		}
		if left, err := os.ReadDir(disk); err != nil || len(left) != 0 {
			t.Errorf("%d KiB left: the disk has %v (%v)", free>>10, left, err)
		}
	}
	if refused < 2 {
		t.Errorf("refused %d times: the disk was not full", refused)
	}
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
