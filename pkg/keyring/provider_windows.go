package keyring

import (
	"context"
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"
	"golang.org/x/sys/windows"
)

// system is the credential manager, by way of go-keyring.
type system struct{}

func systemProvider(func(string) string) Provider { return system{} }

// Ready is described at Provider. The credential manager is unlocked by the
// log-in itself; whether the session has one shows when it is used.
func (system) Ready(context.Context, bool) error { return nil }

func (system) Set(service, account, value string) error {
	return translate(keyring.Set(service, account, value))
}

func (system) Get(service, account string) (string, error) {
	value, err := keyring.Get(service, account)
	return value, translate(err)
}

func (system) Delete(service, account string) error {
	return translate(keyring.Delete(service, account))
}

func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound), errors.Is(err, windows.ERROR_NOT_FOUND):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, windows.ERROR_NO_SUCH_LOGON_SESSION): // services, some SSH sessions
		return fmt.Errorf("%w: %w", ErrNoProvider, err)
	case errors.Is(err, windows.ERROR_ACCESS_DENIED):
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return err
}
