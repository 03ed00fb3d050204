package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// office is a deployment whose holder uses a browser, by the machine's clock:
// neither nginx nor Chromium knows another.
type office struct {
	t    *testing.T
	dir  string
	site string // of nginx, where the certificate is asked for
}

// certctl runs a command in the office and returns its document.
func (o *office) certctl(args ...string) map[string]any {
	o.t.Helper()
	var doc map[string]any
	out := o.run(append(args, "--no-input", "-o", "json")...)
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		o.t.Fatalf("certctl %v: %v\n%s", args, err, out)
	}
	return doc
}

// run runs a command in the office and returns what it prints.
func (o *office) run(args ...string) string {
	o.t.Helper()
	cmd := exec.Command("certctl", args...)
	cmd.Env = append(os.Environ(), clockVariable+"=", "HOME="+o.dir, "XDG_DATA_HOME=", "CERTCTL_LANG=en",
		"CERTCTL_HOME="+o.path("certctl"), "CERTCTL_WALLET=file:"+o.path("certctl/wallet"), "CERTCTL_WALLET_PASSWORD_FILE=none")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		o.t.Fatalf("certctl %v: %v\n%s%s", args, err, out, &stderr)
	}
	return string(out)
}

func (o *office) path(name string) string { return filepath.Join(o.dir, name) }

func (o *office) write(name string, data []byte) string {
	o.t.Helper()
	if err := os.WriteFile(o.path(name), data, 0o600); err != nil {
		o.t.Fatal(err)
	}
	return o.path(name)
}

// newOffice makes the deployment, and its holder acquires.
func newOffice(t *testing.T) (o *office, serial string) {
	t.Helper()
	o = &office{t: t, dir: t.TempDir()}
	user := []string{"--contract-id", "12345678901", "--user-id", "tanaka"}
	o.certctl("ca", "init", "--sealed-by", "file:"+o.path("sealing.key"))
	o.certctl("contract", "add", "12345678901")
	added := o.certctl(append([]string{"user", "add", "--name", "田中 花子", "--otp"}, user...)...)
	secret := added["otp"].(map[string]any)["secret"].(string)
	code, err := exec.Command("oathtool", "--totp", "--base32", secret).Output()
	if err != nil {
		t.Fatal(err)
	}
	acquired := o.certctl(append([]string{"acquire", "--otp-file", o.write("code", code)}, user...)...)
	return o, acquired["serial"].(string)
}

// publish writes the revocation lists of both authorities, as nginx takes them.
func (o *office) publish() { o.certctl("ca", "crl", "--out", o.path("crl.pem")) }

const nginxConfig = `daemon off; worker_processes 1; pid {dir}/nginx.pid; error_log {dir}/nginx.log notice;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
	uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
	server {
		listen {address} ssl;
		ssl_certificate {dir}/server.pem; ssl_certificate_key {dir}/server.pem;
		ssl_client_certificate {dir}/ca.pem; ssl_crl {dir}/crl.pem;
		ssl_verify_client on; ssl_verify_depth 2;
		ssl_session_cache off; ssl_session_tickets off;
		location / { default_type text/html; return 200 "<p>$ssl_client_s_dn serial $ssl_client_serial</p>"; }
	}
}
`

// startNginx starts nginx and returns what has it read its configuration anew.
func (o *office) startNginx() (reload func()) {
	o.t.Helper()
	o.write("server.pem", pemOf(o.t, serverCertificate(o.t)))
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		o.t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		o.t.Fatal(err)
	}
	o.site = fmt.Sprintf("https://localhost:%d", free.Addr().(*net.TCPAddr).Port)
	config := o.write("nginx.conf", []byte(strings.NewReplacer("{dir}", o.dir, "{address}", address).Replace(nginxConfig)))
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		nginx = "/usr/sbin/nginx" // where Debian keeps it, out of most people's PATH
	}
	cmd := exec.Command(nginx, "-c", config, "-p", o.dir)
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		_ = cmd.Wait() // how it ends is its own affair
	})
	o.until("nginx answers", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return func() {
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			o.t.Fatal(err)
		}
	}
}

