package issuer_test

import (
	"context"
	"encoding/binary"
	"testing"
	"time"

	"certctl/pkg/api"
)

// swap exchanges two rows of the contract's chain but for their places.
const swap = `UPDATE audit SET seq = -seq WHERE chain = '12345678901' AND seq IN (2, 3);
	UPDATE audit SET seq = 5 + seq WHERE chain = '12345678901' AND seq IN (-2, -3)`

// TestVerifyAudit meets what can be done to the rows by whoever has the file
// and not the sealing key. The chain has five rows: contract add, user add, a
// wrong code, the right one, its certificate.
func TestVerifyAudit(t *testing.T) {
	for name, c := range map[string]struct {
		sql    string
		broken int64 // 0: not seen, and documented so
		reason string
	}{
		"nothing":               {``, 0, ""},
		"an outcome edited":     {`UPDATE audit SET outcome = 'ok' WHERE outcome = 'otp_wrong'`, 3, "edited"},
		"an actor edited":       {`UPDATE audit SET actor = 'os:nobody' WHERE chain = '12345678901' AND seq = 2`, 2, "edited"},
		"a time edited":         {`UPDATE audit SET at = at + 1 WHERE chain = '12345678901' AND seq = 2`, 2, "edited"},
		"a serial edited":       {`UPDATE audit SET serial = '1' WHERE chain = '12345678901' AND seq = 5`, 5, "edited"},
		"a token edited":        {`UPDATE audit SET token = 'HW-1' WHERE chain = '12345678901' AND seq = 2`, 2, "edited"},
		"a token removed":       {`UPDATE audit SET token = '' WHERE chain = '12345678901' AND seq = 2`, 2, "edited"},
		"a token added":         {`UPDATE audit SET token = 'HW-1' WHERE chain = '12345678901' AND seq = 3`, 3, "edited"},
		"a MAC edited":          {`UPDATE audit SET mac = (SELECT seal_check FROM deployment) WHERE chain = '12345678901' AND seq = 4`, 4, "edited"},
		"text moved over":       {`UPDATE audit SET actor = actor || action, action = '' WHERE chain = '12345678901' AND seq = 4`, 4, "edited"},
		"a row removed":         {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 3`, 3, "missing"},
		"the first row removed": {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 1`, 1, "missing"},
		"removed, closed up": {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 3;
			UPDATE audit SET seq = seq - 1 WHERE chain = '12345678901' AND seq > 3`, 3, "edited"},
		"two rows swapped":       {swap, 2, "edited"},
		"the last row removed":   {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 5`, 5, "head"},
		"a head turned back":     {`UPDATE audit_heads SET seq = seq - 1 WHERE chain = '12345678901'`, 6, "head"},
		"a head's MAC changed":   {`UPDATE audit_heads SET mac = (SELECT seal_check FROM deployment) WHERE chain = '12345678901'`, 6, "head"},
		"a head removed":         {`DELETE FROM audit_heads WHERE chain = '12345678901'`, 6, "head"},
		"all rows, not the head": {`DELETE FROM audit WHERE chain = '12345678901'`, 1, "missing"},
		"a row of another chain": {`UPDATE audit SET chain = '12345678901', seq = 6 WHERE chain = ''`, 6, "edited"},
		"a tail cut with its head": {`DELETE FROM audit WHERE chain = '12345678901' AND seq = 5;
			UPDATE audit_heads SET seq = 4, mac = (SELECT mac FROM audit WHERE chain = '12345678901' AND seq = 4) WHERE chain = '12345678901'`, 0, ""},
		"a chain removed whole": {`DELETE FROM audit WHERE chain = '12345678901'; DELETE FROM audit_heads WHERE chain = '12345678901'`, 1, "missing"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBackend(t, nil)
			b.addUser(tanaka)
			s := b.begin(tanaka)
			wantCode(t, "a wrong code", b.complete(s, b.wrong(), newCSR(t)), api.OTPWrong)
			must(b.acquire(tanaka, b.code(0), newCSR(t)))
			b.alter(c.sql)
			report := must(b.VerifyAudit(t.Context(), operator))
			var got api.AuditChain
			for _, chain := range report.Chains {
				if chain.ContractID == contractID {
					got = chain
				}
			}
			if got.Broken != c.broken || got.Reason != c.reason {
				t.Errorf("broken at %d, %q; want %d, %q", got.Broken, got.Reason, c.broken, c.reason)
			}
			if name != "a row of another chain" && report.OK() != (c.broken == 0) {
				t.Errorf("report: %+v", report)
			}
		})
	}
}

// A head that was turned back gives out the number of a row that is there. Every act
// on that chain says so, and none takes it for a record of its own that exists.
func TestAHeadThatWasTurnedBackIsDamage(t *testing.T) {
	b := newBackend(t, nil)
	b.alter(`UPDATE audit_heads SET seq = seq - 1`)
	_, err := b.AddUser(t.Context(), operator, api.NewUser{Ref: tanaka})
	wantCode(t, "a user", err, api.StoreCorrupt)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, _, err = b.MakeCheckpoint(ctx, operator)
	wantCode(t, "a checkpoint", err, api.StoreCorrupt)
}

