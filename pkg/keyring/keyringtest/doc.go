// Package keyringtest is for tests only: a keyring in memory that enforces the
// limits of the real ones, a private session bus with a real Secret Service on
// it, away from the keyring of whoever runs the tests, and processes that end in
// the middle of what they do.
package keyringtest
