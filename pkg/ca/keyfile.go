package ca

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/youmark/pkcs8"
)

const (
	keyFileType       = "ENCRYPTED PRIVATE KEY"
	keyFileIterations = 600_000 // of PBKDF2: about a third of a second
	keyFileSalt       = 16      // bytes
)

var (
	// ErrKeyFile says that a file is none that EncryptKey has made.
	ErrKeyFile = errors.New("not an encrypted private key")
	// ErrKeyPassword says that a password does not open a key.
	ErrKeyPassword = errors.New("password does not open the key")
)

// EncryptKey returns the authority's private key as a file for people to keep:
// PEM of PKCS#8 under a password (PBES2: PBKDF2 with HMAC-SHA256, AES-256-CBC),
// which openssl reads too.
func (a *Authority) EncryptKey(password string) ([]byte, error) {
	if password == "" {
		return nil, errors.New("encrypt authority key: no password") // the library would not encrypt
	}
	der, err := pkcs8.MarshalPrivateKey(a.Signer, []byte(password), &pkcs8.Opts{
		Cipher:  pkcs8.AES256CBC,
		KDFOpts: pkcs8.PBKDF2Opts{SaltSize: keyFileSalt, IterationCount: keyFileIterations, HMACHash: crypto.SHA256},
	})
	if err != nil {
		return nil, fmt.Errorf("encrypt authority key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: keyFileType, Bytes: der}), nil
}

// DecryptKey returns the PKCS#8 DER in a file of EncryptKey's, or of another
// program that writes such ones; ErrKeyFile, ErrKeyPassword.
func DecryptKey(file []byte, password string) (der []byte, err error) {
	block, _ := pem.Decode(file)
	if block == nil || block.Type != keyFileType {
		return nil, ErrKeyFile
	}
	defer func() { // the library takes lengths that CBC does not
		if recover() != nil {
			der, err = nil, ErrKeyFile
		}
	}()
	key, _, err := pkcs8.ParsePrivateKey(block.Bytes, []byte(password))
	switch {
	case err != nil && err.Error() == "pkcs8: incorrect password":
		return nil, ErrKeyPassword
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrKeyFile, err)
	}
	return x509.MarshalPKCS8PrivateKey(key)
}
