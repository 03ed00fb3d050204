package keyring_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
)

// faults are the ways in which a real keyring does not answer, each with its
// error.
var faults = map[string]struct {
	start func(t *testing.T)
	want  error
}{
	"no bus": {func(t *testing.T) {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
	}, keyring.ErrNoBus},
	"no provider": {func(t *testing.T) { keyringtest.StartBus(t) }, keyring.ErrNoProvider},
	"locked":      {func(t *testing.T) { keyringtest.Start(t).Lock() }, keyring.ErrLocked},
	"killed":      {func(t *testing.T) { keyringtest.Start(t).Kill() }, keyring.ErrNoProvider},
	"frozen":      {func(t *testing.T) { keyringtest.Start(t).Stop() }, keyring.ErrTimeout},
}

func TestFaultsAreToldApartInTime(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			fault.start(t)
			c := config(t, nil)
			c.Timeout = 500 * time.Millisecond
			s := keyring.Open(c)
			_, getErr := s.Get(t.Context(), "k")
			for call, err := range map[string]error{
				"Put":    s.Put(t.Context(), "k", value(10)),
				"Get":    getErr,
				"Delete": s.Delete(t.Context(), "k"),
				"Probe":  s.Probe(t.Context()),
			} {
				if !errors.Is(err, fault.want) {
					t.Errorf("%s: %v, want %v", call, err, fault.want)
				}
			}
		})
	}
}

// The keyring goes away, freezes or is locked at each call of a Put.
func TestTheKeyringGoesHalfWay(t *testing.T) {
	for name, half := range map[string]struct {
		happen func(s *keyringtest.Session)
		want   error
	}{
		"killed": {(*keyringtest.Session).Kill, keyring.ErrGone},
		"frozen": {(*keyringtest.Session).Stop, keyring.ErrTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			session := keyringtest.Start(t)
			c := config(t, nil)
			c.Timeout = 500 * time.Millisecond
			calls := 0
			c.Around = func(op string, do func() error) error {
				if calls++; op == "keyring.set" {
					half.happen(session)
				}
				return do()
			}
			err := keyring.Open(c).Put(t.Context(), "k", value(5000))
			if !errors.Is(err, half.want) {
				t.Errorf("Put: %v, want %v", err, half.want)
			}
			if calls == 0 {
				t.Error("Put ended before the fault")
			}
		})
	}
}