// until waits for something that comes soon.
func (o *office) until(what string, there func() bool) {
	o.t.Helper()
	for deadline := time.Now().Add(patience); !there(); {
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(o.path("nginx.log"))
			o.t.Fatalf("waited in vain: %s\n%s", what, log)
		}
		<-time.After(10 * time.Millisecond)
	}
}

// refused tells whether nginx refuses a certificate that Go presents.
func (o *office) refused(certificate tls.Certificate) bool {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{
		InsecureSkipVerify: true, Certificates: []tls.Certificate{certificate},
	}}}
	answer, err := client.Get(o.site)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusBadRequest
}

// browse returns the page that Chromium gets, in a profile of its own whose only
// setting has it present its certificate without asking: the profile's form of
// the policy AutoSelectCertificateForUrls. Where it finds none it waits for a
// person for ever.
func (o *office) browse() string {
	o.t.Helper()
	profile := o.t.TempDir()
	if err := os.Mkdir(filepath.Join(profile, "Default"), 0o700); err != nil {
		o.t.Fatal(err)
	}
	settings := fmt.Sprintf(`{"profile": {"content_settings": {"exceptions": {"auto_select_certificate": {"%s,*": {"setting": {"filters": [{}]}}}}}}}`, o.site)
	if err := os.WriteFile(filepath.Join(profile, "Default", "Preferences"), []byte(settings), 0o600); err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(o.t.Context(), 2*patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--ignore-certificate-errors", "--user-data-dir="+profile, "--dump-dom", o.site)
	cmd.Env = append(os.Environ(), "HOME="+o.dir, "XDG_DATA_HOME=", "XDG_CONFIG_HOME=", "XDG_CACHE_HOME="+profile,
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+o.path("no-bus"))
	// Its children hold the profile: they go with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	page, err := cmd.Output()
	if err != nil {
		o.t.Fatalf("chromium: %v\n%s%s", err, page, &stderr)
	}
	return string(page)
}

// What a holder acquires and installs logs them in with a browser; so does what
// follows at a renewal; and neither does once it is revoked.
func TestABrowserLogsIn(t *testing.T) {
	t.Parallel()
	o, serial := newOffice(t)
	o.write("ca.pem", []byte(o.run("ca", "show", "--pem")))
	o.publish()
	reload := o.startNginx()

	o.certctl("install", "tanaka", "--to", "nss")
	o.wantPage(`CN=.*,UID=tanaka,O=12345678901 serial 0?` + strings.ToUpper(serial))

	o.certctl("renew", "tanaka", "--force")
	renewed := o.certctl("show", "tanaka")["serial"].(string)
	if renewed == serial {
		t.Fatal("it was not renewed")
	}
	o.wantPage(`serial 0?` + strings.ToUpper(renewed))

	o.certctl("export", "tanaka", "--format", "pem", "--out", o.path("tanaka.pem"))
	certificate, err := tls.LoadX509KeyPair(o.path("tanaka.pem"), o.path("tanaka.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if o.refused(certificate) {
		t.Error("nginx refuses it before it is revoked")
	}
	o.certctl("user", "reissue", "--contract-id", "12345678901", "--user-id", "tanaka")
	o.publish()
	reload()
	o.until("nginx refuses what is revoked", func() bool {
		log, err := os.ReadFile(o.path("nginx.log"))
		// Until the old worker is told to go, both take connections.
		return err == nil && bytes.Contains(log, []byte("gracefully shutting down")) && o.refused(certificate)
	})
	o.wantPage(`400 Bad Request(.|\n)*The SSL certificate error`)
}

func (o *office) wantPage(pattern string) {
	o.t.Helper()
	if page := o.browse(); !regexp.MustCompile(pattern).MatchString(page) {
		o.t.Errorf("the page shows\n%s\nwant %s", page, pattern)
	}
}

// pemOf returns a certificate and its key.
func pemOf(t *testing.T, c tls.Certificate) []byte {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]})...)
}
