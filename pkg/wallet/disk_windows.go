package wallet

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// syncDir does nothing: Windows has no way to sync a directory; NTFS journals
// its names.
func syncDir(string) error { return nil }

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// writable is always false, for the reason of loose.
func writable(os.FileMode) bool { return false }

// loose is always false: Go's file modes do not show a Windows ACL, and a
// profile directory is its user's own.
func loose(os.FileMode) bool { return false }
