package main

import (
	"slices"
	"strings"
	"testing"
)

// ours says which packages of this module a package may import: the holder's
// half and the issuing half meet in api alone, the pure packages need none of
// us. Tests may import anything.
func ours() map[string][]string {
	return map[string][]string{
		"cmd/certctl":   {"pkg/cli"},
		"cmd/gen":       {"pkg/cli", "pkg/i18n"},
		"pkg/cli":       {"*"},
		"pkg/prompt":    {"pkg/api", "pkg/i18n"},
		"pkg/enroll":    {"pkg/api", "pkg/wallet"},
		"pkg/install":   {"pkg/wallet"},
		"pkg/wallet":    {"pkg/keyring"},
		"pkg/httpapi":   {"pkg/api"},
		"pkg/issuer":    {"pkg/api", "pkg/backup", "pkg/ca", "pkg/otp", "pkg/seal", "pkg/store"},
		"pkg/inventory": {"pkg/otp"},
		"pkg/store":     {"pkg/api", "pkg/otp"},
		"pkg/api":       {},
		"pkg/otp":       {},
		"pkg/ca":        {},
		"pkg/backup":    {},
		"pkg/seal":      {},
		"pkg/keyring":   {},
		"pkg/keyfile":   {},
		"pkg/proxy":     {},
		"pkg/schedule":  {},
		"pkg/i18n":      {},
		"pkg/mail":      {},
		"pkg/roster":    {"pkg/api"},
	}
}

// theirs says which packages may import a module that is kept to one place:
// each of these has traps that its one user knows. A key ends at a path
// element.
func theirs() map[string][]string {
	return map[string][]string{
		"github.com/zalando/go-keyring": {"pkg/keyring"},
		"github.com/godbus/dbus":        {"pkg/keyring"},
		"charm.land":                    {"pkg/prompt"},
		"github.com/charmbracelet":      {"pkg/prompt"},
		"github.com/spf13/cobra":        {"pkg/cli", "cmd/gen"},
		"github.com/spf13/pflag":        {"pkg/cli", "cmd/gen"},
		"github.com/spf13/viper":        {"pkg/cli"},
		"modernc.org/sqlite":            {"pkg/store"},
		"github.com/jackc/pgx":          {"pkg/store"},
		"github.com/pressly/goose":      {"pkg/store"},
		"github.com/go-jose/go-jose":    {"pkg/api"},
		"database/sql":                  {"pkg/store"},
		"github.com/wneessen/go-mail":   {"pkg/mail"},
		"filippo.io/age":                {"pkg/backup"},
		"net/http":                      {"pkg/httpapi", "pkg/proxy"},
	}
}

func TestImportsOfOurPackages(t *testing.T) {
	table := ours()
	for _, s := range sources(t) {
		allowed, known := table[s.dir]
		if !known {
			t.Errorf("%s: package %s is not in the import table", s.path, s.dir)
			continue
		}
		for _, path := range s.imports(t) {
			own, isOurs := strings.CutPrefix(path, "certctl/")
			fits := slices.Contains(allowed, own) || slices.Contains(allowed, "*") && !isTestPackage(own)
			if !isOurs || fits {
				continue
			}
			t.Errorf("%s imports %s; package %s may import %v", s.path, path, s.dir, allowed)
		}
	}
}

func TestImportsKeptToOnePackage(t *testing.T) {
	for _, s := range sources(t) {
		for _, path := range s.imports(t) {
			users, kept := keptFor(path)
			if kept && !slices.Contains(users, s.dir) {
				t.Errorf("%s imports %s, which only %v may", s.path, path, users)
			}
		}
	}
}

func TestKeyEndsAtAPathElement(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/spf13/cobra":             "pkg/cli cmd/gen",
		"github.com/spf13/cobra/doc":         "pkg/cli cmd/gen",
		"github.com/pressly/goose/v3":        "pkg/store",
		"github.com/zalando/go-keyring":      "pkg/keyring",
		"github.com/zalando/go-keyring-else": "",
	} {
		users, _ := keptFor(path)
		if got := strings.Join(users, " "); got != want {
			t.Errorf("%s is kept for %q, want %q", path, got, want)
		}
	}
}

// keptFor returns the packages that may import path, and whether it is kept
// to some at all.
func keptFor(path string) (users []string, kept bool) {
	for key, packages := range theirs() {
		if path == key || strings.HasPrefix(path, key+"/") {
			return packages, true
		}
	}
	return nil, false
}
