package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const root = "../.."

func TestGeneratedFilesAreFresh(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	for _, sub := range directories() {
		want, got := files(t, filepath.Join(dir, sub)), files(t, filepath.Join(root, sub))
		for _, name := range slices.Sorted(maps.Keys(want)) {
			committed, found := got[name]
			switch {
			case !found:
				t.Errorf("%s is missing: run make gen", filepath.Join(sub, name))
			case !bytes.Equal(committed, want[name]):
				t.Errorf("%s is stale: run make gen", filepath.Join(sub, name))
			}
		}
		for _, name := range slices.Sorted(maps.Keys(got)) {
			if _, wanted := want[name]; !wanted {
				t.Errorf("%s belongs to no command: run make gen", filepath.Join(sub, name))
			}
		}
	}
}

func TestGenerateRemovesWhatItDidNotMake(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "man", "man1", "certctl-gone.1")
	if err := os.MkdirAll(filepath.Dir(old), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	if _, gone := files(t, filepath.Dir(old))["certctl-gone.1"]; gone {
		t.Error("the page of a command that is gone is still there")
	}
}

// files returns the files under a directory with their contents.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	visit := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = content
		return err
	}
	if err := filepath.WalkDir(dir, visit); err != nil {
		t.Fatal(err)
	}
	return all
}
