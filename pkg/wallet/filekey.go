package wallet

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// FileKey says how the key of a file wallet is protected. The zero value is no
// choice and opens nothing: ErrNoPassword.
type FileKey struct {
	// Unwrapped chooses to have no password: whoever reads wallet.key reads
	// the wallet.
	Unwrapped bool
	// Password is called when a secret is first needed. With creating it is
	// the password of a wallet that is being made, which a person is to give
	// twice.
	Password func(ctx context.Context, creating bool) (string, error)
	// Tries is how often Password is called while what it returns is wrong; 0
	// means once.
	Tries int
}

const (
	keyFile    = "wallet.key"
	keySize    = 32
	keyVersion = 1
	// wrapIterations of PBKDF2-HMAC-SHA256: what OWASP recommends, about 0.25 s.
	wrapIterations = 600_000
	// maxIterations bounds what a changed wallet.key can make us compute.
	maxIterations = 100_000_000
)

// keyRecord is wallet.key: the key itself, or the key sealed with AES-256-GCM
// under what PBKDF2 makes of a password.
type keyRecord struct {
	Version    int    `json:"version"`
	Key        []byte `json:"key,omitempty"`
	Iterations int    `json:"pbkdf2_sha256_iterations,omitempty"`
	Salt       []byte `json:"salt,omitempty"`
	Wrapped    []byte `json:"wrapped,omitempty"`
}

// load opens wallet.key: ErrNotFound where there is none.
func (k FileKey) load(ctx context.Context, d disk) ([]byte, error) {
	data, err := d.read(keyFile)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(d.path(keyFile))
	if err != nil {
		return nil, err
	}
	if loose(info.Mode()) {
		return nil, fmt.Errorf("%s: %w (mode %04o)", d.path(keyFile), ErrLoose, info.Mode().Perm())
	}
	var r keyRecord
	if err := json.Unmarshal(data, &r); err != nil || r.Version != keyVersion {
		return nil, fmt.Errorf("%s: %w", keyFile, ErrDamaged)
	}
	if r.Wrapped == nil {
		return k.plain(r)
	}
	return k.unwrap(ctx, r)
}

func (k FileKey) plain(r keyRecord) ([]byte, error) {
	if k.Password != nil && !k.Unwrapped {
		return nil, fmt.Errorf("%s: %w", keyFile, ErrUnwrapped)
	}
	if !k.Unwrapped {
		return nil, ErrNoPassword
	}
	if len(r.Key) != keySize {
		return nil, fmt.Errorf("%s: %w", keyFile, ErrDamaged)
	}
	return r.Key, nil
}

func (k FileKey) unwrap(ctx context.Context, r keyRecord) ([]byte, error) {
	if k.Unwrapped {
		return nil, fmt.Errorf("%s: %w", keyFile, ErrWrapped)
	}
	if k.Password == nil {
		return nil, ErrNoPassword
	}
	if r.Iterations < 1 || r.Iterations > maxIterations {
		return nil, fmt.Errorf("%s: %w", keyFile, ErrDamaged)
	}
	for try := 1; ; try++ {
		key, err := k.tryPassword(ctx, r)
		if !errors.Is(err, ErrPassword) || try >= k.Tries {
			return key, err
		}
	}
}

func (k FileKey) tryPassword(ctx context.Context, r keyRecord) ([]byte, error) {
	password, err := k.Password(ctx, false)
	if err != nil {
		return nil, fmt.Errorf("ask for the wallet password: %w", err)
	}
	aead, err := wrapper(password, r)
	if err != nil {
		return nil, err
	}
	key, err := open(aead, r.Wrapped, keyFile)
	if err != nil || len(key) != keySize {
		return nil, ErrPassword
	}
	return key, nil
}

// create makes wallet.key. The caller holds the wallet's lock, and syncs the
// directory when it has written what the key is for.
func (k FileKey) create(ctx context.Context, d disk) ([]byte, error) {
	key := make([]byte, keySize)
	rand.Read(key)
	r := keyRecord{Version: keyVersion, Key: key}
	if !k.Unwrapped {
		if k.Password == nil {
			return nil, ErrNoPassword
		}
		password, err := k.Password(ctx, true)
		if err != nil {
			return nil, fmt.Errorf("ask for the wallet password: %w", err)
		}
		if password == "" {
			return nil, fmt.Errorf("%w: it is empty", ErrNoPassword)
		}
		if r, err = wrapped(key, password); err != nil {
			return nil, err
		}
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	return key, d.replace(keyFile, append(data, '\n'))
}

func wrapped(key []byte, password string) (keyRecord, error) {
	r := keyRecord{Version: keyVersion, Iterations: wrapIterations, Salt: make([]byte, 16)}
	rand.Read(r.Salt)
	aead, err := wrapper(password, r)
	if err != nil {
		return r, err
	}
	r.Wrapped = seal(aead, key, keyFile)
	return r, nil
}

// wrapper returns the cipher that the password gives with the record's salt
// and iterations.
func wrapper(password string, r keyRecord) (cipher.AEAD, error) {
	key, err := pbkdf2.Key(sha256.New, password, r.Salt, r.Iterations, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive from the wallet password: %w", err)
	}
	return gcm(key)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// seal and open keep what they seal to one place: the name is authenticated.
func seal(aead cipher.AEAD, plain []byte, name string) []byte {
	return aead.Seal(nil, nil, plain, []byte(name))
}

func open(aead cipher.AEAD, sealed []byte, name string) ([]byte, error) {
	plain, err := aead.Open(nil, nil, sealed, []byte(name))
	if err != nil {
		return nil, errors.New("authentication failed")
	}
	return plain, nil
}
