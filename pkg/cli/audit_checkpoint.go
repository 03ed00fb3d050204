package cli

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// checkpointDoc is what `certctl audit checkpoint` shows.
type checkpointDoc struct {
	DeploymentID string  `json:"deployment_id"`
	Number       int64   `json:"number"`
	At           timeDoc `json:"at"`
	Chains       int     `json:"chains"`
	Rows         int64   `json:"rows"`
	File         string  `json:"file"`                 // empty: in Checkpoint
	Checkpoint   string  `json:"checkpoint,omitempty"` // where there is no file
	Rekeyed      bool    `json:"rekeyed,omitempty"`    // earlier ones were signed with another key
}

// checkpointKeyDoc is what it shows with --public-key.
type checkpointKeyDoc struct {
	PublicKey string `json:"public_key"`
}

func newAuditCheckpoint(a *app) *cobra.Command {
	var out string
	var publicKey bool
	cmd := a.command("checkpoint", a.text.Commands.AuditCheckpoint)
	cmd.Flags().StringVar(&out, "out", "", a.text.Flags.CheckpointOut)
	cmd.Flags().BoolVar(&publicKey, "public-key", false, a.text.Flags.CheckpointKey)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if publicKey {
			return a.showCheckpointKey(cmd.Context())
		}
		return a.makeCheckpoint(cmd.Context(), out)
	}
	return cmd
}

func (a *app) showCheckpointKey(ctx context.Context) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	key, err := admin.CheckpointKey(ctx, by)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return fmt.Errorf("encode the public key: %w", err)
	}
	doc := checkpointKeyDoc{string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))}
	return a.show(doc, func(p *page) { p.WriteString(doc.PublicKey) })
}

func (a *app) makeCheckpoint(ctx context.Context, out string) error {
	admin, by, err := a.admin(ctx)
	if err != nil {
		return err
	}
	if out == "" {
		signed, rekeyed, err := admin.MakeCheckpoint(ctx, by)
		if err != nil {
			return err
		}
		doc, err := a.newCheckpointDoc(signed, rekeyed)
		if err != nil {
			return err
		}
		doc.Checkpoint = string(signed)
		return a.show(doc, func(p *page) { p.WriteString(doc.Checkpoint + "\n") })
	}
	if _, err := os.Lstat(out); err == nil {
		return a.fileExists(out) // before one is made
	}
	var signed api.SignedCheckpoint
	var rekeyed bool
	var refused error // by the backend, not by the file
	err = a.writeFileBy(out, refuseExisting, func(w io.Writer) error {
		if signed, rekeyed, refused = admin.MakeCheckpoint(ctx, by); refused != nil {
			return refused
		}
		_, err := io.WriteString(w, string(signed)+"\n")
		return err
	})
	switch {
	case refused != nil:
		return refused
	case errors.Is(err, fs.ErrExist):
		return a.fileExists(out)
	case err != nil:
		return a.badFile(out, fmt.Errorf("write: %w", err))
	}
	doc, err := a.newCheckpointDoc(signed, rekeyed)
	if err != nil {
		return err
	}
	doc.File = out
	return a.show(doc, func(p *page) {
		t := a.text.Operate
		p.lines(i18n.Fill(t.CheckpointMade, "number", strconv.FormatInt(doc.Number, 10),
			"chains", strconv.Itoa(doc.Chains), "rows", strconv.FormatInt(doc.Rows, 10), "file", out))
		p.lines(i18n.Fill(t.CheckpointNext, "file", out))
	})
}

// newCheckpointDoc is what is shown of a checkpoint. That the key is another is
// said beside it, for the checkpoint itself may go into a pipe.
func (a *app) newCheckpointDoc(signed api.SignedCheckpoint, rekeyed bool) (checkpointDoc, error) {
	c, err := signed.Read()
	if rekeyed {
		a.say(i18n.Fill(a.text.Operate.Rekeyed, "number", strconv.FormatInt(c.Number, 10)))
	}
	doc := checkpointDoc{DeploymentID: c.DeploymentID, Number: c.Number, At: timeDoc(c.At), Chains: len(c.Heads), Rekeyed: rekeyed}
	for _, h := range c.Heads {
		doc.Rows += h.Row
	}
	return doc, err
}

// maxCheckpoints is the size of the largest file of checkpoints that is read, in
// bytes: those of ten years, one a day over a hundred chains.
const maxCheckpoints = 64 << 20

// keptCheckpoints reads the checkpoints in files.
func (a *app) keptCheckpoints(ctx context.Context, files []string) ([]api.SignedCheckpoint, error) {
	var all []api.SignedCheckpoint
	for _, name := range files {
		data, err := a.readData(ctx, name, maxCheckpoints, a.text.Operate.CheckpointsTooBig)
		if err != nil {
			return nil, err
		}
		for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			signed := api.SignedCheckpoint(strings.TrimSpace(line))
			if _, err := signed.Read(); err != nil {
				return nil, a.badFile(name, errors.New(i18n.Fill(a.text.Operate.NoCheckpoint, "line", strconv.Itoa(n+1))))
			}
			all = append(all, signed)
		}
	}
	return all, nil
}
