//go:build !(linux || netbsd || openbsd || ((dragonfly || freebsd) && cgo) || darwin || windows)

package keyring

import "context"

// system is no keyring: go-keyring has none for this platform, or none without
// cgo.
type system struct{}

func systemProvider(func(string) string) Provider { return system{} }

func (system) Ready(context.Context, bool) error           { return ErrNoProvider }
func (system) Set(service, account, value string) error    { return ErrNoProvider }
func (system) Get(service, account string) (string, error) { return "", ErrNoProvider }
func (system) Delete(service, account string) error        { return ErrNoProvider }
