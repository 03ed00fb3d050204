package proxy_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certctl/pkg/proxy"
)

// source is a wallet whose certificate can be replaced, taken away, or be
// impossible to load.
type source struct {
	mu          sync.Mutex
	stamp       int
	certificate *tls.Certificate
	gone, stuck error
	loads       int
}

func (s *source) Stamp() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.Itoa(s.stamp), s.gone
}

func (s *source) Load(context.Context) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loads++
	return s.certificate, s.stuck
}

func (s *source) replace(c *tls.Certificate, stuck error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stamp++
	s.certificate, s.stuck = c, stuck
}

// certificate signs itself; its serial says which it is.
func certificate(t testing.TB, serial int64) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "tanaka"},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// stage is a server that wants a certificate, and a proxy in front of it.
type stage struct {
	*source
	t      *testing.T
	proxy  *proxy.Proxy
	url    string
	stop   context.CancelFunc
	served chan error
}

func newStage(t *testing.T, path string, handler http.HandlerFunc) *stage {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	up, err := url.Parse(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return serve(t, proxy.Config{
		Upstream: up, Roots: roots,
		Texts: proxy.Texts{Forbidden: "no token", Gone: "no certificate", Unreachable: "no server"},
	})
}

// serve has a proxy served that presents certificate 1.
func serve(t *testing.T, c proxy.Config) *stage {
	t.Helper()
	s := &stage{t: t, source: &source{certificate: certificate(t, 1)}, served: make(chan error, 1)}
	c.Certificates = s.source
	var err error
	if s.proxy, err = proxy.New(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	l, err := proxy.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.url = stop, "http://"+l.Addr().String()
	go func() { s.served <- s.proxy.Serve(ctx, l) }()
	t.Cleanup(stop)
	return s
}

// whoAmI answers with the serial of the certificate that it was shown.
func whoAmI(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, r.TLS.PeerCertificates[0].SerialNumber.String())
}

func (s *stage) request(method, path string) *http.Request {
	r, err := http.NewRequest(method, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *stage) withToken(path string) *http.Request {
	r := s.request("GET", path)
	r.Header.Set(proxy.TokenHeader, s.proxy.Token())
	return r
}

// do sends a request and returns the answer with its body.
func (s *stage) do(client *http.Client, r *http.Request) (*http.Response, string) {
	s.t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, strings.TrimSpace(string(body))
}

func (s *stage) expect(what string, r *http.Request, status int, body string) {
	s.t.Helper()
	if answer, got := s.do(http.DefaultClient, r); answer.StatusCode != status || got != body {
		s.t.Errorf("%s: %d %q, want %d %q", what, answer.StatusCode, got, status, body)
	}
}

// Who has not the token is not let in, and neither is a web site that has its
// own name lead here.
func TestOnlyTheTokenLetsIn(t *testing.T) {
	s := newStage(t, "", whoAmI)
	s.expect("with the token", s.withToken("/"), 200, "1")
	s.expect("without", s.request("GET", "/"), 403, "no token")
	wrong := s.request("GET", "/?"+proxy.TokenParameter+"=wrong")
	wrong.Header.Set(proxy.TokenHeader, "wrong")
	wrong.Header.Set("Cookie", "certctl_proxy="+s.proxy.Token())
	s.expect("with another", wrong, 403, "no token")
	post := s.request("POST", "/?"+proxy.TokenParameter+"="+s.proxy.Token())
	s.expect("a form of another site", post, 403, "no token")
	for host, status := range map[string]int{
		"evil.example": 403, "evil.example:80": 403, "localhost.evil.example": 403, "10.0.0.1": 403, "": 200,
		"localhost:80": 200, "certctl.localhost:80": 200, "[::1]:80": 200, "LOCALHOST.": 200,
	} {
		r := s.withToken("/")
		r.Host = host
		if answer, body := s.do(http.DefaultClient, r); answer.StatusCode != status {
			t.Errorf("host %q: %d %s, want %d", host, answer.StatusCode, body, status)
		}
	}
}

// A browser shows the token once, and is known by its cookie from then on.
func TestABrowserShowsTheTokenOnce(t *testing.T) {
	var seen []*http.Request
	s := newStage(t, "", func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r)
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "a b", Domain: "bank.example", Path: "/", Secure: true})
		whoAmI(w, r)
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	answer, body := s.do(browser, s.request("GET", "/page?x=1&"+proxy.TokenParameter+"="+s.proxy.Token()))
	if answer.StatusCode != 200 || body != "1" || answer.Request.URL.RequestURI() != "/page?x=1" {
		t.Errorf("%d %q at %s", answer.StatusCode, body, answer.Request.URL)
	}
	if set := answer.Header.Get("Set-Cookie"); strings.Contains(set, "Domain") || !strings.HasPrefix(set, `session="a b"`) {
		t.Errorf("the server's cookie is %q", set)
	}
	next := s.request("GET", "/next")
	next.Header.Set("Origin", s.url)
	next.Header.Set("Cookie", "mine=1")
	if answer, body = s.do(browser, next); answer.StatusCode != 200 {
		t.Errorf("%d %q", answer.StatusCode, body)
	}
	if len(seen) != 2 {
		t.Fatalf("the server was asked %d times", len(seen))
	}
	for _, r := range seen {
		all := r.URL.String() + " " + strings.Join(r.Header["Cookie"], ";") + r.Header.Get(proxy.TokenHeader) + r.Header.Get("Referer")
		if strings.Contains(all, s.proxy.Token()) || strings.Contains(all, "certctl_") {
			t.Errorf("the server was told %q", all)
		}
	}
	if r := seen[1]; r.Header.Get("Cookie") != `mine=1; session="a b"` || !strings.HasPrefix(r.Header.Get("Origin"), "https://") {
		t.Errorf("the server was told %v", r.Header)
	}
}

