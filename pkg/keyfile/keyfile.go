package keyfile

import (
	"errors"
	"fmt"
)

// ErrUnsupported says that there is no place of this kind here: no memory that
// a path leads to, or no runtime directory that is private and no disk.
var ErrUnsupported = errors.New("no private memory for files here")

// Files are a certificate and a key as files. The paths are valid for every
// process of the same user until Close.
type Files struct {
	Cert, Key string // absolute paths

	descriptors []int // in memory: what a program that takes our place inherits
	close       func() error
}

// Close removes the files. A program that has one open goes on reading it.
func (f *Files) Close() error {
	if err := f.close(); err != nil {
		return fmt.Errorf("remove the key's files: %w", err)
	}
	return nil
}
