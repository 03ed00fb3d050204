package main

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// bank is a web server that wants a certificate of a town's backend, and says
// whose it got.
type bank struct {
	*httptest.Server
	ca string // a file that other programs trust it by
}

func newBank(t *testing.T, w town) *bank {
	t.Helper()
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM([]byte(w.must(t, "ca", "show", "--pem"))) {
		t.Fatal("no certificate of the backend")
	}
	certificate := serverCertificate(t)
	b := &bank{ca: w.beside("bank.pem")}
	b.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(rw, "serial %x", r.TLS.PeerCertificates[0].SerialNumber)
	}))
	b.TLS = &tls.Config{
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    clients,
		Time:         w.now,
	}
	b.StartTLS()
	t.Cleanup(b.Close)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Certificate[0]})
	if err := os.WriteFile(b.ca, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

// serverCertificate is one that signs itself, for 127.0.0.1, whatever the clock
// says.
func serverCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "Example Bank"},
		NotBefore:             time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// holder is a town with an acquired certificate.
func holder(t *testing.T) town {
	t.Helper()
	w := newTown(t)
	if got := w.acquire(t, 0, true); got.exit != 0 {
		t.Fatalf("acquire: exit %d\n%s", got.exit, got.stderr)
	}
	return w
}

// private returns a runtime directory in memory, as a login session has one.
func private(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "certctl-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// keyPlaces are the two in which a key is lent: in memory, and where that is not
// to be had in a directory.
func keyPlaces(t *testing.T) map[string][]string {
	return map[string][]string{
		"memory":    {"XDG_RUNTIME_DIR="},
		"directory": {"XDG_RUNTIME_DIR=" + private(t), failVariable + "=keyfile memory"},
	}
}

// curl and openssl log in with the key that a command is lent; nothing is left
// when they are done.
func TestExecLendsTheKeyToOtherPrograms(t *testing.T) {
	w := holder(t)
	b := newBank(t, w)
	address := strings.TrimPrefix(b.URL, "https://")
	serial := "serial " + w.serial(t)
	before := files(t, w.home)
	for place, env := range keyPlaces(t) {
		for program, script := range map[string]string{
			"curl": `curl -sS --cacert '` + b.ca + `' --cert "$CERTCTL_CERT" --key "$CERTCTL_KEY" ` + b.URL,
			"openssl": `printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -quiet -verify_return_error -CAfile '` + b.ca +
				`' -cert "$CERTCTL_CERT" -key "$CERTCTL_KEY" -connect ` + address,
		} {
			t.Run(place+" "+program, func(t *testing.T) {
				cmd := w.command("exec", "tanaka", "--", "sh", "-c", script)
				cmd.Env = append(cmd.Env, env...)
				var complaint bytes.Buffer
				cmd.Stderr = &complaint
				out, err := cmd.Output()
				if err != nil || !strings.Contains(string(out), serial) {
					t.Errorf("%v: %s\n%s", err, out, complaint.String())
				}
			})
		}
		if dir, _ := strings.CutPrefix(env[0], "XDG_RUNTIME_DIR="); dir != "" && len(files(t, dir)) > 0 {
			t.Errorf("%s: left %v", place, files(t, dir))
		}
	}
	if after := files(t, w.home); !slices.Equal(after, before) {
		t.Errorf("the home was %v and is %v", before, after)
	}
}

// serial is the serial of the town's certificate.
func (w town) serial(t *testing.T) string {
	t.Helper()
	_, after, _ := strings.Cut(w.must(t, "show", "tanaka", "-o", "json"), `"serial": "`)
	serial, _, found := strings.Cut(after, `"`)
	if !found {
		t.Fatal("no serial")
	}
	return serial
}

// files returns what is in a directory, locks left out.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && path != dir && filepath.Ext(path) != ".lock" {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The exit code is the command's, its streams are those of certctl, and of the
// secrets in the environment it gets none.
func TestExecIsTheCommand(t *testing.T) {
	w := holder(t)
	for place, env := range keyPlaces(t) {
		for script, want := range map[string]int{
			"exit 0":                      0,
			"exit 9":                      9,
			"kill -KILL $$":               128 + int(syscall.SIGKILL),
			`test "$(cat)" = "from here"`: 0,
			`test -z "$CERTCTL_OTP" && test -n "$HOME"`:    0,
			`echo out; echo err >&2; test "$1" = "a  b"`:   0,
			`test "$(stat -Lc %a "$CERTCTL_KEY")" = "400"`: 0,
		} {
			cmd := w.command("exec", "tanaka", "--", "sh", "-c", script, "sh", "a  b")
			cmd.Env = append(append(cmd.Env, "CERTCTL_OTP=123456"), env...)
			cmd.Stdin = strings.NewReader("from here")
			var out, complaint bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &complaint
			_ = cmd.Run() // the code tells
			code := cmd.ProcessState.ExitCode()
			if status := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() {
				code = 128 + int(status.Signal())
			}
			if code != want {
				t.Errorf("%s: %s: exit code %d, want %d\n%s", place, script, code, want, complaint.String())
			}
			if strings.HasPrefix(script, "echo out") && (out.String() != "out\n" || complaint.String() != "err\n") {
				t.Errorf("%s: wrote %q and %q", place, out.String(), complaint.String())
			}
		}
	}
}

// A signal reaches the command, which ends as it likes; and nothing is left.
func TestExecHandsSignalsOn(t *testing.T) {
	w := holder(t)
	for place, env := range keyPlaces(t) {
		for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGUSR1} {
			cmd := w.command("exec", "tanaka", "--", "sh", "-c",
				`trap 'echo caught; exit 7' TERM INT HUP USR1; echo ready; while :; do read line || exit 8; done`)
			cmd.Env = append(cmd.Env, env...)
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // no terminal sends anything
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(out)
			if line, err := lines.ReadString('\n'); err != nil || line != "ready\n" {
				t.Errorf("%s: %q, %v", place, line, err)
			}
			if err := cmd.Process.Signal(s); err != nil {
				t.Error(err)
			}
			rest, err := io.ReadAll(lines)
			if err != nil || string(rest) != "caught\n" {
				t.Errorf("%s: after %v: %q, %v", place, s, rest, err)
			}
			_ = cmd.Wait() // the code tells
			if code := cmd.ProcessState.ExitCode(); code != 7 {
				t.Errorf("%s: %v: exit code %d, want 7", place, s, code)
			}
			in.Close()
		}
		if dir, _ := strings.CutPrefix(env[0], "XDG_RUNTIME_DIR="); dir != "" && len(files(t, dir)) > 0 {
			t.Errorf("%s: left %v", place, files(t, dir))
		}
	}
}

// Where there is neither memory nor a private directory in it, the key stays
// where it is.
func TestExecWritesNoKeyToADisk(t *testing.T) {
	w := holder(t)
	disk := filepath.Join(t.TempDir(), "run")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := w.command("exec", "tanaka", "--", "true")
	cmd.Env = append(cmd.Env, "XDG_RUNTIME_DIR="+disk, failVariable+"=keyfile memory")
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 6 || !strings.Contains(string(out), "on no disk") {
		t.Errorf("exit code %d, %v:\n%s", code, err, out)
	}
	if found := files(t, disk); len(found) > 0 {
		t.Errorf("it wrote %v", found)
	}
}
