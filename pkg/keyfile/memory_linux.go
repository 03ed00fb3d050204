package keyfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// firstDescriptor keeps the files away from the numbers that shell scripts
// open for themselves.
const firstDescriptor = 100

// Memory makes the files in memory that only this process refers to: when it
// ends, however it ends, they are gone. They cannot be changed. The paths lead
// through /proc to this process and not to whoever opens them, so that they also
// hold for a program that its parent left no open files; ErrUnsupported where
// they do not lead there.
func Memory(cert, key []byte) (*Files, error) {
	f := &Files{}
	f.close = func() error {
		var errs []error
		for _, fd := range f.descriptors {
			errs = append(errs, unix.Close(fd))
		}
		return errors.Join(errs...)
	}
	var err error
	if f.Cert, err = f.add("certctl-cert", cert); err == nil {
		f.Key, err = f.add("certctl-key", key)
	}
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// add makes one file and returns its path.
func (f *Files) add(name string, data []byte) (string, error) {
	fd, err := unix.MemfdCreate(name, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return "", fmt.Errorf("%w: memfd_create: %w", ErrUnsupported, err)
	}
	if high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, firstDescriptor); err == nil {
		unix.Close(fd)
		fd = high
	}
	f.descriptors = append(f.descriptors, fd)
	if err := fill(fd, data); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	path := fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), fd)
	back, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(back, data) {
		return "", fmt.Errorf("%w: %s does not lead to it", ErrUnsupported, path)
	}
	return path, nil
}

// fill writes the content and seals it. Programs that look at the mode of a key
// want it to be its owner's alone.
func fill(fd int, data []byte) error {
	for rest := data; len(rest) > 0; {
		n, err := unix.Write(fd, rest)
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
		rest = rest[n:]
	}
	if err := unix.Fchmod(fd, 0o400); err != nil {
		return fmt.Errorf("set its mode: %w", err)
	}
	const seals = unix.F_SEAL_WRITE | unix.F_SEAL_GROW | unix.F_SEAL_SHRINK | unix.F_SEAL_SEAL
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, seals); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return nil
}

// Inherit leaves the files of Memory open to a program that takes the place of
// this one (execve), which is then the process to which the paths lead. It is
// false for those of Directory, which somebody has to stay for.
func (f *Files) Inherit() (bool, error) {
	for _, fd := range f.descriptors {
		if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, 0); err != nil {
			return false, fmt.Errorf("leave a file open: %w", err)
		}
	}
	return len(f.descriptors) > 0, nil
}
