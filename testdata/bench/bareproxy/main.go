// Command bareproxy is what certctl proxy is measured by: a bare reverse proxy
// that reads its key from a file, and lets everybody in. Its arguments are the
// server's URL, a file of certificates to verify it by, and the file of the key
// with its certificates; it prints its own URL.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "bareproxy:", err)
		os.Exit(1)
	}
}

func run(upstream, ca, key string) error {
	up, err := url.Parse(upstream)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(ca)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	certificate, err := tls.LoadX509KeyPair(key, key)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(up) },
		Transport: &http.Transport{
			TLSClientConfig:     &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{certificate}},
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 64,
		},
	}
	fmt.Println("http://" + l.Addr().String() + "/")
	return http.Serve(l, proxy)
}
