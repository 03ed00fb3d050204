package cli

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// place says where something secret is kept: in the keyring, or in a file or
// directory, whose path is then set.
type place struct{ path string }

func (p place) keyring() bool { return p.path == "" }

// String writes the place as a flag or config.yaml has it.
func (p place) String() string {
	if p.keyring() {
		return "keyring"
	}
	return "file:" + p.path
}

// place reads a setting that is keyring or file:PATH; want says so. A relative
// path counts from the working directory, or, in config.yaml, from that file's.
func (c *config) place(key, want string) (place, error) {
	text := c.text(key)
	if text == "keyring" {
		return place{}, nil
	}
	path, found := strings.CutPrefix(text, "file:")
	if !found || path == "" {
		return place{}, c.bad(key, want)
	}
	if c.source[key] == fromFile && !filepath.IsAbs(path) {
		path = filepath.Join(c.dirs.config, path)
	}
	path, err := filepath.Abs(path)
	return place{path}, err
}

// sealedBy says where the sealing key is.
func (a *app) sealedBy() (place, error) {
	c, err := a.config()
	if err != nil {
		return place{}, err
	}
	where, err := c.place("sealed_by", a.text.Errors.WantSealedBy)
	if err == nil && where.keyring() && store.IsPostgres(c.text("store")) {
		return place{}, &refusal{code: api.Usage, problem: a.text.Errors.Database.KeyInPlace}
	}
	return where, err
}

// sealingKey opens the sealing key of the backend.
func (a *app) sealingKey(ctx context.Context) (*seal.Key, error) {
	where, err := a.sealedBy()
	if err != nil {
		return nil, err
	}
	if where.keyring() {
		return a.sealingKeyringKey(ctx)
	}
	return a.sealingKeyFile(where.path)
}

// makeSealingKey makes the sealing key of a new backend, or opens the one that
// is in its place already: a first try that was cut off left it there, or the
// operator brings their own.
func (a *app) makeSealingKey(ctx context.Context, where place) (*seal.Key, error) {
	raw := make([]byte, seal.KeySize)
	rand.Read(raw) // never fails
	return a.placeSealingKey(ctx, where, raw)
}

// placeSealingKey puts a sealing key into its place, unless there is one, and
// opens the one that is there then.
func (a *app) placeSealingKey(ctx context.Context, where place, raw []byte) (*seal.Key, error) {
	if where.keyring() {
		return a.placeSealingKeyringKey(ctx, raw)
	}
	err := os.MkdirAll(filepath.Dir(where.path), 0o700)
	if err == nil {
		err = a.writeFile(where.path, []byte(hex.EncodeToString(raw)+"\n"), refuseExisting)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, a.badFile(where.path, err)
	}
	return a.sealingKeyFile(where.path)
}

// sealingKeyFile reads a sealing key: 32 bytes, raw or as hex digits, in a
// file that nobody else may read.
func (a *app) sealingKeyFile(name string) (*seal.Key, error) {
	e := a.text.Errors
	refuse := func(message, hint string) (*seal.Key, error) {
		message, hint = i18n.Fill(message, "file", quote(name)), i18n.Fill(hint, "file", quote(name))
		return nil, &refusal{code: api.SealWrong, problem: i18n.Problem{Message: message, Hint: hint}}
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return refuse(e.KeyFileGone, e.KeyFileGoneHint)
	}
	if err != nil {
		return nil, a.badFile(name, err)
	}
	if !info.Mode().IsRegular() || info.Size() > 4096 {
		return refuse(e.KeyFileBad, e.KeyFileBadHint)
	}
	if anothers(info) {
		return refuse(e.KeyFileAnothers, e.KeyFileAnothersHint)
	}
	// Windows has no such bits; there the directory's ACL decides.
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return refuse(i18n.Fill(e.KeyFileLoose, "mode", fmt.Sprintf("%04o", mode)), e.KeyFileHint)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, a.badFile(name, err)
	}
	if raw, err := hex.DecodeString(strings.TrimSpace(string(text))); err == nil && len(raw) == seal.KeySize {
		text = raw
	}
	key, err := seal.New(text)
	if err != nil {
		return refuse(e.KeyFileBad, e.KeyFileBadHint)
	}
	return key, nil
}
