package keyring_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
)

const prefix = "0123456789abcdef0123456789abcdef"

// providers are the keyrings that the contract is tested on. nil is the one of
// the operating system, here a GNOME Keyring of the test's own.
func providers(t *testing.T, test func(t *testing.T, p keyring.Provider)) {
	t.Helper()
	t.Run("fake", func(t *testing.T) { test(t, keyringtest.NewFake()) })
	t.Run("gnome-keyring", func(t *testing.T) {
		keyringtest.Start(t)
		test(t, nil)
	})
}

func config(t testing.TB, p keyring.Provider) keyring.Config {
	return keyring.Config{Prefix: prefix, LockFile: filepath.Join(t.TempDir(), "lock"), Provider: p}
}

// sizes are around every border: empty, one item, two, the most, too many.
var sizes = []int{0, 1, 2047, 2048, 2049, 4096, 4097, 8000, 16 * 2048}

func TestPutGetDelete(t *testing.T) {
	providers(t, func(t *testing.T, p keyring.Provider) {
		ctx, s := t.Context(), keyring.Open(config(t, p))
		if _, err := s.Get(ctx, "name/cur"); !errors.Is(err, keyring.ErrNotFound) {
			t.Fatalf("Get of nothing: %v", err)
		}
		if err := s.Delete(ctx, "name/cur"); err != nil {
			t.Fatalf("Delete of nothing: %v", err)
		}
		for _, size := range sizes {
			want := value(size)
			if err := s.Put(ctx, "name/cur", want); err != nil {
				t.Fatalf("Put of %d bytes: %v", size, err)
			}
			got, err := s.Get(ctx, "name/cur")
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("Get of %d bytes: %d bytes, %v", size, len(got), err)
			}
		}
		if err := s.Put(ctx, "name/cur", value(16*2048+1)); !errors.Is(err, keyring.ErrTooBig) {
			t.Errorf("Put of too much: %v", err)
		}
		if err := s.Delete(ctx, "name/cur"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(ctx, "name/cur"); !errors.Is(err, keyring.ErrNotFound) {
			t.Errorf("Get of what was deleted: %v", err)
		}
	})
}

func TestKeysAndPrefixesAreApart(t *testing.T) {
	providers(t, func(t *testing.T, p keyring.Provider) {
		ctx := t.Context()
		one, two := config(t, p), config(t, p)
		two.Prefix = strings.Repeat("f", 32)
		a, b := keyring.Open(one), keyring.Open(two)
		put := map[string]*keyring.Store{"x/cur": a, "y/cur": a, "~pending/0123456789abcdef": a}
		for key, s := range put {
			if err := s.Put(ctx, key, []byte(key)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Get(ctx, "x/cur"); !errors.Is(err, keyring.ErrNotFound) {
			t.Errorf("another prefix sees it: %v", err)
		}
		if err := a.Delete(ctx, "x/cur"); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Get(ctx, "y/cur"); err != nil || string(got) != "y/cur" {
			t.Errorf("Get of another key: %q, %v", got, err)
		}
	})
}

func TestProbeLeavesNothing(t *testing.T) {
	fake := keyringtest.NewFake()
	if err := keyring.Open(config(t, fake)).Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if items := fake.Items(); len(items) != 0 {
		t.Errorf("left: %v", items)
	}
}

// A value of the size of the default bundle is one item, so that a person can
// look at it with the keyring's own tools.
func TestOneItemWhereItFits(t *testing.T) {
	fake := keyringtest.NewFake()
	s := keyring.Open(config(t, fake))
	for size, want := range map[int]int{0: 1, 2048: 1, 2049: 2, 8192: 4} {
		if err := s.Put(t.Context(), "k", value(size)); err != nil {
			t.Fatal(err)
		}
		if items := fake.Items(); len(items) != want {
			t.Errorf("%d bytes are %v", size, items)
		}
	}
}

// A keyring that loses or changes what it was given must not cost the old
// value.
func TestAMisleadingKeyringIsFoundAndCostsNothing(t *testing.T) {
	lies := map[string]func(account, value string) (string, bool){
		"drops":     func(string, string) (string, bool) { return "", false },
		"truncates": func(_, v string) (string, bool) { return v[:len(v)/2], true },
		"mangles":   func(_, v string) (string, bool) { return strings.ToValidUTF8(v, "\uFFFD"), true },
		"drops the second": func(account, v string) (string, bool) {
			return v, !strings.HasSuffix(account, "/1")
		},
	}
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			ctx, fake := t.Context(), keyringtest.NewFake()
			s := keyring.Open(config(t, fake))
			old := value(3000)
			if err := s.Put(ctx, "k", old); err != nil {
				t.Fatal(err)
			}
			fake.OnSet(lie)
			if err := s.Put(ctx, "k", value(5000)); !errors.Is(err, keyring.ErrReadBack) {
				t.Errorf("Put: %v, want ErrReadBack", err)
			}
			if got, err := s.Get(ctx, "k"); err != nil || !bytes.Equal(got, old) {
				t.Errorf("the old value: %d bytes, %v", len(got), err)
			}
		})
	}
}

func TestDamageIsTold(t *testing.T) {
	ctx, fake := t.Context(), keyringtest.NewFake()
	s := keyring.Open(config(t, fake))
	if err := s.Put(ctx, "k", value(5000)); err != nil {
		t.Fatal(err)
	}
	if err := fake.Delete("certctl", prefix+"/k/a/2"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, "k"); !errors.Is(err, keyring.ErrDamaged) {
		t.Errorf("Get with an item gone: %v", err)
	}
	if err := s.Put(ctx, "k", value(100)); err != nil {
		t.Fatal(err)
	}
	if items := fake.Items(); len(items) != 1 {
		t.Errorf("after Put: %v", items)
	}
}

// value is n bytes of which none can be mistaken for another's, not UTF-8.
func value(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d/%d\xff\x80\n", i, n)
	}
	return b.Bytes()[:n]
}
