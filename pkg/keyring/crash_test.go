package keyring_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
)

// before is a keyring that holds old under "k", or nothing.
func before(t *testing.T, old []byte) (*keyringtest.Fake, keyring.Config) {
	t.Helper()
	fake := keyringtest.NewFake()
	c := config(t, fake)
	if old != nil {
		if err := keyring.Open(c).Put(t.Context(), "k", old); err != nil {
			t.Fatal(err)
		}
	}
	return fake, c
}

func TestACutPutLeavesTheOldValueOrTheNew(t *testing.T) {
	for _, old := range [][]byte{nil, value(100), value(5000)} {
		for _, size := range []int{200, 7000} {
			t.Run(fmt.Sprintf("%d to %d", len(old), size), func(t *testing.T) {
				calls := keyringtest.EveryCut(func(cut *keyringtest.Cut) bool {
					fake, c := before(t, old)
					c.Around = cut.Around
					cutOff := cut.Run(t, func() error { return keyring.Open(c).Put(t.Context(), "k", value(size)) })
					c.Around = nil
					got, err := keyring.Open(c).Get(t.Context(), "k")
					isOld := bytes.Equal(got, old) && (err == nil || old == nil && errors.Is(err, keyring.ErrNotFound))
					isNew := err == nil && bytes.Equal(got, value(size))
					if !isOld && !isNew || !cutOff && !isNew {
						t.Fatalf("%v: then there are %d bytes, %v", cut, len(got), err)
					}
					noOrphans(t, cut, fake, c)
					return cutOff
				})
				t.Logf("cut at each of %d calls", calls)
			})
		}
	}
}

func TestACutDeleteLeavesTheValueOrNothing(t *testing.T) {
	keyringtest.EveryCut(func(cut *keyringtest.Cut) bool {
		fake, c := before(t, value(7000))
		c.Around = cut.Around
		cutOff := cut.Run(t, func() error { return keyring.Open(c).Delete(t.Context(), "k") })
		c.Around = nil
		got, err := keyring.Open(c).Get(t.Context(), "k")
		there := err == nil && bytes.Equal(got, value(7000))
		if !there && !errors.Is(err, keyring.ErrNotFound) || !cutOff && there {
			t.Fatalf("%v: then there are %d bytes, %v", cut, len(got), err)
		}
		noOrphans(t, cut, fake, c)
		return cutOff
	})
}

// A Put that is cut off may leave two values. A Delete that is cut off then must
// not bring the older one back to life.
func TestTwoCutsInARow(t *testing.T) {
	keyringtest.EveryCut(func(first *keyringtest.Cut) bool {
		cutOff := false
		keyringtest.EveryCut(func(second *keyringtest.Cut) bool {
			first := first.Again()
			fake, c := before(t, value(5000))
			c.Around = first.Around
			cutOff = first.Run(t, func() error { return keyring.Open(c).Put(t.Context(), "k", value(9000)) })
			c.Around = nil
			was, err := keyring.Open(c).Get(t.Context(), "k")
			if err != nil {
				t.Fatalf("%v: %v", first, err)
			}
			c.Around = second.Around
			again := second.Run(t, func() error { return keyring.Open(c).Delete(t.Context(), "k") })
			c.Around = nil
			got, err := keyring.Open(c).Get(t.Context(), "k")
			if !errors.Is(err, keyring.ErrNotFound) && !bytes.Equal(got, was) {
				t.Fatalf("%v, %v: then there are %d bytes of %d, %v", first, second, len(got), len(was), err)
			}
			noOrphans(t, second, fake, c)
			return again
		})
		return cutOff
	})
}

// noOrphans says that the next Put leaves its own items and no other, that the
// next Delete leaves none, and that Tidy leaves what Get gives.
func noOrphans(t *testing.T, cut *keyringtest.Cut, fake *keyringtest.Fake, c keyring.Config) {
	t.Helper()
	was, wasErr := keyring.Open(c).Get(t.Context(), "k")
	after := func(do func(s *keyring.Store) error) (data []byte, items int, getErr error) {
		next := fake.Clone()
		c.Provider = next
		s := keyring.Open(c)
		if err := do(s); err != nil {
			t.Fatalf("%v: %v", cut, err)
		}
		data, getErr = s.Get(t.Context(), "k")
		return data, len(next.Items()), getErr
	}
	got, items, err := after(func(s *keyring.Store) error { return s.Put(t.Context(), "k", value(4000)) })
	if err != nil || !bytes.Equal(got, value(4000)) || items != 2 {
		t.Fatalf("%v: the next Put leaves %d bytes in %d items, %v", cut, len(got), items, err)
	}
	_, items, err = after(func(s *keyring.Store) error { return s.Delete(t.Context(), "k") })
	if !errors.Is(err, keyring.ErrNotFound) || items != 0 {
		t.Fatalf("%v: the next Delete leaves %d items, %v", cut, items, err)
	}
	got, items, err = after(func(s *keyring.Store) error { return s.Tidy(t.Context(), "k") })
	if !bytes.Equal(got, was) || (err == nil) != (wasErr == nil) || items != (len(was)+2047)/2048 {
		t.Fatalf("%v: Tidy leaves %d bytes of %d in %d items, %v", cut, len(got), len(was), items, err)
	}
}
