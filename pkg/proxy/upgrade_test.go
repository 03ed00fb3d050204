package proxy_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"certctl/pkg/proxy"
)

// A connection that is to become another protocol (RFC 9110 7.8), as web sockets
// do, goes through in both directions, though the server speaks HTTP/2 too.
func TestAnUpgradeGoesThrough(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "websocket" || r.Header.Get(proxy.TokenHeader) != "" {
			io.WriteString(w, r.Proto)
			return
		}
		c, both, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		line, err := both.ReadString('\n')
		if err != nil {
			t.Error(err)
		}
		io.WriteString(c, "heard "+line)
	}))
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	up, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	s := serve(t, proxy.Config{Upstream: up, Roots: roots})
	s.expect("any other request", s.withToken("/"), 200, "HTTP/2.0")

	c, err := net.Dial("tcp", s.url[len("http://"):])
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	r := s.withToken("/socket")
	r.Header.Set("Connection", "Upgrade")
	r.Header.Set("Upgrade", "websocket")
	if err := r.Write(c); err != nil {
		t.Fatal(err)
	}
	from := bufio.NewReader(c)
	answer, err := http.ReadResponse(from, r)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%+v, %v", answer, err)
	}
	io.WriteString(c, "hello\n")
	if line, err := from.ReadString('\n'); line != "heard hello\n" {
		t.Errorf("%q, %v", line, err)
	}
}
