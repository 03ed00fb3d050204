package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
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

// rerun writes the commands in a text, which the person may run next, as they have
// to be called: with the flags that told this run where things are. Without them
// the next command would look into another wallet. A command stands in backquotes,
// on a line of its own, after a colon or in a pipe.
func (a *app) rerun(text string) string {
	if a.flags == nil {
		return text
	}
	command := regexp.MustCompile("(?m)(?:^ *|`|[:|] )certctl ([a-z]+)[^`\n]*")
	return command.ReplaceAllStringFunc(text, func(s string) string {
		before, rest, _ := strings.Cut(s, "certctl")
		return before + "certctl" + a.whereFlags(command.FindStringSubmatch(s)[1], rest) + rest
	})
}

// whereFlags returns those flags, for a command that heeds them and does not name
// them itself in rest.
func (a *app) whereFlags(command, rest string) string {
	all := entries(a.text.Commands)
	i := slices.IndexFunc(all, func(e entry) bool { return e.name == command })
	if i < 0 || all[i].group == groupEveryone && command != "config" {
		return ""
	}
	flags := []string{"home"}
	if all[i].group == groupHolder || command == "config" {
		flags = append(flags, "wallet", "wallet-password-file")
	}
	var words strings.Builder
	for _, name := range flags {
		if f := a.flags.Lookup(name); f.Changed && !strings.Contains(rest+" ", " --"+name+" ") {
			words.WriteString(" --" + name + " " + shellQuote(f.Value.String()))
		}
	}
	return words.String()
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
