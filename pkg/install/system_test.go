package install_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"certctl/pkg/install"
)

// recorder writes down the commands of a store, as far as they are the same each
// time, and gives the answers of a system that has what was added.
type recorder struct {
	t    *testing.T
	log  strings.Builder
	has  bool
	with string // what the answer to a question is where it has
}

func (r *recorder) run(_ context.Context, c install.Command) (string, string, error) {
	line := strings.Join(append([]string{c.Name}, c.Args...), " ")
	if script, ok := strings.CutPrefix(line, "powershell.exe -NoProfile -NonInteractive -EncodedCommand "); ok {
		line = "powershell.exe:\n" + decoded(r.t, script)
	}
	text := line + "\n" + strings.Join(c.Env, "\n") + "\n" + string(c.Stdin)
	password := regexp.MustCompile(`[A-Z2-7]{26}`).FindString(string(c.Stdin))
	if file := regexp.MustCompile(`[^ "=]*import\.p12`).FindString(text); file != "" {
		r.opens(file, password)
		text = strings.ReplaceAll(text, filepath.Dir(file), "TEMP")
	}
	for _, place := range append(c.Args, c.Env...) {
		if password != "" && strings.Contains(place, password) {
			r.t.Errorf("the password is in %q", place)
		}
	}
	if password != "" {
		text = strings.ReplaceAll(text, password, "PASSWORD")
		r.has = true
	}
	if strings.Contains(line, "delete-identity") || strings.Contains(line, "Remove-Item") {
		r.has = false
	}
	r.log.WriteString(strings.TrimRight(text, "\n") + "\n\n")
	if r.has {
		return r.with, "", nil
	}
	return "False\n", "", nil
}

// opens checks what is imported: the key, its certificate, and no root.
func (r *recorder) opens(file, password string) {
	data, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, _, issuers, err := pkcs12.DecodeChain(data, password); err != nil || len(issuers) != 0 {
		r.t.Errorf("the file has %d issuers: %v", len(issuers), err)
	}
}

func decoded(t *testing.T, script string) string {
	t.Helper()
	units, err := base64.StdEncoding.DecodeString(script)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(units), "\x00", "")
}

// Neither system is here: the commands are compared with those that were looked
// up for them.
func TestCommandsOfOtherSystems(t *testing.T) {
	t.Parallel()
	for goos, with := range map[string]string{"windows": "True\r\n", "darwin": "SHA-1 hash: %s\n"} {
		b := newAuthority(t).bundle(t, "ec")
		thumbprint := fmt.Sprintf("%X", sha1Of(b.Chain[0].Raw))
		r := &recorder{t: t, with: strings.Replace(with, "%s", thumbprint, 1)}
		place, ok := install.System(goos, "/Users/tanaka")
		if !ok {
			t.Fatalf("%s has no store", goos)
		}
		s, err := install.Open(place, install.Config{Run: r.run, TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if err := s.Remove(t.Context(), b.Chain[0]); err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(r.log.String(), thumbprint, "THUMBPRINT")
		golden := filepath.Join("..", "..", "testdata", "install", goos+".txt")
		want, err := os.ReadFile(golden)
		if err != nil || got != string(want) {
			t.Errorf("%s (%v) differs from\n%s", golden, err, got)
		}
	}
	if _, ok := install.System("linux", "/home/tanaka"); ok {
		t.Error("Linux has a store")
	}
}

// security(1) tells of no failure by its exit code.
func TestWhatIsNotThereAfterwardsIsAnError(t *testing.T) {
	t.Parallel()
	for _, kind := range []install.Kind{install.KindWindows, install.KindMacOS} {
		nothing := func(context.Context, install.Command) (string, string, error) { return "", "", nil }
		s, err := install.Open(install.Place{Kind: kind, Path: "k"}, install.Config{Run: nothing, TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(t.Context(), newAuthority(t).bundle(t, "ec")); !errors.Is(err, install.ErrNotThere) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