// What leads to the server itself leads back to the proxy.
func TestRedirectsComeBack(t *testing.T) {
	s := newStage(t, "/base", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/base/login" {
			http.Redirect(w, r, "https://"+r.Host+"/base/home?x=1", http.StatusFound)
			return
		}
		io.WriteString(w, r.URL.RequestURI())
	})
	client := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		r.Header.Set(proxy.TokenHeader, s.proxy.Token())
		return nil
	}}
	if answer, body := s.do(client, s.withToken("/login")); answer.StatusCode != 200 || body != "/base/home?x=1" {
		t.Errorf("%d %q", answer.StatusCode, body)
	}
}

// A renewed certificate is presented from the next request on; the old one as
// long as the new one cannot be loaded; none where there is none.
func TestARenewedCertificateIsTakenOver(t *testing.T) {
	s := newStage(t, "", whoAmI)
	s.expect("at first", s.withToken("/"), 200, "1")
	s.replace(certificate(t, 2), nil)
	s.expect("renewed", s.withToken("/"), 200, "2")
	s.expect("once more", s.withToken("/"), 200, "2")
	if s.loads != 2 {
		t.Errorf("loaded %d times", s.loads)
	}
	s.replace(nil, errors.New("the keyring is locked"))
	s.expect("the new one cannot be loaded", s.withToken("/"), 200, "2")
	s.replace(certificate(t, 3), nil)
	s.expect("now it can", s.withToken("/"), 200, "3")
	s.mu.Lock()
	s.gone = errors.New("removed")
	s.mu.Unlock()
	s.expect("gone", s.withToken("/"), 503, "no certificate")
}

// Requests that run while the certificate changes are answered, each with one
// or the other.
func TestRenewedUnderLoad(t *testing.T) {
	s := newStage(t, "", whoAmI)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				answer, err := http.DefaultClient.Do(s.withToken("/"))
				if err != nil || answer.StatusCode != 200 {
					t.Errorf("%v, %v", answer, err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body) // so that the connection is used again
				answer.Body.Close()
			}
		})
	}
	for serial := range int64(5) {
		s.replace(certificate(t, serial+2), nil)
		s.do(http.DefaultClient, s.withToken("/"))
	}
	wg.Wait()
	s.expect("at the end", s.withToken("/"), 200, "6")
}

func TestAServerThatIsNotTrustedGetsNothing(t *testing.T) {
	s := newStage(t, "", whoAmI)
	up, _ := url.Parse("https://" + strings.TrimPrefix(s.url, "http://")) // no TLS there at all
	p, err := proxy.New(t.Context(), proxy.Config{Upstream: up, Certificates: s.source, Texts: proxy.Texts{Unreachable: "no server"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := proxy.Listen(t.Context(), "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go p.Serve(ctx, l)
	blind := &stage{t: t, proxy: p, url: "http://" + l.Addr().String()}
	blind.expect("no server", blind.withToken("/"), 502, "no server")
}

// Who is being answered when the proxy ends gets the rest of the answer.
func TestItEndsWhenAllIsAnswered(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	s := newStage(t, "", func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-end
		io.WriteString(w, "whole")
	})
	answered := make(chan string, 1)
	go func() {
		_, body := s.do(http.DefaultClient, s.withToken("/"))
		answered <- body
	}()
	<-begun
	s.stop()
	for { // until the port is closed
		c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			break
		}
		c.Close()
	}
	close(end)
	if body := <-answered; body != "whole" {
		t.Errorf("%q", body)
	}
	if err := <-s.served; err != nil {
		t.Error(err)
	}
}

func TestOnlyTheLoopbackIsListenedOn(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "bank.example:0", "127.0.0.1", "", "localhost.evil:0"} {
		if l, err := proxy.Listen(t.Context(), address); !errors.Is(err, proxy.ErrNotLoopback) {
			t.Errorf("%q: %v, %v", address, l, err)
		}
	}
}
