package keyring

import "errors"

// The reasons why a keyring does not do what it is asked, to be told apart
// with errors.Is, and what a person can do about each.
var (
	// ErrNotFound: there is no such value.
	ErrNotFound = errors.New("not in the keyring")
	// ErrNoBus: there is no D-Bus session to find a keyring on. Log in to a
	// desktop, or start the command under dbus-run-session.
	ErrNoBus = errors.New("no D-Bus session bus")
	// ErrNoProvider: nothing on this machine provides a keyring. Install and
	// start one (gnome-keyring, KWallet, KeePassXC).
	ErrNoProvider = errors.New("no keyring service")
	// ErrLocked: the keyring is locked, or was never made, and nobody is there
	// to unlock it. Log in to the desktop, or unlock it with its own tool.
	ErrLocked = errors.New("the keyring is locked")
	// ErrDenied: the person, or the system, refused access. Run the command
	// again and allow it.
	ErrDenied = errors.New("the keyring refused access")
	// ErrTooBig: the keyring does not take a value of this size. Choose a
	// smaller key type, or keep the wallet in files.
	ErrTooBig = errors.New("too big for the keyring")
	// ErrTimeout: the keyring did not answer in time; a prompt may be waiting
	// somewhere unseen. Unlock it and try again.
	ErrTimeout = errors.New("the keyring did not answer in time")
	// ErrGone: the keyring service went away during the operation. Start it
	// again and repeat the command: either the old value is there or the new.
	ErrGone = errors.New("the keyring service went away")
	// ErrDamaged: items of the value are there, but no generation of it is
	// whole. Something other than this program has changed them.
	ErrDamaged = errors.New("the keyring's items are damaged")
	// ErrReadBack: the keyring said that it keeps a value, and does not give
	// it back. The old value is still there; do not rely on this keyring.
	ErrReadBack = errors.New("the keyring did not give back what it was given")
	// ErrBusy: another process is changing the value; try again.
	ErrBusy = errors.New("another process is using the keyring")
)
