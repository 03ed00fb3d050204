package wallet_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
	"certctl/pkg/wallet"
)

// place is where a wallet is kept and outlives its process.
type place struct {
	open func(around wallet.Around) *wallet.Wallet
	// held returns the names of what the Box holds, without opening it:
	// NAME/cur and ~pending/….
	held func() []string
}

var places = map[string]func(t *testing.T) place{"files": filePlace, "keyring": keyringPlace}

func filePlace(t *testing.T) place {
	dir := t.TempDir()
	return place{
		open: func(around wallet.Around) *wallet.Wallet { return fileWallet(dir, around) },
		held: func() (keys []string) {
			for _, f := range files(t, dir) {
				if name, ok := strings.CutSuffix(f, ".p12"); ok {
					keys = append(keys, name+"/cur")
				}
				if name, ok := strings.CutSuffix(f, ".p12.old"); ok {
					keys = append(keys, name+"/old")
				}
				if hex, ok := strings.CutPrefix(f, "~pending-"); ok {
					keys = append(keys, "~pending/"+strings.TrimSuffix(hex, ".key"))
				}
				if strings.HasSuffix(f, ".certctl-tmp") {
					keys = append(keys, f)
				}
			}
			return keys
		},
	}
}

func keyringPlace(t *testing.T) place {
	dir, fake := t.TempDir(), keyringtest.NewFake()
	return place{
		open: func(around wallet.Around) *wallet.Wallet {
			box := wallet.NewKeyringBox(dir, keyring.Config{Provider: fake}, around)
			return wallet.Open(wallet.Config{Dir: dir, Box: box, Around: around})
		},
		held: func() (keys []string) {
			for _, item := range fake.Items() { // certctl:<id>/<key>/<a|b>/<n>
				parts := strings.Split(item, "/")
				keys = append(keys, strings.Join(parts[1:len(parts)-2], "/"))
			}
			return slices.Compact(keys)
		},
	}
}

// step is one call that changes a wallet, with what it needs to be there.
type step struct {
	name    string
	prepare func(t *testing.T, w *wallet.Wallet)
	do      func(t *testing.T, w *wallet.Wallet) error
}

// certificates of tanaka for the steps.
type certificates struct{ first, second, third wallet.Bundle }

// renew puts b in the place of old, which is kept.
func (c certificates) renew(old, b wallet.Bundle) func(t *testing.T, w *wallet.Wallet) error {
	return func(t *testing.T, w *wallet.Wallet) error {
		_, err := w.Succeed(t.Context(), entry("name"), b.Key, b.Chain, old.Chain[0].SerialNumber.Text(16))
		return err
	}
}

func (c certificates) put(b wallet.Bundle) func(t *testing.T, w *wallet.Wallet) error {
	return func(t *testing.T, w *wallet.Wallet) error {
		_, err := w.Put(t.Context(), entry("name"), b.Key, b.Chain)
		return err
	}
}

func (c certificates) pend(b wallet.Bundle) func(t *testing.T, w *wallet.Wallet) error {
	return func(t *testing.T, w *wallet.Wallet) error {
		return w.PutPending(t.Context(), tanaka, pending(t, b.Key, "name"))
	}
}

