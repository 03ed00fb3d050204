package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// existing says what to do with a file that is already there.
type existing bool

const (
	replaceExisting existing = true
	refuseExisting  existing = false
)

// writeFile writes a private file (0600) whole or not at all: under a
// temporary name, synced, then renamed, and the name made durable. A file that is refused is an *fs.PathError
// with fs.ErrExist, also where another process makes it meanwhile.
func (a *app) writeFile(name string, data []byte, there existing) error {
	return a.writeFileBy(name, there, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeFileBy is writeFile for what is too much to be held whole: fill writes it.
func (a *app) writeFileBy(name string, there existing, fill func(io.Writer) error) (err error) {
	var f *os.File
	err = a.process.around("create "+filepath.Base(name), func() (err error) {
		f, err = os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
		return err
	})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil || there == refuseExisting {
			_ = os.Remove(f.Name()) // best effort: it is ours and nobody knows it
		}
	}()
	err = a.process.around("write "+filepath.Base(name), func() error {
		return errors.Join(fill(f), f.Sync(), f.Close())
	})
	if err != nil {
		return err
	}
	err = a.process.around("rename "+filepath.Base(name), func() error {
		if there == replaceExisting {
			return os.Rename(f.Name(), name)
		}
		return os.Link(f.Name(), name) // unlike rename, it replaces nothing
	})
	if err != nil {
		return err
	}
	return a.process.around("sync directory of "+filepath.Base(name), func() error {
		return syncDir(filepath.Dir(name))
	})
}

// writePublicFile is writeFile, replacing, for what everybody may read (0644).
func (a *app) writePublicFile(name string, data []byte) error {
	if err := a.writeFile(name, data, replaceExisting); err != nil {
		return err
	}
	return os.Chmod(name, 0o644)
}

// readSecret reads a secret from a file, or from standard input where name is
// "-". White space around it is not part of it. A pipe that nobody writes to is
// waited for until the run ends.
func (a *app) readSecret(ctx context.Context, name string) (api.Secret, error) {
	return await(ctx, func() (api.Secret, error) { return a.readSecretNow(name) })
}

// await returns what do returns, or the cause of the context's end where that
// comes first: do, which knows no context, then goes on for nothing.
func await[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := do()
		done <- answer{value, err}
	}()
	select {
	case got := <-done:
		return got.value, got.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

func (a *app) readSecretNow(name string) (api.Secret, error) {
	const limit = 4096 // bytes; nothing that is asked for is as long
	in := a.process.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", a.badFile(name, err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return "", a.badFile(name, err)
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" || len(text) > limit {
		return "", a.badFile(name, errors.New(a.text.Errors.NoSecretInside))
	}
	return api.Secret(secret), nil
}

// readData reads a file, or standard input where name is "-", of at most so many
// bytes. A pipe that nobody writes to is waited for until the run ends. tooBig
// says why a larger one is not read.
func (a *app) readData(ctx context.Context, name string, limit int64, tooBig string) ([]byte, error) {
	return await(ctx, func() ([]byte, error) { return a.readDataNow(name, limit, tooBig) })
}

func (a *app) readDataNow(name string, limit int64, tooBig string) ([]byte, error) {
	in := a.process.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, a.badFile(name, err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, a.badFile(name, fmt.Errorf("read: %w", err))
	}
	if int64(len(data)) > limit {
		return nil, a.badFile(name, errors.New(tooBig))
	}
	return data, nil
}

// fileExists refuses to write over a file.
func (a *app) fileExists(name string) error {
	e := a.text.Errors
	return &refusal{code: api.Exists, problem: i18n.Problem{Message: i18n.Fill(e.FileExists, "file", quote(name)), Hint: e.FileExistsHint}}
}

// writeNewFile writes a file that must not be there yet, and words what goes
// wrong.
func (a *app) writeNewFile(name string, data []byte) error {
	err := a.writeFile(name, data, refuseExisting)
	if errors.Is(err, fs.ErrExist) {
		return a.fileExists(name)
	}
	if err != nil {
		return a.badFile(name, fmt.Errorf("write: %w", err))
	}
	return nil
}
