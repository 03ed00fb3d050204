package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// self is how this program is called in the person's shell: by its name where
// that finds it, through `go run` where that built it, else by its path.
func (a *app) self() string {
	path := a.process.Path
	if path == "" {
		return "certctl"
	}
	if strings.Contains(filepath.ToSlash(path), "/go-build") { // gone as soon as it ends
		return "go run ./cmd/certctl"
	}
	if found, err := exec.LookPath("certctl"); err == nil && sameFile(found, path) {
		return "certctl"
	}
	return shellQuote(path)
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// shellQuote writes a word so that the person's shell takes it as one.
func shellQuote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(`/\._-:+,@`, r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 &&
		(runtime.GOOS == "windows" || !strings.Contains(word, `\`)) {
		return word
	}
	if runtime.GOOS == "windows" {
		return "'" + strings.ReplaceAll(word, "'", "''") + "'" // PowerShell
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// removeDir is the command that removes a directory and all in it.
func removeDir(dir string) string {
	if runtime.GOOS == "windows" {
		return "Remove-Item -Recurse -Force " + shellQuote(dir)
	}
	return "rm -rf " + shellQuote(dir)
}
