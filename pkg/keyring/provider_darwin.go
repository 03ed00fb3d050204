package keyring

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/zalando/go-keyring"
)

const (
	securityTool = "/usr/bin/security"
	// commandLimit is what `security -i` reads of one line (zalando/
	// go-keyring#153); commandRest allows for its words, the service's name and
	// the prefix and quotes that go-keyring adds.
	commandLimit = 4094
	commandRest  = 128
)

// system is the login keychain, by way of go-keyring, which calls
// /usr/bin/security and stores base64.
type system struct{}

func systemProvider(func(string) string) Provider { return system{} }

// Ready is described at Provider. Whether the keychain is locked shows only
// when it is used.
func (system) Ready(context.Context, bool) error {
	if _, err := os.Stat(securityTool); err != nil {
		return fmt.Errorf("%w: %w", ErrNoProvider, err)
	}
	return nil
}

func (system) Set(service, account, value string) error {
	line := base64.StdEncoding.EncodedLen(len(value)) + len(service) + len(account) + commandRest
	if line > commandLimit {
		return ErrTooBig
	}
	return translate(keyring.Set(service, account, value))
}

func (system) Get(service, account string) (string, error) {
	value, err := keyring.Get(service, account)
	return value, translate(err)
}

func (system) Delete(service, account string) error {
	return translate(keyring.Delete(service, account))
}

// translate gives go-keyring's errors, and the low bytes of the OSStatus codes
// that the tool exits with, their meaning.
func translate(err error) error {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case !errors.As(err, &exit):
		return err
	}
	switch exit.ExitCode() {
	case 44: // errSecItemNotFound -25300
		return ErrNotFound
	case 36: // errSecInteractionNotAllowed -25308
		return fmt.Errorf("%w: %w", ErrLocked, err)
	case 51, 128: // errSecAuthFailed -25293, userCanceledErr -128
		return fmt.Errorf("%w: %w", ErrDenied, err)
	case 37, 50: // errSecNoDefaultKeychain -25307, errSecNoSuchKeychain -25294
		return fmt.Errorf("%w: %w", ErrNoProvider, err)
	}
	return err
}
