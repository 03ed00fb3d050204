package cli

import (
	"context"
	"crypto/x509"
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

	der []byte
}

// readCA reads what a backend's authorities are.
func readCA(ctx context.Context, i *issuer.Issuer) (caDoc, error) {
	root, issuing, err := i.Authorities(ctx)
	if err != nil {
		return caDoc{}, err
	}
	offline, err := i.RootOffline(ctx)
	if err != nil {
		return caDoc{}, err
	}
	doc := caDoc{DeploymentID: i.DeploymentID(), RootKey: "database"}
	if offline {
		doc.RootKey = "file"
	}
	if doc.Root, err = newAuthorityDoc(root); err != nil {
		return caDoc{}, fmt.Errorf("read the root: %w", err)
	}
	if doc.Issuing, err = newAuthorityDoc(issuing); err != nil {
		return caDoc{}, fmt.Errorf("read the issuing CA: %w", err)
	}
	return doc, nil
}

func newAuthorityDoc(der []byte) (authorityDoc, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return authorityDoc{}, err
	}
	return authorityDoc{
		Subject:     wallet.DistinguishedName(c.RawSubject),
		Serial:      c.SerialNumber.Text(16),
		NotAfter:    timeDoc(c.NotAfter),
		Fingerprint: wallet.Fingerprint(c),
		der:         der,
	}, nil
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
