package keyring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockWait bounds the wait for another process, which may itself be waiting
	// for a slow keyring.
	lockWait = 10 * time.Second
	lockPoll = 5 * time.Millisecond
)

// use runs do on a keyring that is ready, under the lock that take gives.
func (s *Store) use(ctx context.Context, verb, key string, take lockFunc, do func() error) error {
	ready := func() (string, error) { return "", s.provider.Ready(ctx, s.attended) }
	if _, err := s.bounded(ctx, ready); err != nil {
		return fmt.Errorf("open keyring: %w", err)
	}
	unlock, err := s.lock(ctx, take)
	if err != nil {
		return fmt.Errorf("lock keyring: %w", err)
	}
	defer unlock()
	err = do()
	if errors.Is(err, ErrNoBus) || errors.Is(err, ErrNoProvider) { // it was ready
		err = fmt.Errorf("%w: %w", ErrGone, err)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, key, err)
	}
	return nil
}

// lockFunc takes a lock, shared or not.
type lockFunc func(l *flock.Flock, ctx context.Context, poll time.Duration) (bool, error)

func (s *Store) lock(ctx context.Context, take lockFunc) (unlock func(), err error) {
	wait, cancel := context.WithTimeout(ctx, max(lockWait, s.timeout))
	defer cancel()
	l := flock.New(s.lockFile)
	if _, err := take(l, wait, lockPoll); err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			return nil, ErrBusy
		}
		return nil, err
	}
	return func() { _ = l.Unlock() }, nil // the kernel drops it in any case
}

func (s *Store) set(ctx context.Context, account, value string) error {
	return s.effect("set", func() error {
		_, err := s.bounded(ctx, func() (string, error) {
			return "", s.provider.Set(s.service, account, value)
		})
		return err
	})
}

func (s *Store) get(ctx context.Context, account string) (value string, err error) {
	err = s.effect("get", func() (err error) {
		value, err = s.bounded(ctx, func() (string, error) {
			return s.provider.Get(s.service, account)
		})
		return err
	})
	return value, err
}

// delete removes an item that may be absent.
func (s *Store) delete(ctx context.Context, account string) error {
	return s.effect("delete", func() error {
		_, err := s.bounded(ctx, func() (string, error) {
			return "", s.provider.Delete(s.service, account)
		})
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
}

func (s *Store) effect(op string, do func() error) error {
	if s.around == nil {
		return do()
	}
	return s.around("keyring."+op, do)
}

// bounded returns what do returns, or ErrTimeout, or the context's error. A
// call that hangs is left behind in its goroutine: neither D-Bus prompts nor
// go-keyring can be called off.
func (s *Store) bounded(ctx context.Context, do func() (string, error)) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	type result struct {
		value string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	timer := time.NewTimer(s.timeout)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	case <-timer.C:
		return "", ErrTimeout
	}
}
