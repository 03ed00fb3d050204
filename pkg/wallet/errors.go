package wallet

import (
	"errors"
	"fmt"
)

// The errors of this package, to be told apart with errors.Is. A KeyringBox
// also returns the errors of package keyring, wrapped.
var (
	// ErrNotFound: the wallet has no such entry, pending key or item.
	ErrNotFound = errors.New("not in the wallet")
	// ErrName: the name is not a NAME (see ValidName).
	ErrName = errors.New("not a valid wallet name")
	// ErrNameTaken: the name belongs to another user, contract or backend.
	// Another --name is needed.
	ErrNameTaken = errors.New("the name is another owner's")
	// ErrElsewhere: the entry's key is in a wallet of the other Kind, with which
	// it is to be opened. It comes with ErrNotFound where the key is wanted, and
	// with ErrNameTaken where the name is.
	ErrElsewhere = errors.New("the key is in another kind of wallet")
	// ErrDamaged: a file or item is there and cannot be understood, or what
	// belongs together does not match.
	ErrDamaged = errors.New("the wallet is damaged")
	// ErrPendingDamaged is ErrDamaged of a pending key. Whether there is a
	// certificate for it cannot be found out any more.
	ErrPendingDamaged = fmt.Errorf("pending key: %w", ErrDamaged)
	// ErrReadBack: what was written did not read back the same. Nothing may be
	// spent on it.
	ErrReadBack = errors.New("what was written did not read back the same")
	// ErrBusy: another process is changing the wallet; try again.
	ErrBusy = errors.New("another process is changing the wallet")
	// ErrDiskFull: no space (or quota) left for the wallet's files.
	ErrDiskFull = errors.New("no space left on the disk")

	// ErrNoPassword: a file wallet needs either a password or the explicit
	// choice to go without, and has neither.
	ErrNoPassword = errors.New("the file wallet needs a password, or the choice to have none")
	// ErrPassword: the password does not open wallet.key.
	ErrPassword = errors.New("wrong wallet password")
	// ErrWrapped: wallet.key was made with a password and "none" was chosen.
	ErrWrapped = errors.New("the wallet has a password")
	// ErrUnwrapped: wallet.key was made without a password and one was given.
	ErrUnwrapped = errors.New("the wallet has no password")
	// ErrLoose: others than the owner may read wallet.key, or write to the
	// wallet's directory. The modes are to be made 0600 and 0700, and the key
	// considered known to them.
	ErrLoose = errors.New("open to others than its owner")
)
