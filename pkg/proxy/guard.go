package proxy

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	// TokenHeader is the header in which a program gives the token.
	TokenHeader = "Certctl-Token"
	// TokenParameter is the parameter of a URL in which a browser gives it once.
	TokenParameter = "certctl_token"

	cookieName = "certctl_proxy"
)

// BrowserHost is the name of the loopback (RFC 6761 6.3) by which browsers are to
// come. It is one for each certificate and server, and the same in every run:
// browsers keep the cookies of all ports of a host together, and take two hosts
// below one name for one site, whose pages may send requests with them.
func (p *Proxy) BrowserHost() string {
	sum := sha256.Sum256([]byte(p.config.Name + " " + strings.ToLower(p.config.Upstream.Host)))
	return "certctl-" + hex.EncodeToString(sum[:8]) + ".localhost"
}

// guard lets through who has the token, and takes over a new certificate.
func (p *Proxy) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !ownHost(r.Host):
			answer(w, http.StatusForbidden, p.config.Texts.Forbidden)
		case p.known(r):
			if err := p.renew(r.Context()); err != nil {
				p.config.Log(err)
				answer(w, http.StatusServiceUnavailable, p.config.Texts.Gone)
				return
			}
			next.ServeHTTP(w, r)
		case p.introduces(r):
			p.welcome(w, r)
		default:
			answer(w, http.StatusForbidden, p.config.Texts.Forbidden)
		}
	})
}

// ownHost tells whether a request was sent to a name of the loopback. That of
// another web site whose address was changed to ours was not.
func ownHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// known tells whether a request carries the token, or the cookie.
func (p *Proxy) known(r *http.Request) bool {
	if same(r.Header.Get(TokenHeader), p.token) {
		return true
	}
	cookie, err := r.Cookie(cookieName)
	return err == nil && same(cookie.Value, p.cookie)
}

// introduces tells whether a browser shows the token in the URL.
func (p *Proxy) introduces(r *http.Request) bool {
	return r.Method == http.MethodGet && same(r.URL.Query().Get(TokenParameter), p.token)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// welcome gives a browser the cookie, and has it ask again without the token,
// which is then neither in its history nor in a referrer. Requests that other
// web sites make it send have no cookie: it is strictly of this site.
func (p *Proxy) welcome(w http.ResponseWriter, r *http.Request) {
	to := &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
	hideToken(to)
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: p.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/"+strings.TrimLeft(to.String(), "/"), http.StatusSeeOther)
}

// withoutToken takes from a request what is between the client and the proxy.
func withoutToken(r *http.Request) {
	r.Header.Del(TokenHeader)
	notOwn := func(part string) (string, bool) {
		return part, !strings.HasPrefix(strings.TrimSpace(part), cookieName+"=")
	}
	lines := r.Header["Cookie"]
	r.Header.Del("Cookie")
	for _, line := range lines {
		if line = strings.TrimSpace(edited(line, notOwn)); line != "" {
			r.Header.Add("Cookie", line)
		}
	}
	hideToken(r.URL)
}

// hideToken takes the token out of a URL, and leaves the rest of it as it is.
func hideToken(u *url.URL) {
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if name, err := url.QueryUnescape(name); err != nil || name != TokenParameter {
			kept = append(kept, part)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
}

// asIfDirect has a request look as if it had been made to the server itself:
// its own pages are what sent it.
func asIfDirect(r *http.Request, own string, up *url.URL) {
	for _, name := range []string{"Origin", "Referer"} {
		if u, err := url.Parse(r.Header.Get(name)); err == nil && u.Host == own {
			u.Scheme, u.Host = up.Scheme, up.Host
			hideToken(u)
			r.Header.Set(name, u.String())
		}
	}
}

// backHome changes an answer of the server so that a browser comes back to the
// proxy: redirects to the server itself are to the proxy's name for the same,
// cookies are for whatever name the proxy goes by.
func backHome(r *http.Response, up *url.URL) {
	base := strings.TrimSuffix(up.EscapedPath(), "/")
	if to, err := url.Parse(r.Header.Get("Location")); err == nil && leadsTo(to, up) {
		r.Header.Set("Location", viaProxy(to, up, base))
	}
	forHere := func(part string) (string, bool) {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if path, inside := below(base, value); inside && value != "" && strings.EqualFold(name, "path") {
			return " Path=" + path, true
		}
		return part, !strings.EqualFold(name, "domain")
	}
	for i, line := range r.Header["Set-Cookie"] {
		if pair, attributes, any := strings.Cut(line, ";"); any {
			r.Header["Set-Cookie"][i] = strings.TrimSuffix(pair+";"+edited(attributes, forHere), ";")
		}
	}
	r.Header.Del("Strict-Transport-Security")
}

// leadsTo tells whether a redirect is to the server itself: by its name, or by a
// path of its own. One that is relative to the page is right as it is.
func leadsTo(to, up *url.URL) bool {
	if to.Host == "" {
		return to.Scheme == "" && strings.HasPrefix(to.Path, "/")
	}
	port := func(u *url.URL) string { return cmp.Or(u.Port(), "443") }
	return (to.Scheme == "" || to.Scheme == up.Scheme) && strings.EqualFold(to.Hostname(), up.Hostname()) && port(to) == port(up)
}

// viaProxy is a redirect to the server as it leads through the proxy. What is
// not below the server's path base cannot be reached through it: that stays the
// server's.
func viaProxy(to, up *url.URL, base string) string {
	path, inside := below(base, to.EscapedPath())
	if !inside {
		to.Scheme, to.Host = up.Scheme, up.Host
		return to.String()
	}
	rest := url.URL{RawQuery: to.RawQuery, ForceQuery: to.ForceQuery, Fragment: to.Fragment, RawFragment: to.RawFragment}
	return path + rest.String()
}

// below returns a path of the server as the proxy has it, and whether it does.
// It begins with one slash: with two it would name another server.
func below(base, path string) (string, bool) {
	rest, inside := strings.CutPrefix(path, base)
	if !inside || rest != "" && !strings.HasPrefix(rest, "/") {
		return path, false
	}
	return "/" + strings.TrimLeft(rest, "/"), true
}

// edited returns the line of a header with its parts as edit has them, or without
// them.
func edited(line string, edit func(part string) (string, bool)) string {
	var kept []string
	for part := range strings.SplitSeq(line, ";") {
		if part, keep := edit(part); keep {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ";")
}
