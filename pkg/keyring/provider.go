package keyring

import "context"

// Provider is a keyring of small items, each a string under a service and an
// account. A method may block for as long as the keyring does: Store bounds
// it, abandoning the call. Calls are made one at a time by a Store, and a
// Provider serves several Stores at once.
//
// Errors are those of this package where they can be told; any other is a
// defect.
type Provider interface {
	// Ready tells, without asking anybody anything, why the keyring could not
	// be used now: ErrNoBus, ErrNoProvider, ErrLocked. With attended a locked
	// keyring is no error: its prompt will be answered.
	Ready(ctx context.Context, attended bool) error
	// Set writes an item, replacing one of the same name: ErrTooBig.
	Set(service, account, value string) error
	// Get returns an item: ErrNotFound.
	Get(service, account string) (string, error)
	// Delete removes an item: ErrNotFound.
	Delete(service, account string) error
}
