// Package install puts a certificate with its key into the stores of other
// programs, and takes it out again: NSS databases (Firefox, and Chromium on
// Linux), the certificate store of Windows and the login keychain of macOS.
//
// It finds the NSS databases of a user, speaks to each store through the
// program that comes with it, and keeps a ledger of what was put where. No
// secret is among the arguments of these programs or in their environment, and
// what is put into a file for them is encrypted under a password that no file
// has.
//
// Which certificate goes where, and who is asked for a password, is the
// caller's; the certificates themselves are package wallet's.
package install
