//go:build !linux

package keyfile

import "fmt"

// Memory is ErrUnsupported on every system but Linux.
func Memory(cert, key []byte) (*Files, error) {
	return nil, fmt.Errorf("%w: no memfd_create", ErrUnsupported)
}

// Inherit has nothing to leave open where there is no Memory.
func (f *Files) Inherit() (bool, error) { return false, nil }
