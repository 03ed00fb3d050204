package backup

import (
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Recipients is what a backup is encrypted to.
type Recipients []age.Recipient

// Identities is what a backup is opened with.
type Identities []age.Identity

// ToPassphrase encrypts to whoever knows a passphrase. age stretches it (scrypt,
// about a second).
func ToPassphrase(passphrase string) (Recipients, error) {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	return Recipients{r}, nil
}

// ToRecipients encrypts to the holders of the identities behind age's public
// keys (age1…), of which one is enough to open the file; ErrRecipient.
func ToRecipients(keys []string) (Recipients, error) {
	all, err := age.ParseRecipients(strings.NewReader(strings.Join(keys, "\n")))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecipient, err)
	}
	return all, nil
}

// WithPassphrase opens what ToPassphrase encrypted.
func WithPassphrase(passphrase string) (Identities, error) {
	i, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	return Identities{i}, nil
}

// WithIdentities reads the identities in a file as age-keygen writes it;
// ErrIdentity.
func WithIdentities(r io.Reader) (Identities, error) {
	all, err := age.ParseIdentities(r)
	if err != nil {
		// age's error may quote the line, which is the secret.
		return nil, ErrIdentity
	}
	return all, nil
}
