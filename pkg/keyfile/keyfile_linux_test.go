package keyfile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"

	"certctl/pkg/keyfile"
)

// runtimeDir returns a private directory in memory.
func runtimeDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "keyfile-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// Whatever the files are made of, they are there for other programs, for their
// owner alone, cannot be changed, and go.
func TestFilesAreReadAndGo(t *testing.T) {
	runtime := runtimeDir(t)
	for name, lend := range map[string]func() (*keyfile.Files, error){
		"memory":    func() (*keyfile.Files, error) { return keyfile.Memory([]byte("cert"), []byte("key")) },
		"directory": func() (*keyfile.Files, error) { return keyfile.Directory(runtime, []byte("cert"), []byte("key")) },
	} {
		t.Run(name, func(t *testing.T) {
			f, err := lend()
			if err != nil {
				t.Fatal(err)
			}
			for path, want := range map[string]string{f.Cert: "cert", f.Key: "key"} {
				// Twice: each reader begins at the beginning.
				for range 2 {
					if out, err := exec.Command("cat", path).Output(); err != nil || string(out) != want {
						t.Errorf("%s: %q, %v; want %q", path, out, err, want)
					}
				}
				if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o400 {
					t.Errorf("%s: %v, %v", path, info, err)
				}
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
			if _, err := os.ReadFile(f.Key); err == nil {
				t.Error("the key is still there")
			}
		})
	}
	if left, err := os.ReadDir(runtime); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestMemoryIsSealed(t *testing.T) {
	f, err := keyfile.Memory([]byte("cert"), []byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// Root is let in by any mode; what is sealed is not written by anybody.
	if w, err := os.OpenFile(f.Key, os.O_WRONLY, 0); err == nil {
		defer w.Close()
		if _, err := w.Write([]byte("another")); err == nil {
			t.Error("the key was overwritten")
		}
	}
	if replace, err := f.Inherit(); err != nil || !replace {
		t.Errorf("inherit: %v, %v", replace, err)
	}
}

// A key never goes where somebody else could read it, or onto a disk.
func TestDirectoryRefusesWhatIsNotPrivateMemory(t *testing.T) {
	open := runtimeDir(t)
	if err := os.Chmod(open, 0o750); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(runtimeDir(t), "file")
	if err := os.WriteFile(file, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	disk := filepath.Join(t.TempDir(), "private")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	for what, dir := range map[string]string{
		"unset": "", "relative": "run", "absent": filepath.Join(open, "no"), "open to the group": open, "a file": file, "on a disk": disk,
	} {
		f, err := keyfile.Directory(dir, []byte("cert"), []byte("key"))
		if !errors.Is(err, keyfile.ErrUnsupported) || f != nil {
			t.Errorf("%s: %v, %v", what, f, err)
		}
		if written, _ := filepath.Glob(filepath.Join(dir, "certctl-key-*")); dir != "" && len(written) > 0 {
			t.Errorf("%s: it wrote %v", what, written)
		}
	}
}

// What a killed process left goes with the next; what a living one uses stays.
func TestLeftoversGoWithTheNext(t *testing.T) {
	runtime := runtimeDir(t)
	living, err := keyfile.Directory(runtime, []byte("cert"), []byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	dead := filepath.Join(runtime, "certctl-key-dead")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(dead, "lock"))
	if held, err := lock.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	if left, err := keyfile.Leftovers(runtime); err != nil || len(left) != 0 {
		t.Errorf("leftovers while both live: %v, %v", left, err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if left, err := keyfile.Leftovers(runtime); err != nil || len(left) != 1 || left[0] != dead {
		t.Errorf("leftovers: %v, %v", left, err)
	}
	next, err := keyfile.Directory(runtime, []byte("cert"), []byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was left: %v", err)
	}
	if _, err := os.ReadFile(living.Key); err != nil {
		t.Errorf("what is in use: %v", err)
	}
	if err := errors.Join(next.Close(), living.Close()); err != nil {
		t.Error(err)
	}
}
