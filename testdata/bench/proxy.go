package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// proxied measures requests through certctl proxy beside requests through a
// bare httputil.ReverseProxy that reads its key from a file, and prints nginx
// beside where it is installed. Each is a process of its own in front of one
// server that wants a certificate and answers with 4 KiB.
func proxied(dir, certctl string) error {
	server, ca, err := bank(dir)
	if err != nil {
		return err
	}
	defer server.Close()
	home := filepath.Join(dir, "home") // of acquire
	env := environment(dir, home)
	key := filepath.Join(dir, "proxy.pem")
	if _, _, err := timed(env, certctl, "export", "user0", "--out", key, "--format", "pem"); err != nil {
		return err
	}
	bare := filepath.Join(dir, "bareproxy")
	if err := build(bare, "./testdata/bench/bareproxy"); err != nil {
		return err
	}
	upstream := "https://" + server.Addr
	ours, err := startProxy(env, certctl, "proxy", "user0", upstream, "--server-ca", ca, "-o", "json")
	if err != nil {
		return err
	}
	defer ours.stop()
	other, err := startProxy(env, bare, upstream, ca, key)
	if err != nil {
		return err
	}
	defer other.stop()
	err = compare("certctl proxy", 15, 1/0.9, ours.side("certctl"), other.side("bare"))
	if _, missing := exec.LookPath("nginx"); missing != nil {
		fmt.Println("certctl proxy        (nginx is not installed)")
		return err
	}
	nginx, started := startNginx(dir, env, upstream, ca, key)
	if started != nil {
		return errors.Join(err, started)
	}
	defer nginx.stop()
	return errors.Join(err, compare("certctl proxy", 15, 0, ours.side("certctl"), nginx.side("nginx")))
}

// bank starts a server that wants a certificate, whoever's, and returns the file
// that it is verified by.
func bank(dir string) (*http.Server, string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, "", err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, "", err
	}
	ca := filepath.Join(dir, "bank.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		return nil, "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	page := []byte(strings.Repeat("0123456789abcdef", 256))
	server := &http.Server{
		Addr:    l.Addr().String(),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) }),
		TLSConfig: &tls.Config{
			ClientAuth: tls.RequireAnyClientCert, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		},
	}
	go server.ServeTLS(l, "", "") // ends with Close
	return server, ca, nil
}

// proxy is one that runs.
type proxy struct {
	cmd    *exec.Cmd
	url    string
	header []string // name and value of the token; none where everybody is let in
}

// startProxy starts a program that prints its URL, alone or in a document.
func startProxy(env []string, program string, args ...string) (*proxy, error) {
	p := &proxy{cmd: exec.Command(program, args...)}
	p.cmd.Env, p.cmd.Stderr = env, os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	if first, err := lines.Peek(1); err != nil || first[0] != '{' {
		line, err := lines.ReadString('\n')
		p.url = strings.TrimSpace(line)
		return p, err
	}
	var doc struct {
		URL        string
		HeaderFile string `json:"header_file"`
	}
	if err := json.NewDecoder(lines).Decode(&doc); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	header, err := os.ReadFile(doc.HeaderFile)
	name, value, _ := strings.Cut(strings.TrimSpace(string(header)), ": ")
	p.url, p.header = doc.URL, []string{name, value}
	return p, err
}

func (p *proxy) stop() error {
	return errors.Join(p.cmd.Process.Signal(os.Interrupt), p.cmd.Wait())
}

// side sends a thousand requests over eight connections that stay open.
func (p *proxy) side(name string) side {
	const requests, connections = 1000, 8
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	return side{name, func(int) (time.Duration, error) {
		var wg sync.WaitGroup
		failed := make(chan error, connections)
		start := time.Now()
		for range connections {
			wg.Go(func() {
				for range requests / connections {
					if err := p.get(client); err != nil {
						failed <- err
						return
					}
				}
			})
		}
		wg.Wait()
		took := time.Since(start)
		select {
		case err := <-failed:
			return 0, err
		default:
			return took, nil
		}
	}}
}

func (p *proxy) get(client *http.Client) error {
	request, err := http.NewRequest("GET", p.url, nil)
	if err != nil {
		return err
	}
	if p.header != nil {
		request.Header.Set(p.header[0], p.header[1])
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && (answer.StatusCode != http.StatusOK || n != 4096) {
		err = fmt.Errorf("%s with %d bytes", answer.Status, n)
	}
	return err
}

// startNginx starts nginx as a reverse proxy with the same key.
func startNginx(dir string, env []string, upstream, ca, key string) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	work := filepath.Join(dir, "nginx")
	if err := os.Mkdir(work, 0o755); err != nil {
		return nil, err
	}
	config := fmt.Sprintf(`daemon off;
worker_processes auto;
pid %[1]s/pid;
error_log stderr crit;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
	upstream bank { server %[3]s; keepalive 64; }
	server {
		listen %[2]s;
		keepalive_requests 100000;
		location / {
			proxy_pass https://bank;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_ssl_certificate %[5]s;
			proxy_ssl_certificate_key %[5]s;
			proxy_ssl_trusted_certificate %[4]s;
		}
	}
}
`, work, address, strings.TrimPrefix(upstream, "https://"), ca, key)
	file := filepath.Join(work, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	p := &proxy{cmd: exec.Command("nginx", "-e", "stderr", "-p", work, "-c", file), url: "http://" + address + "/"}
	p.cmd.Env, p.cmd.Stderr = env, os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 { // until it listens
		if c, err := net.Dial("tcp", address); err == nil {
			return p, c.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("nginx does not listen"), p.stop())
}
