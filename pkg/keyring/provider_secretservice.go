//go:build linux || netbsd || openbsd || ((dragonfly || freebsd) && cgo)

package keyring

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"
)

// The names of the Secret Service API that are needed to see whether a
// collection is locked.
const (
	secretService    = "org.freedesktop.secrets"
	secretPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	collections      = "org.freedesktop.Secret.Service.Collections"
	collectionLocked = "org.freedesktop.Secret.Collection.Locked"
	// The collection that go-keyring uses: login where there is one.
	loginCollection   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	defaultCollection = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
)

// system is the Secret Service, by way of go-keyring.
//
// Items are written as base64: go-keyring declares every secret to be UTF-8
// text, and KWallet and KeePassXC then spoil bytes that are not (zalando/
// go-keyring#143). GNOME Keyring would not.
type system struct{ env func(string) string }

// systemProvider returns the keyring of the operating system. env can hide the
// session bus; it cannot name another, for go-keyring reads the process's own
// environment.
func systemProvider(env func(string) string) Provider { return system{env: env} }

// Ready is described at Provider. Without a bus nothing is called: godbus
// would start dbus-launch, which leaves a daemon behind.
func (s system) Ready(ctx context.Context, attended bool) error {
	runtime := filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	if !hasBus(s.env("DBUS_SESSION_BUS_ADDRESS"), runtime) {
		return ErrNoBus
	}
	conn, err := dbus.SessionBus()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoBus, err)
	}
	service := conn.Object(secretService, secretPath)
	var known []dbus.ObjectPath
	if err := property(ctx, service, collections, &known); err != nil {
		return translate(err)
	}
	path := defaultCollection
	if slices.Contains(known, loginCollection) {
		path = loginCollection
	}
	var locked bool
	if err := property(ctx, conn.Object(secretService, path), collectionLocked, &locked); err != nil {
		if noSuchObject(err) {
			return fmt.Errorf("%w: it has no default collection", ErrLocked)
		}
		return translate(err)
	}
	if locked && !attended {
		return ErrLocked
	}
	return nil
}

// noSuchObject tells whether a service says that it has no object of a path.
func noSuchObject(err error) bool {
	var e dbus.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Name {
	case "org.freedesktop.DBus.Error.UnknownObject",
		"org.freedesktop.DBus.Error.UnknownMethod",
		"org.freedesktop.DBus.Error.UnknownInterface",
		"org.freedesktop.Secret.Error.NoSuchObject":
		return true
	}
	return false
}

// hasBus tells whether godbus will find a session bus, where it looks for it:
// at the address, or in the user's runtime directory.
func hasBus(address, runtime string) bool {
	if address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return true
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join(runtime, name)); err == nil {
			return true
		}
	}
	return false
}

func property(ctx context.Context, o dbus.BusObject, name string, value any) error {
	i := strings.LastIndexByte(name, '.')
	var v dbus.Variant
	err := o.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, name[:i], name[i+1:]).Store(&v)
	if err != nil {
		return err
	}
	return v.Store(value)
}

func (system) Set(service, account, value string) error {
	return translate(keyring.Set(service, account, base64.StdEncoding.EncodeToString([]byte(value))))
}

func (system) Get(service, account string) (string, error) {
	encoded, err := keyring.Get(service, account)
	if err != nil {
		return "", translate(err)
	}
	value, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return "", fmt.Errorf("item %s: %w", account, ErrDamaged)
	}
	return string(value), nil
}

func (system) Delete(service, account string) error {
	return translate(keyring.Delete(service, account))
}

// translate gives the errors of D-Bus and go-keyring their meaning.
func translate(err error) error {
	var e dbus.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, dbus.ErrClosed), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w", ErrGone, err)
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection"):
		return fmt.Errorf("%w: it was not unlocked", ErrDenied) // go-keyring: the prompt was dismissed
	case !errors.As(err, &e):
		return err
	}
	if reason := reasonOf(e.Name); reason != nil {
		return fmt.Errorf("%w: %w", reason, err)
	}
	return err
}

func reasonOf(name string) error {
	switch name {
	case "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner":
		return ErrNoProvider
	case "org.freedesktop.DBus.Error.NoReply",
		"org.freedesktop.DBus.Error.Disconnected",
		"org.freedesktop.Secret.Error.NoSession":
		return ErrGone
	case "org.freedesktop.Secret.Error.IsLocked":
		return ErrLocked
	case "org.freedesktop.DBus.Error.AccessDenied",
		"org.freedesktop.DBus.Error.AuthFailed":
		return ErrDenied
	case "org.freedesktop.DBus.Error.LimitsExceeded":
		return ErrTooBig
	}
	if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
		return ErrNoProvider
	}
	return nil
}
