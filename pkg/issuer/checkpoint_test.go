package issuer_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/store/storetest"
)

// What whoever has the database can do to it, between them as they like: cut the
// last row with its head, and the checkpoints.
const (
	cutTail = `DELETE FROM audit WHERE chain = '12345678901' AND seq = 4;
		UPDATE audit_heads SET seq = 3, mac = (SELECT mac FROM audit WHERE chain = '12345678901' AND seq = 3) WHERE chain = '12345678901';`
	cutChain      = `DELETE FROM audit WHERE chain = '12345678901'; DELETE FROM audit_heads WHERE chain = '12345678901';`
	cutContract   = cutChain + `DELETE FROM tries; DELETE FROM sessions; DELETE FROM users; DELETE FROM tokens; DELETE FROM contracts;`
	cutCheckpoint = `DELETE FROM checkpoints WHERE number = 2;`
	exchangeFirst = `UPDATE checkpoints SET signed = (SELECT signed FROM checkpoints WHERE number = 2) WHERE number = 1;`
	spoilSecond   = `UPDATE checkpoints SET signed = (SELECT signed FROM checkpoints WHERE number = 1) || 'AAAA' WHERE number = 2;`
)

// TestCheckpointsShowWhatWasCut has a chain of four rows, with a checkpoint at
// the second and one at the last, of which copies were kept.
func TestCheckpointsShowWhatWasCut(t *testing.T) {
	for name, c := range map[string]struct {
		sql  string
		kept bool   // whether verify is given the copies
		want string // the contract's chain and the checkpoints that are broken
	}{
		"nothing":                         {``, false, ``},
		"nothing, and the copies":         {``, true, ``},
		"the tail":                        {cutTail, false, `4 cut by 2`},
		"the tail, not its head":          {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 4`, false, `4 cut by 2`},
		"a chain with its contract":       {cutContract, false, `1 missing by 0`},
		"the tail, and its checkpoint":    {cutTail + cutCheckpoint, false, ``},
		"the same, and the copies":        {cutTail + cutCheckpoint, true, `4 cut by 2; 2 gone`},
		"a checkpoint":                    {cutCheckpoint, true, `; 2 gone`},
		"the first checkpoint":            {`DELETE FROM checkpoints WHERE number = 1`, false, `; 2 predecessor`},
		"a checkpoint put for another":    {exchangeFirst, false, `; 1 predecessor; 2 predecessor`},
		"that, and the copies":            {exchangeFirst, true, `; 1 predecessor; 2 predecessor; 1 other`},
		"a checkpoint that does not hold": {spoilSecond, false, `; 2 signature`},
		"the key":                         {`DELETE FROM checkpoint_key`, false, `; 1 signature; 2 signature`},
		"the key changed":                 {`UPDATE checkpoint_key SET sealed_key = (SELECT seal_check FROM deployment)`, false, `; 1 signature; 2 signature`},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBackend(t, nil)
			b.addUser(tanaka)
			copies := []api.SignedCheckpoint{b.checkpoint()}
			s := b.begin(tanaka)
			wantCode(t, "a wrong code", b.complete(s, b.wrong(), newCSR(t)), api.OTPWrong)
			must(b.Resume(t.Context(), operator, tanaka))
			copies = append(copies, b.checkpoint())
			b.alter(c.sql)
			if !c.kept {
				copies = nil
			}
			if got := broken(must(b.VerifyAudit(t.Context(), operator, copies...))); got != c.want {
				t.Errorf("broken: %q, want %q", got, c.want)
			}
		})
	}
}

// broken says in short what of a report does not hold.
func broken(r api.AuditReport) string {
	var all []string
	for _, c := range r.Chains {
		if c.Broken != 0 {
			all = append(all, fmt.Sprintf("%d %s by %d", c.Broken, c.Reason, c.Checkpoint))
		}
	}
	if len(all) == 0 && len(r.Checkpoints.Broken) > 0 {
		all = append(all, "")
	}
	for _, c := range r.Checkpoints.Broken {
		all = append(all, fmt.Sprintf("%d %s", c.Number, c.Reason))
	}
	if r.OK() != (len(all) == 0) {
		return fmt.Sprintf("OK is %v: %v", r.OK(), all)
	}
	return strings.Join(all, "; ")
}

// Rows that are genuine and others than those that were signed: a backup was
// put in the place of the database, and its history went another way.
func TestAHistoryThatWentAnotherWayIsSeen(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.alter(`CREATE TABLE rows_then AS SELECT * FROM audit; CREATE TABLE heads_then AS SELECT * FROM audit_heads`)
	must(b.Resume(t.Context(), operator, tanaka))
	kept := b.checkpoint()
	b.alter(`DELETE FROM audit; DELETE FROM audit_heads; DELETE FROM checkpoints;
		INSERT INTO audit SELECT * FROM rows_then; INSERT INTO audit_heads SELECT * FROM heads_then`)
	must(b.Reissue(t.Context(), operator, tanaka))
	b.wantAuditOK()
	report := must(b.VerifyAudit(t.Context(), operator, kept))
	if got := broken(report); got != "3 forked by 1; 1 gone" {
		t.Errorf("broken: %s", got)
	}
}

// What a checkpoint says is what is there, and each follows from the one before.
func TestACheckpointSaysWhereEveryChainEnds(t *testing.T) {
	b := newBackend(t, nil)
	first := b.checkpoint()
	b.addUser(tanaka)
	second := b.checkpoint()
	c := must(second.Read())
	if c.Number != 2 || c.Previous != first.Hash() || c.DeploymentID != b.DeploymentID() || !c.At.Equal(start) {
		t.Errorf("the second: %+v", c)
	}
	var heads []string
	for _, h := range c.Heads {
		heads = append(heads, fmt.Sprintf("%s %d", h.ContractID, h.Row))
	}
	if want := []string{" 2", contractID + " 2"}; !slices.Equal(heads, want) {
		t.Errorf("heads %q, want %q", heads, want)
	}
	report := must(b.VerifyAudit(t.Context(), operator))
	if got := report.Checkpoints; got.Count != 2 || got.Last != 2 || !got.LastAt.Equal(start) {
		t.Errorf("report: %+v", got)
	}
	for _, chain := range report.Chains {
		if chain.Signed != 2 {
			t.Errorf("chain %q: signed up to row %d, want 2", chain.ContractID, chain.Signed)
		}
	}
}

// A checkpoint by another key holds nowhere, whatever it says; one that says it
// is of another deployment is not taken for ours.
func TestACheckpointOfSomebodyElseIsNotBelieved(t *testing.T) {
	b := newBackend(t, nil)
	c := must(b.checkpoint().Read())
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Heads[0].Row = 100
	forged := must(c.Sign(key))
	if got := broken(must(b.VerifyAudit(t.Context(), operator, forged))); got != "; 1 signature" {
		t.Errorf("a forged one: broken %q", got)
	}
	c.DeploymentID = "another"
	for _, bad := range []api.SignedCheckpoint{must(c.Sign(key)), "", "a.b.c", "not one", api.SignedCheckpoint(must(json.Marshal(c)))} {
		_, err := b.VerifyAudit(t.Context(), operator, bad)
		wantCode(t, fmt.Sprintf("%.20q", bad), err, api.Usage)
	}
}

// A backup brings the checkpoints and their key back; one that was made after it
// tells what the restore has lost.
func TestCheckpointsAfterARestore(t *testing.T) {
	b := newBackend(t, nil)
	before := b.checkpoint()
	file := b.backUp()
	b.addUser(tanaka)
	after := b.checkpoint()
	r, _ := b.restored(file, storetest.Place(t))
	r.checkpoint()
	if got := broken(must(r.VerifyAudit(t.Context(), operator, before))); got != "" {
		t.Errorf("with the one from before the backup: %s", got)
	}
	if got := broken(must(r.VerifyAudit(t.Context(), operator, before, after))); got != "2 cut by 2; 2 other" {
		t.Errorf("with the one from after it: %s", got)
	}
}

// checkpoint makes one, signed with the key of the one before.
func (b *backend) checkpoint() api.SignedCheckpoint {
	b.t.Helper()
	signed, rekeyed, err := b.MakeCheckpoint(b.t.Context(), operator)
	if err != nil || rekeyed {
		b.t.Fatalf("checkpoint: rekeyed %v, %v", rekeyed, err)
	}
	return signed
}

// Who loses the key is told with the next checkpoint, though it was made before
// that, and not with the one after.
func TestACheckpointTellsThatTheKeyIsAnother(t *testing.T) {
	b := newBackend(t, nil)
	b.checkpoint()
	b.checkpoint()
	b.alter(`DELETE FROM checkpoint_key`)
	must(b.CheckpointKey(t.Context(), operator))
	if _, rekeyed, err := b.MakeCheckpoint(t.Context(), operator); !rekeyed || err != nil {
		t.Errorf("rekeyed %v, %v", rekeyed, err)
	}
	b.checkpoint()
}
