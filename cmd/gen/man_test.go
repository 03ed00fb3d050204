package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// man reads the pages without a warning, and has the headings of each language.
func TestManReadsThePages(t *testing.T) {
	for _, e := range editions() {
		for page, headings := range map[string][]string{
			"certctl":            {e.text.Manual.Name, e.text.Manual.Commands, e.text.Manual.Topics, e.text.Manual.Options},
			"certctl-acquire":    {e.text.Manual.Synopsis, e.text.Manual.Description, e.text.Manual.Examples, e.text.Manual.ExitStatus},
			"certctl-exit-codes": {e.text.Manual.Name, e.text.Manual.SeeAlso},
		} {
			file, err := filepath.Abs(filepath.Join(root, e.section, page+".1"))
			if err != nil {
				t.Fatal(err)
			}
			var text, warnings bytes.Buffer
			cmd := exec.Command("man", "--warnings", "-E", "UTF-8", file)
			cmd.Env = append(os.Environ(), "MANWIDTH=80", "LC_ALL=C.UTF-8", "MAN_KEEP_FORMATTING=")
			cmd.Stdout, cmd.Stderr = &text, &warnings
			if err := cmd.Run(); err != nil || warnings.Len() > 0 {
				t.Errorf("%s: %v\n%s", file, err, warnings.String())
			}
			for _, h := range headings {
				if !strings.Contains("\n"+text.String(), "\n"+h+"\n") {
					t.Errorf("%s has no heading %q:\n%s", file, h, text.String())
				}
			}
		}
	}
}
