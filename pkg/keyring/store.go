package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// The timeouts of one call to the keyring where Config sets none.
const (
	unattendedTimeout = 3 * time.Second
	attendedTimeout   = 2 * time.Minute // a person may be typing
)

// Config says which items of which keyring a Store keeps.
type Config struct {
	Service string // of every item; empty: certctl
	Prefix  string // of every account: the wallet's id
	// LockFile is made where it is missing; its directory must exist. All
	// processes that use the prefix use the same file.
	LockFile string
	// Attended says that a person is there who may unlock a locked keyring.
	// Otherwise a locked one is ErrLocked at once.
	Attended bool
	// Timeout bounds each call to the keyring; 0: 3 s, or 2 min where attended.
	Timeout  time.Duration
	Provider Provider            // nil: the operating system's
	Env      func(string) string // nil: os.Getenv
	Around   Around              // nil but in tests
}

// Around wraps an effect: it is called with a short name of the effect and
// calls do, once. Tests cut the process off before or after do. A nil Around
// is do itself.
type Around func(op string, do func() error) error

// Store keeps values under keys in a keyring. A key holds letters, digits and
// the characters ".", "_", "-", "~" and "/".
//
// It may be used by any number of goroutines and processes: writers take
// turns, a reader sees the old value or the new one. After an error or a
// crash of Put either may be there, whole. What a crash leaves beside it is
// removed by the next Put, Delete or Tidy of the same key.
type Store struct {
	service, prefix string
	lockFile        string
	attended        bool
	timeout         time.Duration
	provider        Provider
	around          Around
}

// Open returns the Store of the configuration. It touches nothing.
func Open(c Config) *Store {
	s := &Store{
		service: c.Service, prefix: c.Prefix, lockFile: c.LockFile,
		attended: c.Attended, timeout: c.Timeout, provider: c.Provider, around: c.Around,
	}
	if s.service == "" {
		s.service = "certctl"
	}
	if s.timeout == 0 {
		s.timeout = unattendedTimeout
		if s.attended {
			s.timeout = attendedTimeout
		}
	}
	if s.provider == nil {
		env := c.Env
		if env == nil {
			env = os.Getenv
		}
		s.provider = systemProvider(env)
	}
	return s
}

// Put replaces the value of key at once, and has read it back from the keyring
// when it returns nil: ErrTooBig beyond 32 KiB.
func (s *Store) Put(ctx context.Context, key string, data []byte) error {
	if len(data) > maxItems*itemData {
		return fmt.Errorf("put %s: %d bytes: %w", key, len(data), ErrTooBig)
	}
	return s.use(ctx, "put", key, (*flock.Flock).TryLockContext, func() error {
		a, b, err := s.generations(ctx, key)
		if err != nil {
			return err
		}
		current, other := newest(a, b)
		next := generation{name: other.name, sequence: current.sequence + 1, data: data}
		if err := s.erase(ctx, key, other); err != nil {
			return fmt.Errorf("remove what an interrupted write left: %w", err)
		}
		if err := s.write(ctx, key, next); err != nil {
			return err
		}
		if err := s.readBack(ctx, key, next); err != nil {
			return err
		}
		if err := s.erase(ctx, key, current); err != nil {
			return fmt.Errorf("remove the old value: %w", err)
		}
		return nil
	})
}

// readBack returns nil where the keyring holds the generation that was written.
// Until then the old value may not go.
func (s *Store) readBack(ctx context.Context, key string, want generation) error {
	got, err := s.read(ctx, key, want.name)
	if err != nil {
		return err
	}
	if got.state == whole && got.sequence == want.sequence && bytes.Equal(got.data, want.data) {
		return nil
	}
	if err := s.erase(ctx, key, got); err != nil {
		return errors.Join(ErrReadBack, err)
	}
	return ErrReadBack
}

// Get returns the value of key: ErrNotFound, ErrDamaged.
func (s *Store) Get(ctx context.Context, key string) (data []byte, err error) {
	err = s.use(ctx, "get", key, (*flock.Flock).TryRLockContext, func() error {
		a, b, err := s.generations(ctx, key)
		if err != nil {
			return err
		}
		current, _ := newest(a, b)
		switch {
		case current.state == whole:
			data = current.data
			return nil
		case a.state == absent && b.state == absent:
			return ErrNotFound
		}
		return ErrDamaged
	})
	return data, err
}

// Delete removes key with everything that interrupted writes left of it. An
// absent key is no error.
func (s *Store) Delete(ctx context.Context, key string) error {
	return s.use(ctx, "delete", key, (*flock.Flock).TryLockContext, func() error {
		a, b, err := s.generations(ctx, key)
		if err != nil {
			return err
		}
		current, other := newest(a, b)
		if err := s.erase(ctx, key, other); err != nil { // first: it must not come back to life
			return err
		}
		return s.erase(ctx, key, current)
	})
}

// Tidy removes what interrupted writes left of key, and leaves its value.
func (s *Store) Tidy(ctx context.Context, key string) error {
	return s.use(ctx, "tidy", key, (*flock.Flock).TryLockContext, func() error {
		a, b, err := s.generations(ctx, key)
		if err != nil {
			return err
		}
		current, other := newest(a, b)
		if current.state == whole || other.state == absent {
			if err := s.erase(ctx, key, other); err != nil {
				return err
			}
		}
		if current.state == absent {
			return s.erase(ctx, key, current)
		}
		return nil
	})
}

// Probe finds out whether the keyring can be relied on now, by keeping
// something in it for a moment.
func (s *Store) Probe(ctx context.Context) error {
	const key = "~probe"
	if err := s.Put(ctx, key, []byte("certctl was here")); err != nil {
		return err
	}
	return s.Delete(ctx, key)
}
