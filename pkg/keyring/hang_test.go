package keyring_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
)

// hanging is a keyring whose calls never return, like one whose prompt nobody
// sees. It tells when it has been called.
type hanging struct {
	*keyringtest.Fake
	called chan struct{}
}

func (h hanging) Get(string, string) (string, error) {
	h.called <- struct{}{}
	select {}
}

func TestAHangingKeyringEndsInTime(t *testing.T) {
	h := hanging{keyringtest.NewFake(), make(chan struct{}, 1)}
	c := config(t, h)
	c.Timeout = time.Millisecond
	if _, err := keyring.Open(c).Get(t.Context(), "k"); !errors.Is(err, keyring.ErrTimeout) {
		t.Errorf("Get: %v", err)
	}
}

func TestACancelledCallEndsAtOnce(t *testing.T) {
	h := hanging{keyringtest.NewFake(), make(chan struct{}, 1)}
	c := config(t, h)
	c.Timeout = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-h.called
		cancel()
	}()
	if _, err := keyring.Open(c).Get(ctx, "k"); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v", err)
	}
}

// With somebody there a locked keyring is asked to unlock itself. Here nothing
// can show its prompt, which is a refusal.
func TestALockedKeyringIsAskedWhereAttended(t *testing.T) {
	session := keyringtest.Start(t)
	c := config(t, nil)
	if err := keyring.Open(c).Put(t.Context(), "k", value(10)); err != nil {
		t.Fatal(err)
	}
	session.Lock()
	c.Attended = true
	c.Timeout = 20 * time.Second
	if _, err := keyring.Open(c).Get(t.Context(), "k"); !errors.Is(err, keyring.ErrDenied) {
		t.Errorf("Get: %v", err)
	}
}
