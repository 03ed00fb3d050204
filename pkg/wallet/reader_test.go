package wallet_test

import (
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certctl/pkg/wallet"
)

// exported writes what is for a reader to a file, with the password in another.
func exported(t *testing.T, r wallet.Reader, keyType string) (file, passwordFile string) {
	t.Helper()
	o, err := r.Options(keyType)
	if err != nil {
		t.Fatal(err)
	}
	o.Password = exportPassword
	data, err := kept(t, keyType).Export(o)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file, passwordFile = filepath.Join(dir, "export.p12"), filepath.Join(dir, "password")
	writeFile(t, file, string(data))
	writeFile(t, passwordFile, exportPassword)
	return file, passwordFile
}

func TestReadersOpenWhatIsForThem(t *testing.T) {
	t.Parallel()
	for r, name := range map[wallet.Reader]string{wallet.ReaderOpenSSL: "openssl", wallet.ReaderNSS: "nss"} {
		file, _ := exported(t, r, "ec-p256")
		if out, err := readers[name](t, file); err != nil || !strings.Contains(out, shows[name]) {
			t.Errorf("%s does not open it: %v\n%s", r, err, out)
		}
	}
}

// There is no Windows and no macOS here: openssl says whether a file is what
// they are known to open.
func TestFilesForWindowsAndMacOS(t *testing.T) {
	t.Parallel()
	for r, want := range map[wallet.Reader]string{
		wallet.ReaderWindows: `MAC: sha256, Iteration 250000\n(.*\n)*.*PBKDF2, AES-256-CBC, Iteration 250000, PRF hmacWithSHA256`,
		wallet.ReaderMacOS:   `MAC: sha1, Iteration 1\n(.*\n)*.*pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048`,
	} {
		file, _ := exported(t, r, "rsa-2048")
		out, err := output(exec.Command("openssl", "pkcs12", "-in", file, "-passin", "pass:"+exportPassword, "-noout", "-info"))
		if err != nil || !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("for %s: %v\n%s", r, err, out)
		}
	}
}

func TestReadersThatCannotUseAKey(t *testing.T) {
	t.Parallel()
	for _, r := range wallet.Readers() {
		_, err := r.Options("ed25519")
		can := slices.Contains([]wallet.Reader{wallet.ReaderOpenSSL, wallet.ReaderJava}, r)
		if can != (err == nil) || !can && !errors.Is(err, wallet.ErrKeyType) {
			t.Errorf("%s and Ed25519: %v", r, err)
		}
	}
	if _, err := wallet.Reader("netscape").Options("ec-p256"); err == nil {
		t.Error("a reader that nobody knows")
	}
}

// The cost of a password that a person chose is not lost on the way.
func TestExportHashesOftenEnough(t *testing.T) {
	t.Parallel()
	for _, r := range wallet.Readers() {
		o, err := r.Options("ec-p256")
		if err != nil || o.Iterations != 0 && o.Iterations < 250_000 {
			t.Errorf("for %s: %+v, %v", r, o, err)
		}
	}
}
