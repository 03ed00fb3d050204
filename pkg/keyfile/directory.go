package keyfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// prefix begins the name of each directory. The lock in it is held as long as
// the process that made it lives.
const (
	prefix   = "certctl-key-"
	lockFile = "lock"
)

// Directory makes the files in a new private directory of runtime, the user's
// runtime directory; directories that killed processes left there are removed
// first. ErrUnsupported where runtime is none: not set, another user's, open to
// others, or on a disk.
func Directory(runtime string, cert, key []byte) (*Files, error) {
	if err := checkRuntime(runtime); err != nil {
		return nil, err
	}
	if err := Sweep(runtime); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(runtime, prefix)
	if err != nil {
		return nil, fmt.Errorf("make a directory for the key: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockFile+".new"))
	f := &Files{Cert: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem")}
	f.close = func() error { return errors.Join(os.RemoveAll(dir), lock.Unlock()) }
	if _, err = lock.TryLock(); err == nil {
		// Nobody sees a lock that is not held yet.
		err = os.Rename(lock.Path(), filepath.Join(dir, lockFile))
	}
	if err == nil {
		err = os.WriteFile(f.Cert, cert, 0o400)
	}
	if err == nil {
		err = os.WriteFile(f.Key, key, 0o400)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write the key's files: %w", err), f.close())
	}
	return f, nil
}

func checkRuntime(dir string) error {
	if !filepath.IsAbs(dir) {
		return fmt.Errorf("%w: no runtime directory (XDG_RUNTIME_DIR)", ErrUnsupported)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	if !info.IsDir() || !ours(info) || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%w: %s is not a directory of this user alone", ErrUnsupported, dir)
	}
	if onDisk(dir) {
		return fmt.Errorf("%w: %s is on a disk", ErrUnsupported, dir)
	}
	return nil
}

// Leftovers returns the directories in runtime, the user's runtime directory, of
// processes that were killed before they could remove them: those whose lock
// nobody holds. There are none where runtime is not set.
func Leftovers(runtime string) ([]string, error) {
	if !filepath.IsAbs(runtime) {
		return nil, nil
	}
	dirs, err := filepath.Glob(filepath.Join(runtime, prefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("look for leftovers: %w", err)
	}
	var left []string
	for _, dir := range dirs {
		lock := flock.New(filepath.Join(dir, lockFile), flock.SetFlag(os.O_RDWR))
		// One without a lock has no key yet, or is being removed.
		if free, err := lock.TryLock(); err == nil && free {
			_ = lock.Unlock() // the kernel drops it in any case
			left = append(left, dir)
		}
	}
	return left, nil
}

// Sweep removes the Leftovers in runtime, as far as it can: the error has all
// that stayed.
func Sweep(runtime string) error {
	dirs, err := Leftovers(runtime)
	for _, dir := range dirs {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		return fmt.Errorf("remove what a killed process left: %w", err)
	}
	return nil
}
