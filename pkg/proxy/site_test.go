package proxy_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"

	"certctl/pkg/proxy"
)

// A browser that uses two proxies tells the server of neither the cookies of the
// other's, and is known to both.
func TestTwoProxiesAreTwoSites(t *testing.T) {
	server := func(w http.ResponseWriter, r *http.Request) {
		cookie := r.Header.Get("Cookie")
		http.SetCookie(w, &http.Cookie{Name: "session", Value: r.URL.Path[1:], Path: "/"})
		io.WriteString(w, cookie)
	}
	one, other := newStage(t, "", server), newStage(t, "", server)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return new(net.Dialer).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	}
	browser := &http.Client{Jar: jar, Transport: &http.Transport{DialContext: dial}}
	visit := func(s *stage, path string) (int, string) {
		u, err := url.Parse(s.url)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequest("GET", "http://"+net.JoinHostPort(s.proxy.BrowserHost(), u.Port())+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, body := s.do(browser, r)
		return answer.StatusCode, body
	}
	for _, s := range []*stage{one, other} {
		if status, cookies := visit(s, "/first?"+proxy.TokenParameter+"="+s.proxy.Token()); status != 200 || cookies != "" {
			t.Errorf("at first: %d %q", status, cookies)
		}
	}
	if status, cookies := visit(one, "/second"); status != 200 || cookies != "session=first" {
		t.Errorf("the first again: %d %q", status, cookies)
	}
	if status, cookies := visit(other, "/third"); status != 200 || cookies != "session=first" {
		t.Errorf("the other again: %d %q", status, cookies)
	}
}

// The host stays the same from run to run: so do the server's cookies.
func TestTheBrowsersHost(t *testing.T) {
	host := func(name, upstream string) string {
		up, err := url.Parse(upstream)
		if err != nil {
			t.Fatal(err)
		}
		p, err := proxy.New(t.Context(), proxy.Config{Name: name, Upstream: up, Certificates: &source{certificate: certificate(t, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		return p.BrowserHost()
	}
	a := host("tanaka", "https://bank.example/a")
	if b := host("tanaka", "https://BANK.example/b"); a != b {
		t.Errorf("%s, then %s", a, b)
	}
	if b := host("suzuki", "https://bank.example/a"); a == b {
		t.Errorf("another certificate has %s too", b)
	}
	if b := host("tanaka", "https://bank2.example/a"); a == b {
		t.Errorf("another server has %s too", b)
	}
}
