package install

import (
	"context"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"certctl/pkg/wallet"
)

// System returns the store of the user of an operating system (as in
// runtime.GOOS); false where the system has none.
func System(goos, home string) (Place, bool) {
	switch goos {
	case "windows":
		return Place{Kind: KindWindows, Path: `CurrentUser\My`}, true
	case "darwin":
		return Place{Kind: KindMacOS, Path: filepath.Join(home, "Library", "Keychains", "login.keychain-db")}, true
	}
	return Place{}, false
}

// certStore is CurrentUser\My of Windows, reached through PowerShell.
type certStore struct{ config Config }

// The scripts. What is particular to a run comes in variables and on standard
// input, so that nothing has to be quoted.
const (
	addScript = `$ErrorActionPreference = 'Stop'
$password = ConvertTo-SecureString -String ([Console]::In.ReadLine()) -AsPlainText -Force
Import-PfxCertificate -FilePath $env:CERTCTL_INSTALL_FILE -CertStoreLocation Cert:\CurrentUser\My -Password $password | Out-Null
`
	hasScript = `$ErrorActionPreference = 'Stop'
Test-Path -LiteralPath "Cert:\CurrentUser\My\$env:CERTCTL_INSTALL_THUMBPRINT"
`
	removeScript = `$ErrorActionPreference = 'Stop'
Remove-Item -LiteralPath "Cert:\CurrentUser\My\$env:CERTCTL_INSTALL_THUMBPRINT" -DeleteKey
`
)

func (s certStore) Add(ctx context.Context, b *wallet.Bundle) error {
	o, err := takes(wallet.ReaderWindows, b.Key)
	if err != nil {
		return err
	}
	err = s.config.exchange(b, o, func(file, password string) error {
		_, err := s.run(ctx, addScript, password+"\n", "CERTCTL_INSTALL_FILE="+file)
		return err
	})
	if err != nil {
		return err
	}
	return found(s.Has(ctx, b.Chain[0]))
}

func (s certStore) Has(ctx context.Context, c *x509.Certificate) (bool, error) {
	out, err := s.run(ctx, hasScript, "", "CERTCTL_INSTALL_THUMBPRINT="+thumbprint(c))
	return strings.TrimSpace(out) == "True", err
}

func (s certStore) Remove(ctx context.Context, c *x509.Certificate) error {
	there, err := s.Has(ctx, c)
	if err != nil || !there {
		return err
	}
	_, err = s.run(ctx, removeScript, "", "CERTCTL_INSTALL_THUMBPRINT="+thumbprint(c))
	return err
}

func (s certStore) run(ctx context.Context, script, stdin, env string) (string, error) {
	out, _, err := s.config.Run(ctx, Command{
		Name:  "powershell.exe",
		Args:  []string{"-NoProfile", "-NonInteractive", "-EncodedCommand", encodeScript(script)},
		Env:   []string{env},
		Stdin: []byte(stdin),
	})
	return out, err
}

// encodeScript encodes a script as PowerShell takes it among its arguments:
// UTF-16LE in base64.
func encodeScript(script string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(script)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// keychain is a keychain of macOS, reached through security(1).
type keychain struct {
	file   string
	config Config
}

func (s keychain) Add(ctx context.Context, b *wallet.Bundle) error {
	o, err := takes(wallet.ReaderMacOS, b.Key)
	if err != nil {
		return err
	}
	there, err := s.Has(ctx, b.Chain[0])
	if err != nil || there {
		return err
	}
	err = s.config.exchange(b, o, func(file, password string) error {
		// In its interactive mode it reads the password from standard input, and
		// tells of no failure by its exit code: what counts is what is there then.
		line := fmt.Sprintf("import %s -k %s -f pkcs12 -x -P %s\n", inQuotes(file), inQuotes(s.file), inQuotes(password))
		_, _, err := s.config.Run(ctx, Command{Name: "security", Args: []string{"-i"}, Stdin: []byte(line)})
		return err
	})
	if err != nil {
		return err
	}
	return found(s.Has(ctx, b.Chain[0]))
}

func (s keychain) Has(ctx context.Context, c *x509.Certificate) (bool, error) {
	out, _, err := s.config.Run(ctx, Command{Name: "security", Args: []string{"find-certificate", "-a", "-Z", s.file}})
	return strings.Contains(out, "SHA-1 hash: "+thumbprint(c)), err
}

func (s keychain) Remove(ctx context.Context, c *x509.Certificate) error {
	there, err := s.Has(ctx, c)
	if err != nil || !there {
		return err
	}
	_, _, err = s.config.Run(ctx, Command{Name: "security", Args: []string{"delete-identity", "-Z", thumbprint(c), s.file}})
	return err
}

// inQuotes quotes a word for security(1).
func inQuotes(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// thumbprint is the SHA-1 of a certificate, as both systems write it.
func thumbprint(c *x509.Certificate) string {
	return fmt.Sprintf("%X", sha1.Sum(c.Raw))
}

// found makes an error of an answer that must be yes.
func found(there bool, err error) error {
	if err == nil && !there {
		return ErrNotThere
	}
	return err
}
