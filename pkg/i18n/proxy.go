package i18n

// Proxy is what `certctl proxy` says.
type Proxy struct {
	Ready       string // {name}, {upstream}
	Programs    string // label
	Browsers    string // label
	End         string
	Trouble     string // {cause}
	Forbidden   string // to who has no token
	Gone        string // in the place of an answer
	Unreachable string // in the place of an answer
}

func englishProxyPage(c *Commands) {
	c.Proxy = Page{
		Short: "Pass requests on to a server, with your certificate",
		Long: `Listens on this machine's loopback address and passes every request on to an
HTTPS server, presenting the certificate. So programs and browsers use it without
having the key, which stays in the wallet and in this process. A certificate that
is renewed meanwhile is taken over by itself. Ctrl-C ends it.

The port can be reached by every user of the machine, so a request needs the token
of this run. A program gives it in the header Certctl-Token; the file that is shown
holds that header for ` + "`curl -H @FILE`" + `, and is gone when the proxy is.
A browser gives it once, by opening the link that is shown: it then has a cookie.
Neither is passed on to the server. An address that other machines could reach is
refused.

The server is verified as usual; --server-ca names the certificates to do it by.
Links in its pages that name the server itself lead past the proxy.`,
		Example: `  certctl proxy tanaka https://bank.example
  certctl proxy tanaka https://10.0.0.5:8443/api --server-ca ca.pem \
      --listen 127.0.0.1:8080
  curl -H @"$HEADER_FILE" http://127.0.0.1:8080/accounts`,
	}
}

func englishProxy() Proxy {
	return Proxy{
		Ready:       "Requests are passed on to {upstream} with the certificate {name}.",
		Programs:    "Programs",
		Browsers:    "Browsers",
		End:         "Ctrl-C ends it.",
		Trouble:     "A request failed: {cause}",
		Forbidden:   "certctl proxy: this request has no token. Programs give it in the header Certctl-Token (curl -H @FILE); in a browser open the link that certctl proxy shows.",
		Gone:        "certctl proxy: the certificate is no longer in the wallet. End the proxy, and see certctl list.",
		Unreachable: "certctl proxy: the server did not answer, or refused the certificate. The terminal of certctl proxy says more.",
	}
}
