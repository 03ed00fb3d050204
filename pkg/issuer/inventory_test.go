package issuer_test

import (
	"errors"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

func TestImportIsAllOrNothingAndIdempotent(t *testing.T) {
	b := newBackend(t, nil)
	token := func(serial string) api.InventoryToken {
		return api.InventoryToken{Serial: serial, Params: hotp(), Secret: b.token().Secret}
	}
	ctx := t.Context()
	if n := must(b.ImportTokens(ctx, operator, "", []api.InventoryToken{token("A"), token("B")})); n != 2 {
		t.Errorf("%d new, want 2", n)
	}
	must(b.addWith(tanaka, api.NewToken{Serial: "A"}))
	must(b.acquire(tanaka, b.count(0), newCSR(t)))
	stored := b.dump(`SELECT serial, next_step FROM tokens ORDER BY serial`)
	if n := must(b.ImportTokens(ctx, operator, "", []api.InventoryToken{token("A"), token("B")})); n != 0 {
		t.Errorf("%d new again, want 0", n)
	}
	if again := b.dump(`SELECT serial, next_step FROM tokens ORDER BY serial`); again != stored {
		t.Errorf("a second import changed\n%s to\n%s", stored, again)
	}
	other := token("B")
	other.Secret = api.Secret(otp.EncodeSecret(otp.DefaultParams().NewSecret()))
	for name, tokens := range map[string][]api.InventoryToken{
		"another secret": {token("C"), other}, "twice": {token("C"), token(" c ")}, "no serial": {token("C"), token("")},
		"a negative counter": {token("C"), {Serial: "D", Params: hotp(), Secret: token("D").Secret, Counter: -1}},
		"no parameters":      {token("C"), {Serial: "D", Secret: token("D").Secret}},
	} {
		if _, err := b.ImportTokens(ctx, operator, "", tokens); err == nil {
			t.Errorf("%s: imported", name)
		}
	}
	_, err := b.ImportTokens(ctx, operator, "99999999999", []api.InventoryToken{token("C")})
	wantCode(t, "a contract that is not there", err, api.NotFound)
	if n := b.counts()["tokens"]; n != 2 {
		t.Errorf("%d tokens, want 2", n)
	}
	b.wantAuditOK()
}

// TestAnImportCutShortLeavesNothing has the import of two tokens die before each of
// its effects on the database, and runs it again.
func TestAnImportCutShortLeavesNothing(t *testing.T) {
	b := newBackend(t, nil)
	died := errors.New("died")
	var left int
	st := must(store.Open(t.Context(), b.path, store.Options{Around: func(_ string, do func() error) error {
		if left--; left < 0 {
			return died
		}
		return do()
	}}))
	defer st.Close()
	left = 1000
	mortal := must(issuer.Open(t.Context(), st, b.key, issuer.Config{Now: b.clock.now}))
	tokens := []api.InventoryToken{
		{Serial: "A", Params: hotp(), Secret: b.token().Secret}, {Serial: "B", Params: hotp(), Secret: b.token().Secret},
	}
	for n := 0; ; n++ {
		left = n
		added, err := mortal.ImportTokens(t.Context(), operator, contractID, tokens)
		if err == nil {
			if added != 2 || b.counts()["tokens"] != 2 || n < 7 {
				t.Errorf("after %d effects: %d new, %v", n, added, b.counts())
			}
			break
		}
		if !errors.Is(err, died) || b.counts()["tokens"] != 0 {
			t.Fatalf("died before effect %d: %v, %v", n+1, err, b.counts())
		}
	}
	left = 1000
	if added := must(mortal.ImportTokens(t.Context(), operator, contractID, tokens)); added != 0 {
		t.Errorf("%d new again", added)
	}
	b.wantAuditOK()
}
