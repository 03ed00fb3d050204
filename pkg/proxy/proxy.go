package proxy

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// Config says what a Proxy is to do.
type Config struct {
	Name     string   // of the certificate, for BrowserHost
	Upstream *url.URL // https; its path is put before every request's
	// Certificates gives what is presented.
	Certificates Source
	// Roots are what the server is verified by; nil: the system's.
	Roots *x509.CertPool
	Texts Texts
	// Log is called with what went wrong at a request; nil: nobody is told.
	Log func(error)
}

// Source gives the client certificate. It is safe for concurrent use.
type Source interface {
	// Stamp returns a text that is another one after the certificate was
	// replaced. It is called for every request. An error means that there is
	// none any more: requests are refused.
	Stamp() (string, error)
	// Load returns the certificate with its key.
	Load(ctx context.Context) (*tls.Certificate, error)
}

// Texts are the bodies of the proxy's own answers.
type Texts struct {
	Forbidden   string // without the token
	Gone        string // the certificate is no longer there
	Unreachable string // the server does not answer, or refuses the certificate
}

// Proxy is a reverse proxy. Its methods are safe for concurrent use.
type Proxy struct {
	config Config
	token  string
	cookie string
	server *http.Server

	presented atomic.Pointer[presented]
	loading   sync.Mutex
}

// presented is a certificate with the connections on which it is presented.
type presented struct {
	stamp     string
	leaf      []byte
	transport *http.Transport
}

// New returns a proxy that has loaded its certificate.
func New(ctx context.Context, c Config) (*Proxy, error) {
	p := &Proxy{config: c, token: rand.Text(), cookie: rand.Text()}
	if c.Log == nil {
		p.config.Log = func(error) {}
	}
	stamp, err := c.Certificates.Stamp()
	if err != nil {
		return nil, err
	}
	if err := p.load(ctx, stamp); err != nil {
		return nil, err
	}
	p.server = &http.Server{
		Handler:           p.guard(p.reverse()),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0), // clients that break off
	}
	return p, nil
}

// Token is what a request has to carry in the header TokenHeader.
func (p *Proxy) Token() string { return p.token }

// Listen opens the port. An address that others could reach is refused:
// ErrNotLoopback.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotLoopback, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, ErrNotLoopback
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

// ErrNotLoopback says that an address is none of this machine's own.
var ErrNotLoopback = errors.New("not a loopback address with a port")

// Serve answers until the context ends, and then returns nil; what is being
// answered then has five seconds to be. It closes the listener, whose failure is
// the only error while the context lives.
func (p *Proxy) Serve(ctx context.Context, l net.Listener) error {
	const grace = 5 * time.Second
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		shut, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err := p.server.Shutdown(shut)
		if errors.Is(err, context.DeadlineExceeded) {
			err = p.server.Close()
		}
		ended <- err
	})
	err := p.server.Serve(l)
	if stop() { // it ended by itself
		return fmt.Errorf("serve: %w", err)
	}
	err = <-ended
	p.presented.Load().transport.CloseIdleConnections()
	return err
}

// reverse passes requests on.
func (p *Proxy) reverse() http.Handler {
	up := p.config.Upstream
	return &httputil.ReverseProxy{
		Transport:  current{p},
		BufferPool: &buffers{},
		ErrorLog:   log.New(io.Discard, "", 0), // see ErrorHandler
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.RawQuery = r.In.URL.RawQuery // with what Go cannot parse
			r.SetURL(up)
			withoutToken(r.Out)
			asIfDirect(r.Out, r.In.Host, up)
		},
		ModifyResponse: func(r *http.Response) error { backHome(r, up); return nil },
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() != nil {
				return // the client is gone
			}
			p.config.Log(err)
			answer(w, http.StatusBadGateway, p.config.Texts.Unreachable)
		},
	}
}

// answer is the proxy's own.
func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // a client that is gone reads nothing
}

// buffers are what answers are copied through.
type buffers struct{ pool sync.Pool }

// Get implements httputil.BufferPool.
func (b *buffers) Get() []byte {
	if buffer, ok := b.pool.Get().(*[]byte); ok {
		return *buffer
	}
	return make([]byte, 32<<10)
}

// Put implements httputil.BufferPool.
func (b *buffers) Put(buffer []byte) { b.pool.Put(&buffer) }
