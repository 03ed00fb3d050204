package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// startedProxy is certctl proxy, running.
type startedProxy struct {
	cmd        *exec.Cmd
	URL        string
	HeaderFile string `json:"header_file"`
	BrowserURL string `json:"browser_url"`
	complaints *bytes.Buffer
}

func startProxy(t *testing.T, w town, b *bank, args ...string) *startedProxy {
	t.Helper()
	p := &startedProxy{complaints: &bytes.Buffer{}}
	p.cmd = w.command(append([]string{"proxy", "tanaka", b.URL, "--server-ca", b.ca, "-o", "json"}, args...)...)
	p.cmd.Stderr = p.complaints
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // it has ended, unless the test failed
	if err := json.NewDecoder(out).Decode(p); err != nil {
		rest, _ := io.ReadAll(out)
		_ = p.cmd.Wait()
		t.Fatalf("%v: %s%s", err, rest, p.complaints)
	}
	return p
}

// curl, which knows nothing of the certificate, logs in through the proxy with
// the token; and nobody without.
func TestProxyLogsInForCurl(t *testing.T) {
	w := holder(t)
	b := newBank(t, w)
	p := startProxy(t, w, b)
	if info, err := os.Stat(p.HeaderFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the header file: %v, %v", info, err)
	}
	out, err := exec.Command("curl", "-sS", "--fail", "-H", "@"+p.HeaderFile, p.URL).CombinedOutput()
	if want := "serial " + w.serial(t); err != nil || string(out) != want {
		t.Errorf("with the token: %v %q, want %q", err, out, want)
	}
	out, err = exec.Command("curl", "-sS", "-L", "-c", w.beside("cookies"), "-b", w.beside("cookies"),
		"--connect-to", "::127.0.0.1:", p.BrowserURL).CombinedOutput()
	if want := "serial " + w.serial(t); err != nil || string(out) != want {
		t.Errorf("as a browser does: %v %q, want %q", err, out, want)
	}
	answer, err := http.Get(p.URL)
	if err != nil || answer.StatusCode != http.StatusForbidden {
		t.Errorf("without: %v, %v", answer, err)
	}
	if answer != nil {
		answer.Body.Close()
	}

	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("at its end: %v\n%s", err, p.complaints)
	}
	if _, err := os.Stat(p.HeaderFile); !os.IsNotExist(err) {
		t.Errorf("the header file: %v", err)
	}
	if out, err := exec.Command("curl", "-sS", p.URL).CombinedOutput(); err == nil {
		t.Errorf("it still answers: %s", out)
	}
}

// The certificate that a renewal puts into the wallet is presented from the next
// request on; one that is removed is no longer.
func TestProxyTakesOverWhatTheWalletHas(t *testing.T) {
	w := holder(t)
	b := newBank(t, w)
	p := startProxy(t, w, b)
	get := func() string {
		out, err := exec.Command("curl", "-sS", "-H", "@"+p.HeaderFile, p.URL).CombinedOutput()
		if err != nil {
			t.Error(err)
		}
		return string(out)
	}
	first := w.serial(t)
	if got := get(); got != "serial "+first {
		t.Errorf("at first: %q", got)
	}
	w.must(t, "renew", "tanaka", "--force")
	second := w.serial(t)
	if got := get(); got != "serial "+second || second == first {
		t.Errorf("renewed: %q, and it was %q", got, first)
	}
	w.must(t, "remove", "tanaka")
	if got := get(); !strings.Contains(got, "no longer in the wallet") {
		t.Errorf("removed: %q", got)
	}
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("at its end: %v\n%s", err, p.complaints)
	}
}
