package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// refuseNetworkFS returns ErrNetworkFS where path lies on a file system whose
// locks and shared memory SQLite cannot rely on.
func refuseNetworkFS(path string) error {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return fmt.Errorf("look at the database's file system: %w", err)
	}
	switch uint32(st.Type) {
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC,
		unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.V9FS_MAGIC, unix.CEPH_SUPER_MAGIC:
		return ErrNetworkFS
	}
	return nil
}
