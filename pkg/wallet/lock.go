package wallet

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockFile = ".lock"
	// lockWait bounds the wait for another process; a change takes
	// milliseconds, or seconds where a keyring is slow.
	lockWait = 10 * time.Second
	lockPoll = 10 * time.Millisecond
)

// lock excludes other changes to the directory, of this process and of others,
// until unlock is called. ErrBusy where that cannot be had in time.
func (d disk) lock(ctx context.Context) (unlock func(), err error) {
	if err := d.mkdir(); err != nil {
		return nil, fmt.Errorf("make wallet directory: %w", err)
	}
	wait, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	l := flock.New(d.path(lockFile))
	if _, err := l.TryLockContext(wait, lockPoll); err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			err = ErrBusy
		}
		return nil, fmt.Errorf("lock wallet: %w", err)
	}
	return func() { _ = l.Unlock() }, nil // the kernel drops it in any case
}
