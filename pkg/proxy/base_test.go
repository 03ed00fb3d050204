package proxy_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"certctl/pkg/proxy"
)

// unfollowed is a client that shows a redirect.
func unfollowed() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// A server of which the proxy has only what is below a path is reached again
// however it says where to go on (RFC 9110 10.2.2), and gets its cookies back.
func TestRedirectsAndCookiesBelowAPath(t *testing.T) {
	s := newStage(t, "/base/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", strings.ReplaceAll(r.Header.Get("To"), "HOST", r.Host))
		w.Header().Set("Server", r.Host)
		w.Header().Set("Set-Cookie", r.Header.Get("Cookies"))
		w.WriteHeader(http.StatusFound)
	})
	for to, want := range map[string]string{
		"/base/home?x=1#top":         "/home?x=1#top",
		"/base":                      "/",
		"/base/":                     "/",
		"/base//evil.example/":       "/evil.example/",
		"/base/a%2Fb":                "/a%2Fb",
		"home":                       "home",
		"../home":                    "../home",
		"?x=1":                       "?x=1",
		"https://HOST/base/home":     "/home",
		"//HOST/base/home":           "/home",
		"https://HOST/base/a%2Fb":    "/a%2Fb",
		"/based/on":                  "https://HOST/based/on",
		"/login":                     "https://HOST/login",
		"https://HOST/login":         "https://HOST/login",
		"https://bank.example/base/": "https://bank.example/base/",
		"http://HOST/base/":          "http://HOST/base/",
	} {
		r := s.withToken("/")
		r.Header.Set("To", to)
		r.Header.Set("Cookies", "a=1")
		answer, _ := s.do(unfollowed(), r)
		if got := strings.ReplaceAll(answer.Header.Get("Location"), answer.Header.Get("Server"), "HOST"); got != want {
			t.Errorf("a redirect to %s leads to %s, want %s", to, got, want)
		}
	}
	for set, want := range map[string]string{
		"a=1; Path=/base; Secure":               "a=1; Path=/; Secure",
		"a=1; path=/base/x; Domain=HOST":        "a=1; Path=/x",
		"a=Path=/base; Path=/; SameSite=Strict": "a=Path=/base; Path=/; SameSite=Strict",
		"a=1; Path=/based":                      "a=1; Path=/based",
		"domain=1":                              "domain=1",
		"a=1; Path=; Secure":                    "a=1; Path=; Secure",
	} {
		r := s.withToken("/")
		r.Header.Set("Cookies", set)
		if answer, _ := s.do(unfollowed(), r); answer.Header.Get("Set-Cookie") != want {
			t.Errorf("%s is set as %s, want %s", set, answer.Header.Get("Set-Cookie"), want)
		}
	}
}

// A query reaches the server as it was sent, but for the token, however that is
// spelt.
func TestAQueryIsPassedOnAsItIs(t *testing.T) {
	s := newStage(t, "", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.RawQuery) })
	s.expect("as it is", s.withToken("/?b=2&a=1;c&d=100%&e&"+proxy.TokenParameter+"s=1"), 200, "b=2&a=1;c&d=100%&e&"+proxy.TokenParameter+"s=1")
	s.expect("with the token", s.withToken("/?b&certctl%5Ftoken="+s.proxy.Token()+"&a"), 200, "b&a")
}
