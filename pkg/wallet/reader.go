package wallet

import (
	"errors"
	"fmt"
	"slices"
)

// ErrKeyType says that the program that a file is for cannot use a key of this
// type.
var ErrKeyType = errors.New("a key of a type that it cannot use")

// Reader is a program, or a family of them, that an export is for.
type Reader string

// The readers.
const (
	ReaderOpenSSL Reader = "openssl" // and what is built upon it: curl, nginx, Python
	ReaderNSS     Reader = "nss"     // Firefox, and Chromium on Linux
	ReaderWindows Reader = "windows" // the certificate store, and what uses it
	ReaderMacOS   Reader = "macos"   // the keychain, and what uses it
	ReaderJava    Reader = "java"    // a KeyStore
)

// Readers returns all of them.
func Readers() []Reader {
	return []Reader{ReaderOpenSSL, ReaderNSS, ReaderWindows, ReaderMacOS, ReaderJava}
}

// Options returns the export that the reader opens, still without a password.
// ErrKeyType where it cannot use a key of this type (see KeyType).
func (r Reader) Options(keyType string) (ExportOptions, error) {
	o := ExportOptions{Format: FormatPKCS12}
	switch r {
	case ReaderWindows:
		// .NET, and with it PowerShell, refuses to hash more than 300,000 times.
		o.Iterations = 250_000
	case ReaderMacOS:
		o.Legacy = true // keychains have long opened 3DES and SHA-1 alone
	case ReaderOpenSSL, ReaderNSS, ReaderJava:
	default:
		return ExportOptions{}, fmt.Errorf("export: unknown reader %q", r)
	}
	without := []Reader{ReaderNSS, ReaderWindows, ReaderMacOS}
	if keyType == "ed25519" && slices.Contains(without, r) {
		return ExportOptions{}, fmt.Errorf("export for %s: %s: %w", r, keyType, ErrKeyType)
	}
	return o, nil
}