func (c certificates) steps() []step {
	nothing := func(*testing.T, *wallet.Wallet) {}
	all := func(do ...func(*testing.T, *wallet.Wallet) error) func(*testing.T, *wallet.Wallet) {
		return func(t *testing.T, w *wallet.Wallet) {
			for _, d := range do {
				if err := d(t, w); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	remove := func(t *testing.T, w *wallet.Wallet) error { return w.Remove(t.Context(), "name") }
	dropOld := func(t *testing.T, w *wallet.Wallet) error { return w.DropOld(t.Context(), "name") }
	unpend := func(t *testing.T, w *wallet.Wallet) error { return w.RemovePending(t.Context(), tanaka) }
	return []step{
		{"the first pending key", nothing, c.pend(c.first)},
		{"the first certificate", all(c.pend(c.first)), c.put(c.first)},
		{"its pending key goes", all(c.pend(c.first), c.put(c.first)), unpend},
		{"another pending key", all(c.put(c.first)), c.pend(c.second)},
		{"another certificate", all(c.put(c.first), c.pend(c.second)), c.put(c.second)},
		{"the same certificate", all(c.put(c.first)), c.put(c.first)},
		{"the entry goes", all(c.put(c.first)), remove},
		{"a successor", all(c.put(c.first), c.pend(c.second)), c.renew(c.first, c.second)},
		{"a successor's successor", all(c.put(c.first), c.renew(c.first, c.second)), c.renew(c.second, c.third)},
		{"the old one goes", all(c.put(c.first), c.renew(c.first, c.second)), dropOld},
		{"the entry goes with its old one", all(c.put(c.first), c.renew(c.first, c.second)), remove},
	}
}

// A change that is cut off anywhere leaves what was there or what was to be;
// once somebody has looked again there is nothing in the Box that the
// directory does not name, and nothing named that the Box does not have.
func TestCuts(t *testing.T) {
	a := newAuthority(t, "ec-p256", "Test")
	var c certificates
	for _, b := range []*wallet.Bundle{&c.first, &c.second, &c.third} {
		key := newKey(t, "ec-p256")
		*b = wallet.Bundle{Key: key, Chain: a.chain(t, key.Public(), tanaka)}
	}
	for kind, start := range places {
		for _, step := range c.steps() {
			t.Run(kind+"/"+step.name, func(t *testing.T) {
				t.Parallel()
				effects := keyringtest.EveryCut(func(cut *keyringtest.Cut) bool {
					p := start(t)
					step.prepare(t, p.open(nil))
					w := p.open(cut.Around)
					cutOff := cut.Run(t, func() error { return step.do(t, w) })
					settled(t, cut, p)
					repeated(t, cut, p, step)
					return cutOff
				})
				t.Logf("cut at each of %d effects", effects)
			})
		}
	}
}

// settled looks for a pending key, as every acquisition does first, and at what
// is there then.
func settled(t *testing.T, cut *keyringtest.Cut, p place) {
	t.Helper()
	ctx, w := t.Context(), p.open(nil)
	other := wallet.Owner{Backend: "other"}
	if _, err := w.Pending(ctx, other); !errors.Is(err, wallet.ErrNotFound) {
		t.Fatalf("%v: the next look: %v", cut, err)
	}
	entries, err := w.Entries(ctx)
	if err != nil || len(entries) > 1 {
		t.Fatalf("%v: entries %+v, %v", cut, entries, err)
	}
	for _, e := range entries {
		b, err := w.Bundle(ctx, e.Name)
		if err != nil {
			t.Fatalf("%v: %v", cut, err)
		}
		if e.Serial != b.Chain[0].SerialNumber.Text(16) || len(b.Chain) != 3 {
			t.Fatalf("%v: the entry is not its bundle's", cut)
		}
	}
	oldWhole := settledOld(t, cut, w)
	for _, key := range p.held() {
		if key == "name/old" {
			if !oldWhole {
				t.Fatalf("%v: an old bundle that nothing names", cut)
			}
			continue
		}
		if key == "name/cur" && len(entries) == 0 {
			t.Fatalf("%v: a bundle without an entry", cut)
		}
		if _, err := w.Pending(ctx, tanaka); key != "name/cur" && err != nil {
			t.Fatalf("%v: %s is held, and not to be had: %v", cut, key, err)
		}
	}
}

// settledOld tells whether there is an old certificate. It has its key then, and
// is not the entry's own.
func settledOld(t *testing.T, cut *keyringtest.Cut, w *wallet.Wallet) bool {
	t.Helper()
	old, err := w.Old(t.Context(), "name")
	if errors.Is(err, wallet.ErrNotFound) {
		return false
	}
	if err != nil {
		t.Fatalf("%v: the old one: %v", cut, err)
	}
	b, err := w.OldBundle(t.Context(), "name")
	if err != nil || old.Serial != b.Chain[0].SerialNumber.Text(16) || len(b.Chain) != 3 {
		t.Fatalf("%v: the old one is not its bundle's: %v", cut, err)
	}
	if e, err := w.Entry(t.Context(), "name"); err != nil || e.Serial == old.Serial {
		t.Fatalf("%v: the old one is the entry's own, %v", cut, err)
	}
	return true
}

// repeated does the step again, as a person does, and then removes everything.
func repeated(t *testing.T, cut *keyringtest.Cut, p place, step step) {
	t.Helper()
	ctx, w := t.Context(), p.open(nil)
	if err := step.do(t, w); err != nil && !errors.Is(err, wallet.ErrNotFound) {
		t.Fatalf("%v: again: %v", cut, err)
	}
	settled(t, cut, p)
	if err := w.RemovePending(ctx, tanaka); err != nil {
		t.Fatal(err)
	}
	if err := w.Remove(ctx, "name"); err != nil && !errors.Is(err, wallet.ErrNotFound) {
		t.Fatal(err)
	}
	if held := p.held(); len(held) != 0 {
		t.Fatalf("%v: after everything was removed: %v", cut, held)
	}
}
