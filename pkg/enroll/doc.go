// Package enroll is the holder's half of an acquisition: the key pair and its
// request, the pending key that outlives a crash, the two stages, the check of
// what comes back, and its place in the wallet.
//
// The two stages are two types: only Client.Begin makes a *Pending, and only
// Pending.Complete takes a code. So no code can be asked for before the IDs
// were accepted and the key lies safe in the wallet.
//
// It talks to the issuing backend through api.Service and cannot tell whether
// that is in this process; it asks nobody anything and prints nothing.
package enroll
