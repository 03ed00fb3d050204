package install_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"certctl/pkg/install"
)

func TestDatabasesOfBrowsersAreFound(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	put := func(file, text string) {
		path := filepath.Join(home, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{
		".pki/nssdb":                                      "Chromium",
		".local/share/pki/nssdb":                          "Chromium",
		"snap/chromium/123/.pki/nssdb":                    "",
		"snap/chromium/current/.pki/nssdb":                "snap",
		".var/app/org.chromium.Chromium/.pki/nssdb":       "flatpak",
		".var/app/com.brave.Browser/data/pki/nssdb":       "flatpak",
		".mozilla/firefox/ab.default":                     "Firefox",
		".mozilla/firefox/cd.work":                        "Firefox",
		"snap/firefox/common/.mozilla/firefox/x":          "Firefox",
		".var/app/org.mozilla.firefox/.mozilla/firefox/y": "Firefox",
		"profiles/outside":                                "Firefox",
		"xdg/pki/nssdb":                                   "Chromium",
	}
	for dir := range want {
		if dir != "snap/chromium/current/.pki/nssdb" {
			put(filepath.Join(dir, "cert9.db"), "")
		}
	}
	if err := os.Symlink("123", filepath.Join(home, "snap/chromium/current")); err != nil {
		t.Fatal(err)
	}
	put(".mozilla/firefox/Crash Reports/events/x", "")
	put(".mozilla/firefox/profiles.ini", "[Profile0]\nName=default\nIsRelative=1\nPath=ab.default\n\n"+
		"[Profile1]\nIsRelative=0\nPath="+filepath.Join(home, "profiles/outside")+"\n[Profile2]\nPath=/gone\n")
	found := install.FindNSS(home, filepath.Join(home, "xdg"))
	for dir, program := range want {
		place := install.Place{Kind: install.KindNSS, Path: filepath.Join(home, dir), Program: program}
		if slices.Contains(found, place) != (program != "") {
			t.Errorf("%s of %q: found is %v", dir, program, found)
		}
	}
	if len(found) != len(want)-1 {
		t.Errorf("%d found: %v", len(found), found)
	}
	if found := install.FindNSS(t.TempDir(), "relative"); len(found) != 0 {
		t.Errorf("in an empty home: %v", found)
	}
}
