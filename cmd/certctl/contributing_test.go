package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What CONTRIBUTING.md tells maintainers to do works as it stands there.
func TestContributing(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	tree := t.TempDir()
	for _, part := range []string{"cmd", "pkg", "completions", "man", "testdata", "go.mod", "go.sum", "Makefile"} {
		if out, err := exec.Command("cp", "-R", filepath.Join("..", "..", part), tree).CombinedOutput(); err != nil {
			t.Fatalf("copy %s: %v\n%s", part, err, out)
		}
	}
	steps := guideSteps(string(guide))
	if len(steps) < 12 {
		t.Fatalf("CONTRIBUTING.md has %d steps only", len(steps))
	}
	for _, s := range steps {
		if err := s.follow(tree); err != nil {
			t.Fatalf("%s %s: %v", s.verb, s.file, err)
		}
	}
}

// guideStep is a code block with the words before it that say what to do with
// it.
type guideStep struct {
	verb   string // "Write", "below", "in place of" or "run"
	file   string
	anchor string
	code   string
}

// guideSteps returns the blocks of a guide in their order. A block stands as
// deep as its list item.
func guideSteps(guide string) []guideStep {
	block := regexp.MustCompile("(?ms)^( *)```(\\w+)\n(.*?)^ *```$")
	write := regexp.MustCompile("Write `([^`]+)`:\\s*$")
	edit := regexp.MustCompile("In `([^`]+)`, (below|in place of) `([^`]+)`:\\s*$")
	var steps []guideStep
	for _, at := range block.FindAllStringSubmatchIndex(guide, -1) {
		before, indent := guide[:at[0]], guide[at[2]:at[3]]
		s := guideStep{code: regexp.MustCompile("(?m)^"+indent).ReplaceAllString(guide[at[6]:at[7]], "")}
		if m := write.FindStringSubmatch(before); m != nil {
			s.verb, s.file = "Write", m[1]
		} else if m := edit.FindStringSubmatch(before); m != nil {
			s.file, s.verb, s.anchor = m[1], m[2], m[3]
		} else if guide[at[4]:at[5]] == "sh" {
			s.verb = "run"
		}
		steps = append(steps, s)
	}
	return steps
}

// follow does what a step says, in a tree.
func (s guideStep) follow(tree string) error {
	file := filepath.Join(tree, s.file)
	switch s.verb {
	case "Write":
		return os.WriteFile(file, []byte(s.code), 0o644)
	case "run":
		cmd := exec.Command("sh", "-e", "-c", s.code)
		cmd.Dir = tree
		cmd.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -buildvcs=false -trimpath", "CERTCTL_HOME="+filepath.Join(tree, "home"))
		if out, err := cmd.CombinedOutput(); err != nil {
			return &exec.Error{Name: s.code + "\n" + string(out), Err: err}
		}
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var done []string
	found := false
	for line := range strings.Lines(string(text)) {
		here := !found && s.anchor != "" && strings.Contains(line, s.anchor)
		if !here || s.verb == "below" {
			done = append(done, line)
		}
		if here {
			done = append(done, s.code)
			found = true
		}
	}
	if !found {
		return &os.PathError{Op: "find `" + s.anchor + "` in", Path: s.file, Err: os.ErrNotExist}
	}
	return os.WriteFile(file, []byte(strings.Join(done, "")), 0o644)
}
