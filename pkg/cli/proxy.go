package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/proxy"
	"certctl/pkg/wallet"
)

// proxyDoc is what `certctl proxy` shows when it is ready.
type proxyDoc struct {
	Name       string `json:"name"`
	Upstream   string `json:"upstream"`
	URL        string `json:"url"`
	HeaderFile string `json:"header_file"`
	BrowserURL string `json:"browser_url"`
}

type proxyOptions struct {
	app      *app
	name     string
	upstream *url.URL
	listen   string
	serverCA string
}

func newProxy(a *app) *cobra.Command {
	o := &proxyOptions{app: a}
	cmd := a.command("proxy", a.text.Commands.Proxy, "NAME", "URL")
	cmd.ValidArgsFunction = a.completeName
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:0", a.text.Flags.Listen)
	cmd.Flags().StringVar(&o.serverCA, "server-ca", "", a.text.Flags.ServerCA)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		u, err := url.Parse(args[1])
		if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return a.badValue(cmd, "URL", args[1], "https://HOST[:PORT][/PATH]")
		}
		o.upstream = u
		return o.run(cmd)
	}
	return cmd
}

func (o *proxyOptions) run(cmd *cobra.Command) error {
	a, ctx := o.app, cmd.Context()
	roots, err := o.roots()
	if err != nil {
		return err
	}
	listener, err := proxy.Listen(ctx, o.listen)
	if errors.Is(err, proxy.ErrNotLoopback) {
		return a.badValue(cmd, "--listen", o.listen, a.text.Errors.WantLoopback)
	}
	if err != nil {
		return a.cannotListen(o.listen, err)
	}
	defer listener.Close()
	w, _, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	t := a.text.Output.Proxy
	p, err := proxy.New(ctx, proxy.Config{
		Name: e.Name, Upstream: o.upstream, Certificates: &walletSource{wallet: w, name: e.Name}, Roots: roots,
		Texts: proxy.Texts{Forbidden: t.Forbidden, Gone: t.Gone, Unreachable: t.Unreachable},
		Log:   func(err error) { a.say("certctl: " + i18n.Fill(t.Trouble, "cause", printable(err.Error()))) },
	})
	if err != nil {
		return err
	}
	a.warnOver(e)
	if err := o.announce(e.Name, p, listener); err != nil {
		return err
	}
	return p.Serve(ctx, listener)
}

// announce writes the token down and says how it is given. The file goes at the
// end of the run.
func (o *proxyOptions) announce(name string, p *proxy.Proxy, l net.Listener) error {
	a := o.app
	c, err := a.config()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return err
	}
	doc := proxyDoc{
		Name: name, Upstream: o.upstream.String(), URL: "http://" + l.Addr().String() + "/",
		HeaderFile: filepath.Join(c.dirs.data, "proxy", name+"-"+port+".header"),
		BrowserURL: "http://" + net.JoinHostPort(p.BrowserHost(), port) + "/?" + proxy.TokenParameter + "=" + p.Token(),
	}
	if err := os.MkdirAll(filepath.Dir(doc.HeaderFile), 0o700); err != nil {
		return a.badFile(filepath.Dir(doc.HeaderFile), err)
	}
	if err := a.writeFile(doc.HeaderFile, []byte(proxy.TokenHeader+": "+p.Token()+"\n"), replaceExisting); err != nil {
		return a.badFile(doc.HeaderFile, err)
	}
	a.onClose(func() error { return os.Remove(doc.HeaderFile) })
	return a.show(doc, func(page *page) {
		t := a.text.Output.Proxy
		page.lines(i18n.Fill(t.Ready, "name", doc.Name, "upstream", doc.Upstream))
		page.lines("")
		page.fields(
			field{t.Programs, "curl -H @" + shellQuote(doc.HeaderFile) + " " + doc.URL},
			field{t.Browsers, doc.BrowserURL},
		)
		page.lines("\n" + t.End)
	})
}

// roots are the certificates that the server is verified by; nil: the system's.
func (o *proxyOptions) roots() (*x509.CertPool, error) {
	if o.serverCA == "" {
		return nil, nil
	}
	text, err := os.ReadFile(o.serverCA)
	if err != nil {
		return nil, o.app.badFile(o.serverCA, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, o.app.badFile(o.serverCA, errors.New(o.app.text.Errors.NoCertificate))
	}
	return roots, nil
}

// cannotListen words that a port cannot be had.
func (a *app) cannotListen(address string, err error) error {
	e := a.text.Errors
	return &refusal{
		code:    api.Unsupported,
		problem: i18n.Problem{Message: i18n.Fill(e.CannotListen, "address", quote(address)), Hint: e.CannotListenHint},
		err:     err,
	}
}

// walletSource gives a proxy the certificate of an entry as it is now.
type walletSource struct {
	wallet *wallet.Wallet
	name   string

	mu          sync.Mutex
	fingerprint string
	certificate *tls.Certificate // of the fingerprint
}

// Stamp implements proxy.Source.
func (s *walletSource) Stamp() (string, error) { return s.wallet.Stamp(s.name) }

// Load implements proxy.Source. The keyring is not asked again for a
// certificate that is the same.
func (s *walletSource) Load(ctx context.Context) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, err := s.wallet.Entry(ctx, s.name)
	if err != nil {
		return nil, err
	}
	if s.certificate != nil && e.Fingerprint == s.fingerprint {
		return s.certificate, nil
	}
	b, err := s.wallet.Bundle(ctx, s.name)
	if err != nil {
		return nil, fmt.Errorf("load the certificate: %w", err)
	}
	certificate := &tls.Certificate{PrivateKey: b.Key, Leaf: b.Chain[0]}
	for _, c := range b.Presented() {
		certificate.Certificate = append(certificate.Certificate, c.Raw)
	}
	s.fingerprint, s.certificate = e.Fingerprint, certificate
	return certificate, nil
}