// A column of another type is tampering too, and hides no other chain.
func TestARowThatDoesNotReadIsBroken(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.alter(`UPDATE audit SET at = 'abc' WHERE chain = '12345678901' AND seq = 2; UPDATE audit SET actor = 'x' WHERE chain = ''`)
	report := must(b.VerifyAudit(t.Context(), operator))
	for _, c := range report.Chains {
		want := int64(1)
		if c.ContractID == contractID {
			want = 2
		}
		if c.Broken != want || c.Reason != "edited" {
			t.Errorf("chain %q: broken at %d, %q; want %d, edited", c.ContractID, c.Broken, c.Reason, want)
		}
	}
	if len(report.Chains) != 2 {
		t.Errorf("%d chains in the report, want 2", len(report.Chains))
	}
}

// TestARowOfAnotherHistoryIsSeen puts a row in that was genuine once, at its
// place, before a backup was restored.
func TestARowOfAnotherHistoryIsSeen(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	b.alter(`CREATE TABLE head AS SELECT * FROM audit_heads`)
	wantCode(t, "a wrong code", b.complete(s, b.wrong(), newCSR(t)), api.OTPWrong)
	b.alter(`CREATE TABLE other AS SELECT * FROM audit WHERE outcome = 'otp_wrong';
		DELETE FROM audit WHERE outcome = 'otp_wrong';
		DELETE FROM audit_heads; INSERT INTO audit_heads SELECT * FROM head`)
	wantCode(t, "a drifted code", b.complete(s, b.code(5), newCSR(t)), api.OTPDrifted)
	must(b.acquire(tanaka, b.code(0), newCSR(t)))
	b.wantAuditOK()

	b.alter(`DELETE FROM audit WHERE outcome = 'otp_drifted'; INSERT INTO audit SELECT * FROM other`)
	for _, c := range must(b.VerifyAudit(t.Context(), operator)).Chains {
		if c.ContractID == contractID && (c.Broken != 4 || c.Reason != "edited") {
			t.Errorf("broken at %d, %q; want the row after it", c.Broken, c.Reason)
		}
	}
}

// TestRowsOfTheFirstReleaseHold puts a row in as the first release wrote it, which
// knew of no tokens.
func TestRowsOfTheFirstReleaseHold(t *testing.T) {
	b := newBackend(t, nil)
	var head []byte
	if err := b.db.QueryRow(`SELECT mac FROM audit WHERE chain = $1`, contractID).Scan(&head); err != nil {
		t.Fatal(err)
	}
	numbers := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, 2), uint64(start.Unix()))
	mac := b.key.Derive("audit").MAC(head, numbers, []byte(contractID), []byte("os:operator"), []byte("otp register"),
		[]byte("tanaka"), []byte("ok"), []byte(""), []byte("a reason"))
	b.alter(`INSERT INTO audit (chain, seq, at, actor, action, subject, outcome, serial, why, mac)
		VALUES ($1, 2, $2, 'os:operator', 'otp register', 'tanaka', 'ok', '', 'a reason', $3)`, contractID, start.Unix(), mac)
	b.alter(`UPDATE audit_heads SET seq = 2, mac = $1 WHERE chain = $2`, mac, contractID)
	b.addUser(tanaka)
	b.wantAuditOK()
}

// TestEverythingIsAudited reads the contract's chain after one of each act.
func TestEverythingIsAudited(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	s := b.begin(tanaka)
	wantCode(t, "a wrong code", b.complete(s, b.wrong(), newCSR(t)), api.OTPWrong)
	must(b.Resume(t.Context(), operator, tanaka))
	got := must(b.acquire(tanaka, b.code(0), newCSR(t)))
	must(b.Reissue(t.Context(), operator, tanaka))
	must(b.RemoveUser(t.Context(), operator, tanaka))

	type line struct{ Seq, Actor, Action, Subject, Outcome, Serial string }
	want := []line{
		{"1", "os:operator", "contract add", "", "ok", ""},
		{"2", "os:operator", "user add", "tanaka", "ok", ""},
		{"3", "holder", "acquire", "tanaka", "otp_wrong", ""},
		{"4", "os:operator", "user resume", "tanaka", "ok", ""},
		{"5", "holder", "acquire", "tanaka", "ok", got.Serial},
		{"6", "holder", "certificate", "tanaka", "ok", got.Serial},
		{"7", "os:operator", "user reissue", "tanaka", "ok", ""},
		{"8", "os:operator", "user remove", "tanaka", "ok", ""},
	}
	rows := must(b.db.Query(`SELECT seq, actor, action, subject, outcome, serial FROM audit WHERE chain = $1 ORDER BY seq`, contractID))
	defer rows.Close()
	for n := 0; rows.Next(); n++ {
		var l line
		if err := rows.Scan(&l.Seq, &l.Actor, &l.Action, &l.Subject, &l.Outcome, &l.Serial); err != nil {
			t.Fatal(err)
		}
		if n >= len(want) || l != want[n] {
			t.Errorf("row %d: %+v", n+1, l)
		}
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
	if n := b.counts()["audit"]; n != len(want)+1 {
		t.Errorf("%d rows, want %d and the operator's one", n, len(want))
	}
}
