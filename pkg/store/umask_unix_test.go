//go:build unix

package store_test

import "syscall"

// setUmask sets the mask of files to be made and returns the one before.
func setUmask(mask int) int { return syscall.Umask(mask) }
