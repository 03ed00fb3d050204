package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// The README has the exit codes that the program has, and pictures that are
// there, in each language.
func TestReadme(t *testing.T) {
	cmd := exec.Command("certctl", "help", "exit-codes")
	cmd.Env = append(os.Environ(), "CERTCTL_LANG=en")
	help, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := groups(string(help), `(?m)^  (\d+)  +[a-z]+[,:( ]`)
	want = slices.Compact(want)
	for _, file := range []string{"README.md", "README.ja.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		rows := groups(string(text), `(?m)^\| (\d+) \|`)
		for _, code := range want {
			if !slices.Contains(rows, code) {
				t.Errorf("%s has no exit code %s", file, code)
			}
		}
		for _, code := range rows {
			if !slices.Contains(want, code) {
				t.Errorf("%s has exit code %s, which the program has not", file, code)
			}
		}
		pictures := groups(string(text), `\]\((docs/[^)]+)\)`)
		if len(pictures) < 5 {
			t.Errorf("%s has %d pictures", file, len(pictures))
		}
		for _, picture := range pictures {
			if _, err := os.Stat(filepath.Join("..", "..", picture)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

// groups returns the first group of every match.
func groups(text, pattern string) []string {
	var all []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}
