package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"certctl/pkg/cli"
	"certctl/pkg/i18n"
)

// directories are what generate writes, whole: what it did not make is
// removed.
func directories() []string { return []string{"completions", "man"} }

// edition is the manual in one language.
type edition struct {
	text    *i18n.Text
	section string // its directory, where man looks for it
	width   int    // see roff
}

func editions() []edition {
	return []edition{
		{i18n.English(), filepath.Join("man", "man1"), 0},
		{i18n.Japanese(), filepath.Join("man", "ja", "man1"), 72},
	}
}

// generate writes all generated files under top. The same command tree gives
// the same bytes, on every machine and every day.
func generate(top string) error {
	for _, dir := range directories() {
		dir = filepath.Join(top, dir)
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("empty %s: %w", dir, err)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("make %s: %w", dir, err)
		}
	}
	if err := completions(filepath.Join(top, "completions")); err != nil {
		return err
	}
	for _, e := range editions() {
		if err := e.write(filepath.Join(top, e.section)); err != nil {
			return err
		}
	}
	return nil
}

// tree returns the command tree of a process that has no environment, so that
// nobody's settings are written into a default.
func tree(text *i18n.Text) *cobra.Command { return cli.Command(cli.Process{}, text) }

// completions writes one script for each shell, named as the shells look for
// them.
func completions(dir string) error {
	root := tree(i18n.English())
	for name, write := range map[string]func(io.Writer) error{
		"certctl.bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"certctl.fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
		"certctl.ps1":  root.GenPowerShellCompletionWithDesc,
		"_certctl":     root.GenZshCompletion,
	} {
		if err := writeFile(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}
