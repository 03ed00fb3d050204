package cli

import "io/fs"

// syncDir does nothing: NTFS journals names, and a directory cannot be synced.
func syncDir(string) error { return nil }

// anothers does not look: the directory's ACL decides.
func anothers(fs.FileInfo) bool { return false }
