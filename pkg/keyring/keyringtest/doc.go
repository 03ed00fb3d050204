// Package keyringtest is for tests only: a keyring in memory that enforces the
// limits of the real ones, and a private session bus with a real Secret
// Service on it, away from the keyring of whoever runs the tests.
package keyringtest
