package wallet_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"certctl/pkg/wallet"
)

// put keeps something in the file wallet in dir, which makes wallet.key where
// there is none.
func put(t *testing.T, dir string, key wallet.FileKey) error {
	t.Helper()
	return wallet.NewFileBox(dir, key, nil).Put(t.Context(), somePending, wallet.Secret{Data: []byte("data")})
}

func get(t *testing.T, dir string, key wallet.FileKey) error {
	t.Helper()
	_, err := wallet.NewFileBox(dir, key, nil).Get(t.Context(), somePending)
	return err
}

func TestTheRightChoiceOpensTheFileWallet(t *testing.T) {
	none := wallet.FileKey{Unwrapped: true}
	right := wallet.FileKey{Password: password("correct horse")}
	wrong := wallet.FileKey{Password: password("battery staple")}
	for _, test := range []struct {
		name       string
		made, open wallet.FileKey
		want       error
	}{
		{"right password", right, right, nil},
		{"wrong password", right, wrong, wallet.ErrPassword},
		{"none for one with a password", right, none, wallet.ErrWrapped},
		{"no choice for one with a password", right, wallet.FileKey{}, wallet.ErrNoPassword},
		{"none", none, none, nil},
		{"a password for one without", none, right, wallet.ErrUnwrapped},
		{"no choice for one without", none, wallet.FileKey{}, wallet.ErrNoPassword},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := put(t, dir, test.made); err != nil {
				t.Fatal(err)
			}
			if err := get(t, dir, test.open); !errors.Is(err, test.want) {
				t.Errorf("Get: %v, want %v", err, test.want)
			}
			if err := put(t, dir, test.open); !errors.Is(err, test.want) {
				t.Errorf("Put: %v, want %v", err, test.want)
			}
		})
	}
}

func TestNoFileWalletWithoutAChoice(t *testing.T) {
	dir := t.TempDir()
	for name, key := range map[string]wallet.FileKey{
		"no choice":      {},
		"empty password": {Password: password("")},
	} {
		if err := put(t, dir, key); !errors.Is(err, wallet.ErrNoPassword) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cancelled := errors.New("the person went away")
	key := wallet.FileKey{Password: func(context.Context, bool) (string, error) { return "", cancelled }}
	if err := put(t, dir, key); !errors.Is(err, cancelled) {
		t.Errorf("cancelled: %v", err)
	}
	if made := files(t, dir); len(made) != 0 {
		t.Errorf("files: %v", made)
	}
}

// The password is asked for once, late, and with the word whether it is new.
func TestThePasswordIsAskedForOnceAndOnlyForSecrets(t *testing.T) {
	dir := t.TempDir()
	for _, creating := range []bool{true, false} {
		var asked []bool
		key := wallet.FileKey{Password: func(_ context.Context, creating bool) (string, error) {
			asked = append(asked, creating)
			return "correct horse", nil
		}}
		w := wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewFileBox(dir, key, nil)})
		if _, err := w.Entries(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Pending(t.Context(), wallet.Owner{}); !errors.Is(err, wallet.ErrNotFound) {
			t.Fatal(err)
		}
		if len(asked) != 0 {
			t.Fatal("asked for what is public or not there")
		}
		for range 2 {
			if err := w.PutPending(t.Context(), tanaka, pending(t, newKey(t, "ed25519"), "name")); err != nil {
				t.Fatal(err)
			}
		}
		if len(asked) != 1 || asked[0] != creating {
			t.Errorf("asked %v, want once with %v", asked, creating)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "wallet")
	w := fileWallet(dir, nil)
	if err := w.PutPending(t.Context(), tanaka, pending(t, newKey(t, "ec-p256"), "name")); err != nil {
		t.Fatal(err)
	}
	b := kept(t, "ec-p256")
	if _, err := w.Put(t.Context(), entry("name"), b.Key, b.Chain); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if mode(t, dir) != 0o700 {
		t.Errorf("%s has mode %o", dir, mode(t, dir))
	}
	for _, f := range files(t, dir) {
		if m := mode(t, filepath.Join(dir, f)); m != 0o600 {
			t.Errorf("%s has mode %o", f, m)
		}
	}
	for _, loose := range []os.FileMode{0o640, 0o604, 0o660} {
		if err := os.Chmod(filepath.Join(dir, "wallet.key"), loose); err != nil {
			t.Fatal(err)
		}
		if _, err := fileWallet(dir, nil).Bundle(t.Context(), "name"); !errors.Is(err, wallet.ErrLoose) {
			t.Errorf("wallet.key of mode %o: %v", loose, err)
		}
	}
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// What lies on the disk is of no use without the password.
func TestTheFilesDoNotShowTheKey(t *testing.T) {
	dir := t.TempDir()
	box := wallet.NewFileBox(dir, wallet.FileKey{Password: password("correct horse")}, nil)
	w := wallet.Open(wallet.Config{Dir: dir, Box: box})
	p := pending(t, newKey(t, "ed25519"), "name")
	if err := w.PutPending(t.Context(), tanaka, p); err != nil {
		t.Fatal(err)
	}
	for _, f := range files(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"correct horse", string(p.PKCS8), "pkcs8"} {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s shows a secret", f)
			}
		}
	}
}

// A sealed file that was put in another's place, or changed, does not open.
func TestFilesThatWereChangedAreDamaged(t *testing.T) {
	dir := t.TempDir()
	key := wallet.FileKey{Unwrapped: true}
	if err := put(t, dir, key); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "~pending-0123456789abcdef.key")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := "~pending/fedcba9876543210"
	writeFile(t, filepath.Join(dir, "~pending-fedcba9876543210.key"), string(data))
	if _, err := wallet.NewFileBox(dir, key, nil).Get(t.Context(), other); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("another's file: %v", err)
	}
	data[len(data)-1] ^= 1
	writeFile(t, file, string(data))
	if err := get(t, dir, key); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("a changed file: %v", err)
	}
	for _, content := range []string{"", "{}", `{"version":2}`, `{"version":1}`, `{"version":1,"key":"AAAA"}`} {
		writeFile(t, filepath.Join(dir, "wallet.key"), content)
		if err := get(t, dir, key); !errors.Is(err, wallet.ErrDamaged) {
			t.Errorf("wallet.key %q: %v", content, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "wallet.key")); err != nil {
		t.Fatal(err)
	}
	if err := get(t, dir, key); !errors.Is(err, wallet.ErrDamaged) {
		t.Errorf("without wallet.key: %v", err)
	}
}

func TestWrongPasswordIsAskedForAgain(t *testing.T) {
	dir := t.TempDir()
	if err := put(t, dir, wallet.FileKey{Password: password("right")}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		tries, asked int
		passwords    []string
		want         error
	}{
		{0, 1, []string{"wrong", "right"}, wallet.ErrPassword},
		{3, 1, []string{"right", "wrong"}, nil},
		{3, 3, []string{"wrong", "wronger", "right"}, nil},
		{3, 3, []string{"wrong", "wronger", "wrongest", "right"}, wallet.ErrPassword},
	} {
		asked := 0
		err := get(t, dir, wallet.FileKey{Tries: test.tries, Password: func(context.Context, bool) (string, error) {
			asked++
			return test.passwords[asked-1], nil
		}})
		if !errors.Is(err, test.want) || asked != test.asked {
			t.Errorf("%d tries of %v: %v after %d, want %v after %d", test.tries, test.passwords, err, asked, test.want, test.asked)
		}
	}
}
