//go:build !linux

package keyringtest

import "testing"

// Session is a D-Bus session; only Linux has one here.
type Session struct{}

// StartBus fails the test.
func StartBus(t testing.TB) *Session {
	t.Helper()
	t.Fatal("a private session bus is started on Linux only")
	return nil
}

// Start fails the test.
func Start(t testing.TB) *Session { return StartBus(t) }

// Lock does nothing.
func (*Session) Lock() {}

// Kill does nothing.
func (*Session) Kill() {}

// Stop does nothing.
func (*Session) Stop() {}
