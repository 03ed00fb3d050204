package install

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// databases says where programs keep their NSS databases, relative to the home
// directory; "*" is any name.
func databases() []Place {
	return []Place{
		{KindNSS, ".pki/nssdb", "Chromium"},
		{KindNSS, ".local/share/pki/nssdb", "Chromium"},
		{KindNSS, "snap/*/current/.pki/nssdb", "snap"},
		{KindNSS, "snap/*/current/.local/share/pki/nssdb", "snap"},
		{KindNSS, ".var/app/*/.pki/nssdb", "flatpak"},
		{KindNSS, ".var/app/*/data/pki/nssdb", "flatpak"},
		{KindNSS, ".mozilla/firefox/*", "Firefox"},
		{KindNSS, ".config/mozilla/firefox/*", "Firefox"},
		{KindNSS, "Library/Application Support/Firefox/Profiles/*", "Firefox"},
		{KindNSS, "snap/firefox/common/.mozilla/firefox/*", "Firefox"},
		{KindNSS, ".var/app/org.mozilla.firefox/.mozilla/firefox/*", "Firefox"},
		{KindNSS, ".var/app/org.mozilla.firefox/config/mozilla/firefox/*", "Firefox"},
	}
}

// FindNSS returns the NSS databases of the browsers of the user with this home
// directory, each once. dataHome is where XDG_DATA_HOME is set to; it may be
// empty.
func FindNSS(home, dataHome string) []Place {
	patterns := databases()
	for i := range patterns {
		patterns[i].Path = filepath.Join(home, patterns[i].Path)
	}
	if filepath.IsAbs(dataHome) {
		patterns = append(patterns, Place{KindNSS, filepath.Join(dataHome, "pki", "nssdb"), "Chromium"})
	}
	found := []Place{}
	var real []string // without symbolic links
	add := func(dir, program string) {
		if _, err := os.Stat(filepath.Join(dir, databaseFile)); err != nil {
			return
		}
		resolved, err := filepath.EvalSymlinks(dir)
		if err != nil || slices.Contains(real, resolved) {
			return
		}
		real = append(real, resolved)
		found = append(found, Place{KindNSS, dir, program})
	}
	for _, p := range patterns {
		dirs, err := filepath.Glob(p.Path)
		if err != nil {
			continue // a home directory with a bracket in its name
		}
		for _, dir := range dirs {
			add(dir, p.Program)
		}
		if parent, anyProfile := strings.CutSuffix(p.Path, "/*"); anyProfile {
			for _, dir := range elsewhere(filepath.Join(parent, "profiles.ini")) {
				add(dir, p.Program)
			}
		}
	}
	return found
}

// DefaultNSS is the database that Chromium uses where it finds none, and so the
// one to make for it.
func DefaultNSS(home string) Place {
	return Place{KindNSS, filepath.Join(home, ".pki", "nssdb"), "Chromium"}
}

// elsewhere returns the profiles that a profiles.ini of Firefox has outside of
// its own directory; none where it cannot be read.
func elsewhere(file string) []string {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	var dirs []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		path, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "Path=")
		if ok && filepath.IsAbs(path) {
			dirs = append(dirs, filepath.Clean(path))
		}
	}
	return dirs
}
