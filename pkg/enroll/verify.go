package enroll

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"

	"certctl/pkg/api"
)

// verify checks what the backend handed over: a chain to the pinned root, for
// TLS client authentication, valid when it was made, for our key and our user.
// It returns the chain parsed, leaf first and root last. Any fault is an error
// with code ChainUntrusted.
func verify(c api.Certificate, root *x509.Certificate, key crypto.PublicKey, who api.UserRef) ([]*x509.Certificate, error) {
	chain, err := checkChain(c, root)
	if err != nil {
		return nil, api.Fail(api.ChainUntrusted, err)
	}
	if !publicKeysEqual(chain[0].PublicKey, key) {
		return nil, api.Fail(api.ChainUntrusted, errors.New("the certificate is for another key"))
	}
	if !c.User.Same(who) {
		return nil, api.Fail(api.ChainUntrusted, errors.New("the certificate is for another user"))
	}
	return chain, nil
}

func checkChain(c api.Certificate, root *x509.Certificate) ([]*x509.Certificate, error) {
	if len(c.Chain) < 2 {
		return nil, fmt.Errorf("a chain of %d certificates", len(c.Chain))
	}
	chain := make([]*x509.Certificate, len(c.Chain))
	for i, der := range c.Chain {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, fmt.Errorf("parse certificate %d: %w", i+1, err)
		}
		chain[i] = cert
	}
	if last := chain[len(chain)-1]; !bytes.Equal(last.Raw, root.Raw) {
		return nil, errors.New("the root is not the pinned one")
	}
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(root)
	for _, cert := range chain[1 : len(chain)-1] {
		intermediates.AddCert(cert)
	}
	// The backend's time of issue, not this machine's clock: a wrong clock here
	// must not burn a certificate that is right.
	_, err := chain[0].Verify(x509.VerifyOptions{
		Roots:         roots,
		Intermediates: intermediates,
		CurrentTime:   c.Created,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	return chain, err
}

func publicKeysEqual(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(b)
}
