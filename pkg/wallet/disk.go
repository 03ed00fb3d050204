package wallet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	filePerm = 0o600
	dirPerm  = 0o700
	// tempSuffix ends the names of files being written. They carry no state:
	// whoever finds one under the lock may remove it.
	tempSuffix = ".certctl-tmp"
)

// disk does the effects on the files of one directory. Every one goes through
// around; names are relative to dir.
type disk struct {
	dir    string
	around Around
}

func (d disk) path(name string) string { return filepath.Join(d.dir, name) }

// mkdir makes the directory where it is missing, and refuses one that others
// may write to: ErrLoose.
func (d disk) mkdir() error {
	if info, err := os.Stat(d.dir); err == nil {
		if writable(info.Mode()) {
			return fmt.Errorf("%s: %w", d.dir, ErrLoose)
		}
		return nil
	}
	return d.effect("mkdir", func() error { return os.MkdirAll(d.dir, dirPerm) })
}

// read returns ErrNotFound where there is no such file.
func (d disk) read(name string) ([]byte, error) {
	data, err := os.ReadFile(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", name, ErrNotFound)
	}
	return data, err
}

func (d disk) exists(name string) (bool, error) {
	_, err := os.Lstat(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// list returns the names of the files, in no order; none where there is no
// directory. Every change and many a reader calls it.
func (d disk) list() ([]string, error) {
	dir, err := os.Open(d.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	return dir.Readdirnames(-1)
}

// link gives a file a second name, in the place of what has that: it costs no
// write. Where the file system has no links it is copied.
func (d disk) link(from, to string) error {
	return d.effect("link", func() error {
		if err := os.Remove(d.path(to)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		err := os.Link(d.path(from), d.path(to))
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return err
		}
		data, err := d.read(from)
		if err != nil {
			return err
		}
		return os.WriteFile(d.path(to), data, filePerm)
	})
}

// write makes a file of the given content, synced; its name is not durable
// before syncDir.
func (d disk) write(name string, data []byte) error {
	var f *os.File
	err := d.effect("create", func() (err error) {
		// A file that is there is somebody's leftover, or somebody's trap: a
		// link, or a file that another account has open.
		if err := os.Remove(d.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		f, err = os.OpenFile(d.path(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, filePerm)
		return err
	})
	if err != nil {
		return err
	}
	err = d.effect("write", func() error { _, err := f.Write(data); return err })
	if err == nil {
		err = d.effect("sync", f.Sync)
	}
	return errors.Join(err, f.Close())
}

// replace gives the file name new content at once; durable only after syncDir,
// until when a power cut leaves the old content or the new.
func (d disk) replace(name string, data []byte) error {
	temp := name + tempSuffix
	if err := d.write(temp, data); err != nil {
		_ = os.Remove(d.path(temp)) // the first error is the one to tell
		return err
	}
	return d.rename(temp, name)
}

// rename replaces a file to that may exist; durable only after syncDir.
func (d disk) rename(from, to string) error {
	return d.effect("rename", func() error { return os.Rename(d.path(from), d.path(to)) })
}

// remove removes a file that may be absent; durable only after syncDir.
func (d disk) remove(name string) error {
	return d.effect("remove", func() error {
		err := os.Remove(d.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

// syncDir makes the names in the directory durable, where the platform can.
func (d disk) syncDir() error {
	return d.effect("syncdir", func() error { return syncDir(d.dir) })
}

func (d disk) effect(op string, do func() error) error {
	err := d.around.run("wallet."+op, do)
	if err != nil && isFull(err) {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}
