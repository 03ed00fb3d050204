package install

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"certctl/pkg/wallet"
)

// nss is a database of NSS (cert9.db, key4.db), reached through certutil and
// pk12util.
//
// A nickname in it is that of a subject and so of every certificate that a user
// ever had: where certutil is given one to delete, it chooses. What is given it
// here is a PKCS#11 URI (RFC 7512) with the key's identifier, which is one
// certificate's alone since every certificate has a fresh key.
type nss struct {
	dir    string
	config Config
}

// databaseFile is in every database of the kind that is still in use.
const databaseFile = "cert9.db"

func (s nss) Add(ctx context.Context, b *wallet.Bundle) error {
	o, err := takes(wallet.ReaderNSS, b.Key)
	if err != nil {
		return err
	}
	if err := s.make(ctx); err != nil {
		return err
	}
	there, err := s.Has(ctx, b.Chain[0])
	if err != nil {
		return err
	}
	if there && s.hasKey(ctx, b.Chain[0]) == nil {
		return nil
	}
	err = s.config.exchange(b, o, func(file, password string) error {
		_, err := s.run(ctx, Command{
			Name:    "pk12util",
			Args:    []string{"-i", file, "-d", s.database(), "-w", secretFile(0), "-k", secretFile(1)},
			Secrets: []string{password, s.config.Password},
		})
		return err
	})
	if err != nil {
		return err
	}
	there, err = s.Has(ctx, b.Chain[0])
	if err == nil && !there {
		err = fmt.Errorf("%s: the certificate: %w", s.dir, ErrNotThere)
	}
	return errors.Join(err, s.hasKey(ctx, b.Chain[0]))
}

func (s nss) Remove(ctx context.Context, c *x509.Certificate) error {
	there, err := s.subject(ctx, c)
	if errors.Is(err, ErrNoStore) {
		return nil
	}
	if err != nil || !contains(there, c) {
		return err
	}
	for _, other := range there {
		if !other.Equal(c) && keyID(other) == keyID(c) {
			return fmt.Errorf("%s: serial %x: %w", s.dir, other.SerialNumber, ErrSharedKey)
		}
	}
	_, err = s.run(ctx, Command{
		Name:    "certutil",
		Args:    []string{"-F", "-d", s.database(), "-n", uri(c), "-f", secretFile(0)},
		Secrets: []string{s.config.Password},
	})
	if err != nil {
		return err
	}
	for _, other := range there {
		has, err := s.Has(ctx, other)
		if err == nil && has == other.Equal(c) {
			err = fmt.Errorf("%s: certutil deleted something else than serial %x", s.dir, c.SerialNumber)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s nss) Has(ctx context.Context, c *x509.Certificate) (bool, error) {
	there, err := s.subject(ctx, c)
	return contains(there, c), err
}

// subject returns the certificates of c's subject, where c's key has one: NSS
// finds by the key and answers with all of the nickname. None where there is
// none of the key.
func (s nss) subject(ctx context.Context, c *x509.Certificate) ([]*x509.Certificate, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	out, err := s.run(ctx, Command{Name: "certutil", Args: []string{"-L", "-d", s.database(), "-n", uri(c), "-a"}})
	if errors.Is(err, errNoCertificate) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []*x509.Certificate
	for block, rest := pem.Decode([]byte(out)); block != nil; block, rest = pem.Decode(rest) {
		// One that Go cannot parse is not one of ours.
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			found = append(found, c)
		}
	}
	return found, nil
}

// hasKey returns nil where the key of a certificate is in the database.
func (s nss) hasKey(ctx context.Context, c *x509.Certificate) error {
	out, err := s.run(ctx, Command{
		Name: "certutil", Args: []string{"-K", "-d", s.database(), "-f", secretFile(0)}, Secrets: []string{s.config.Password},
	})
	if err == nil && !strings.Contains(out, keyID(c)) {
		err = fmt.Errorf("%s: the key: %w", s.dir, ErrNotThere)
	}
	return err
}

// make makes a database where there is none.
func (s nss) make(ctx context.Context) error {
	err := s.check()
	if !errors.Is(err, ErrNoStore) {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("make a database: %w", err)
	}
	_, err = s.run(ctx, Command{Name: "certutil", Args: []string{"-N", "-d", s.database(), "--empty-password"}})
	return err
}

// check returns ErrNoStore or ErrDamaged where the database cannot be one: to
// certutil that is the same as one that another program has locked.
func (s nss) check() error {
	const magic = "SQLite format 3\x00"
	f, err := os.Open(filepath.Join(s.dir, databaseFile))
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: %w", s.dir, ErrNoStore)
	}
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer f.Close()
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || string(head) != magic {
		return fmt.Errorf("%s: %w", f.Name(), ErrDamaged)
	}
	return nil
}

func (s nss) database() string { return "sql:" + s.dir }

// errNoCertificate: certutil found none under the name.
var errNoCertificate = errors.New("no such certificate")

// run runs one of NSS's programs and sorts what it complains of.
func (s nss) run(ctx context.Context, c Command) (string, error) {
	out, complaints, err := s.config.Run(ctx, c)
	if err == nil {
		return out, nil
	}
	says := func(codes ...string) bool {
		for _, code := range codes {
			if strings.Contains(complaints, code) {
				return true
			}
		}
		return false
	}
	switch {
	case says("PR_FILE_NOT_FOUND_ERROR"):
		return "", fmt.Errorf("%s: %w", s.dir, errNoCertificate)
	case says("SEC_ERROR_BAD_PASSWORD") && s.config.Password == "":
		return "", fmt.Errorf("%s: %w", s.dir, ErrPasswordNeeded)
	case says("SEC_ERROR_BAD_PASSWORD"):
		return "", fmt.Errorf("%s: %w", s.dir, ErrPassword)
	case says("SEC_ERROR_BAD_DATABASE", "SEC_ERROR_PKCS11_GENERAL_ERROR", "SEC_ERROR_BUSY"):
		return "", fmt.Errorf("%s: %w: %w", s.dir, ErrLocked, err)
	case says("SEC_ERROR_READ_ONLY"):
		return "", fmt.Errorf("%s: %w", s.dir, os.ErrPermission)
	}
	return "", fmt.Errorf("%s: %w", s.dir, err)
}

// uri names a certificate by the identifier of its key (RFC 7512).
func uri(c *x509.Certificate) string {
	id := keyID(c)
	var text strings.Builder
	text.WriteString("pkcs11:id=")
	for i := 0; i < len(id); i += 2 {
		text.WriteString("%" + id[i:i+2])
	}
	return text.String()
}

// keyID is what NSS calls a key by: the SHA-1 of its public value, in
// lower-case hex.
func keyID(c *x509.Certificate) string {
	var value []byte
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		value = k.N.Bytes()
	case *ecdsa.PublicKey:
		// An error is a curve that no store has keys of.
		value, _ = k.Bytes()
	}
	sum := sha1.Sum(value)
	return hex.EncodeToString(sum[:])
}

func contains(all []*x509.Certificate, c *x509.Certificate) bool {
	for _, other := range all {
		if other.Equal(c) {
			return true
		}
	}
	return false
}
