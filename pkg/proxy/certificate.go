package proxy

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"time"
)

// current is the transport of the certificate that is presented now.
type current struct{ p *Proxy }

// RoundTrip implements http.RoundTripper.
func (c current) RoundTrip(r *http.Request) (*http.Response, error) {
	return c.p.presented.Load().transport.RoundTrip(r)
}

// renew takes over a certificate that was replaced. The old one is presented on
// while the new one cannot be loaded: it is good for an overlap. Where there is
// none any more that is an error.
func (p *Proxy) renew(ctx context.Context) error {
	stamp, err := p.config.Certificates.Stamp()
	if err != nil {
		return err
	}
	if p.presented.Load().stamp == stamp {
		return nil
	}
	if !p.loading.TryLock() {
		return nil // another request is at it
	}
	defer p.loading.Unlock()
	if err := p.load(ctx, stamp); err != nil {
		p.config.Log(fmt.Errorf("take over the new certificate: %w", err))
	}
	return nil
}

// load has new connections made with the certificate as it is now. Those of
// the old one end when their requests have.
func (p *Proxy) load(ctx context.Context, stamp string) error {
	certificate, err := p.config.Certificates.Load(ctx)
	if err != nil {
		return err
	}
	old := p.presented.Load()
	next := &presented{stamp: stamp, leaf: certificate.Certificate[0]}
	if old != nil && bytes.Equal(old.leaf, next.leaf) {
		next.transport = old.transport
		p.presented.Store(next)
		return nil
	}
	next.transport = p.transport(certificate)
	p.presented.Store(next)
	if old != nil {
		old.transport.CloseIdleConnections()
	}
	return nil
}

func (p *Proxy) transport(certificate *tls.Certificate) *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12,
			RootCAs:    p.config.Roots,
			// Whatever authorities the server names: it is the one that was chosen.
			GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return certificate, nil },
			// Servers that ask for the certificate at one path only do it thus.
			Renegotiation: tls.RenegotiateOnceAsClient,
		},
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		DisableCompression:    true, // what the server sends is passed on as it is
	}
}
