package keyringtest

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	secretService = "org.freedesktop.secrets"
	secretPath    = "/org/freedesktop/secrets"
	login         = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	// startTimeout bounds what is waited for by its event.
	startTimeout = 30 * time.Second
)

// busConfig is a session bus that starts nothing by itself, so that a missing
// keyring stays missing and no daemon outlives the test.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=DIR/bus</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// Session is a D-Bus session of its own, with nothing on it but what a test
// starts. HOME, XDG_RUNTIME_DIR and the XDG directories point into a temporary
// directory, and the process's environment points to it until the test ends:
// tests that use one do not run in parallel with others.
type Session struct {
	t      testing.TB
	dir    string
	daemon *exec.Cmd // gnome-keyring
}

// StartBus starts a session bus without a keyring. It needs dbus-daemon.
func StartBus(t testing.TB) *Session {
	t.Helper()
	dir, err := os.MkdirTemp("", "certctl-bus-") // short: a socket's path is limited
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Session{t: t, dir: dir}
	for name, value := range map[string]string{
		"HOME": dir, "XDG_RUNTIME_DIR": dir, "XDG_DATA_HOME": dir + "/data",
		"XDG_CONFIG_HOME": dir + "/config", "XDG_CACHE_HOME": dir + "/cache",
		"DBUS_SESSION_BUS_ADDRESS": "unix:path=" + dir + "/bus",
	} {
		t.Setenv(name, value)
	}
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, []byte(strings.ReplaceAll(busConfig, "DIR", dir)), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.run(bus)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil { // printed once it listens
		t.Fatalf("dbus-daemon: %v", err)
	}
	t.Cleanup(func() { // before the bus ends: no later test may find this connection
		if conn, err := dbus.SessionBus(); err == nil {
			_ = conn.Close()
		}
	})
	return s
}

// Start starts a session bus with an unlocked GNOME Keyring. It needs
// dbus-daemon and gnome-keyring-daemon.
func Start(t testing.TB) *Session {
	t.Helper()
	s := StartBus(t)
	s.awaitOwner(true, func() {
		s.daemon = exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
		s.daemon.Stdin = strings.NewReader("test")
		s.run(s.daemon)
	})
	return s
}

// awaitOwner runs do and returns when the bus says that the Secret Service has
// an owner, or none any more.
func (s *Session) awaitOwner(owned bool, do func()) {
	s.t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	signals := make(chan *dbus.Signal, 64)
	conn.Signal(signals)
	err = conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretService))
	if err != nil {
		s.t.Fatal(err)
	}
	do()
	timeout := time.After(startTimeout)
	for {
		select {
		case signal := <-signals:
			if strings.HasSuffix(signal.Name, ".NameOwnerChanged") && (signal.Body[2] != "") == owned {
				return
			}
		case <-timeout:
			s.t.Fatal("gnome-keyring-daemon does not come or go")
		}
	}
}

// Lock locks the keyring, as a desktop does when its user leaves.
func (s *Session) Lock() {
	s.t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(s.t.Context(), startTimeout)
	defer cancel()
	call := conn.Object(secretService, secretPath).CallWithContext(ctx,
		"org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{login})
	if call.Err != nil {
		s.t.Fatal(call.Err)
	}
}

// Kill ends the keyring with SIGKILL and returns when it is gone from the bus.
func (s *Session) Kill() {
	s.t.Helper()
	s.awaitOwner(false, func() {
		if err := s.daemon.Process.Kill(); err != nil {
			s.t.Fatal(err)
		}
	})
}

// Stop freezes the keyring: it is there and never answers.
func (s *Session) Stop() {
	s.t.Helper()
	if err := s.daemon.Process.Signal(syscall.SIGSTOP); err != nil {
		s.t.Fatal(err)
	}
}

// run starts a daemon that ends with the test, or with this process.
func (s *Session) run(cmd *exec.Cmd) {
	s.t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Dir = s.dir
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("start %s: %v", cmd.Path, err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}
