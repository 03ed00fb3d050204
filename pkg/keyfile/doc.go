// Package keyfile lends a certificate and its key to another program as two
// files that are on no disk: in memory that belongs to this process (memfd_create
// on Linux), else in a private directory of the user's runtime directory
// (XDG_RUNTIME_DIR, which is memory, and ends with the login session).
//
// The files are PEM, readable by their owner alone, and gone when the process
// that uses them is, or when Close is called. A directory can outlive a process
// that was killed: Leftovers finds such, and whoever makes the next removes them.
//
// It knows nothing of wallets or certificates: it is given bytes.
package keyfile
