package cli

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/issuer"
	"certctl/pkg/wallet"
)

func newCA(a *app) *cobra.Command {
	return a.group("ca", a.text.Commands.CA, newCAInit(a), newCAShow(a), newCACRL(a), newCACerts(a), newCARotate(a),
		newCABackup(a), newCARestore(a))
}

// caDoc is what `certctl ca init` and `certctl ca show` show.
type caDoc struct {
	DeploymentID string       `json:"deployment_id"`
	Root         authorityDoc `json:"root"`
	Issuing      authorityDoc `json:"issuing"`
	RootKey      string       `json:"root_key"` // where it is: database, or file, which only its keeper knows
}

type authorityDoc struct {
	Subject     string  `json:"subject"`
	Serial      string  `json:"serial"`
	NotAfter    timeDoc `json:"not_after"`
	Fingerprint string  `json:"fingerprint_sha256"`
	PEM         string  `json:"pem,omitempty"` // where it was asked for
}

// authorities are the certificates of a backend.
type authorities struct {
	root, issuing *x509.Certificate
	offline       bool // the root's key is in a file
}

func readAuthorities(ctx context.Context, i *issuer.Issuer) (authorities, error) {
	root, issuing, err := i.Authorities(ctx)
	if err != nil {
		return authorities{}, err
	}
	var both authorities
	if both.offline, err = i.RootOffline(ctx); err != nil {
		return both, err
	}
	if both.root, err = x509.ParseCertificate(root); err != nil {
		return both, fmt.Errorf("read the root: %w", err)
	}
	if both.issuing, err = x509.ParseCertificate(issuing); err != nil {
		return both, fmt.Errorf("read the issuing CA: %w", err)
	}
	return both, nil
}

func (both authorities) doc(deploymentID string) caDoc {
	doc := caDoc{deploymentID, newAuthorityDoc(both.root), newAuthorityDoc(both.issuing), "database"}
	if both.offline {
		doc.RootKey = "file"
	}
	return doc
}

func newAuthorityDoc(c *x509.Certificate) authorityDoc {
	fingerprint := sha256.Sum256(c.Raw)
	return authorityDoc{
		Subject:     wallet.DistinguishedName(c.RawSubject),
		Serial:      c.SerialNumber.Text(16),
		NotAfter:    timeDoc(c.NotAfter),
		Fingerprint: hex.EncodeToString(fingerprint[:]),
	}
}

// showCA puts a backend's authorities on a page.
func (a *app) showCA(p *page, doc caDoc) {
	l := a.text.Output.Labels
	p.fields(field{l.Backend, doc.DeploymentID})
	key := a.text.Root.KeyHere
	if doc.RootKey == "file" {
		key = a.text.Root.KeyInFile
	}
	for _, part := range []struct {
		title string
		doc   authorityDoc
		key   string
	}{{l.Root, doc.Root, key}, {l.Issuing, doc.Issuing, ""}} {
		p.lines("")
		p.lines(part.title)
		p.fields(
			field{"  " + l.Subject, part.doc.Subject},
			field{"  " + l.Serial, part.doc.Serial},
			field{"  " + l.NotAfter, a.time(time.Time(part.doc.NotAfter))},
			field{"  " + l.Fingerprint, part.doc.Fingerprint},
			field{"  " + a.text.Root.Key, part.key},
		)
	}
}
