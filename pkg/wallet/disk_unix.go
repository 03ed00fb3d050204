//go:build unix

package wallet

import (
	"errors"
	"os"
	"syscall"
)

// syncDir makes created, renamed and removed names in dir survive a power cut.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// writable tells whether others may make and replace files in a directory.
func writable(mode os.FileMode) bool { return mode.Perm()&0o022 != 0 }

// loose tells whether a file of this mode is open to others than its owner.
func loose(mode os.FileMode) bool { return mode.Perm()&0o077 != 0 }
