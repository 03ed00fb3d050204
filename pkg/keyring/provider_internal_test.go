//go:build linux

package keyring

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"
)

// Without a bus nothing may be called: godbus would start dbus-launch.
func TestTheBusIsLookedForFirst(t *testing.T) {
	empty, full := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		address, runtime string
		want             bool
	}{
		{"", empty, false},
		{"", filepath.Join(empty, "none"), false},
		{"autolaunch:", empty, false},
		{"", full, true},
		{"autolaunch:", full, true},
		{"unix:path=/somewhere", empty, true},
	} {
		if got := hasBus(test.address, test.runtime); got != test.want {
			t.Errorf("hasBus(%q, %q) = %v", test.address, test.runtime, got)
		}
	}
}

func TestErrorsAreTranslated(t *testing.T) {
	other := errors.New("other")
	for _, test := range []struct{ err, want error }{
		{nil, nil},
		{other, other},
		{keyring.ErrNotFound, ErrNotFound},
		{keyring.ErrSetDataTooBig, ErrTooBig},
		{dbus.ErrClosed, ErrGone},
		{errors.New("failed to unlock correct collection '/x'"), ErrDenied},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, ErrNoProvider},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ExecFailed"}, ErrNoProvider},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, ErrGone},
		{dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, ErrLocked},
		{fmt.Errorf("call: %w", dbus.Error{Name: "org.freedesktop.DBus.Error.AccessDenied"}), ErrDenied},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.LimitsExceeded"}, ErrTooBig},
	} {
		if got := translate(test.err); !errors.Is(got, test.want) {
			t.Errorf("translate(%v) = %v, want %v", test.err, got, test.want)
		}
	}
}
