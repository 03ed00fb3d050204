package keyfile

import "golang.org/x/sys/unix"

// onDisk tells whether a directory is anywhere but in memory.
func onDisk(dir string) bool {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return true
	}
	return int64(fs.Type) != unix.TMPFS_MAGIC && int64(fs.Type) != unix.RAMFS_MAGIC
}
