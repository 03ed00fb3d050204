// Command pictures draws the pictures of the README: what people see on their
// terminals, as SVG in docs/, from real runs in a throw-away home. Run it at the
// top of the module (make pictures).
//
// Each run has another secret and another day on it, so that the pictures are
// not compared with anything: they are looked at.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := run("docs"); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(docs string) error {
	dir, err := os.MkdirTemp("", "certctl-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	certctl := filepath.Join(dir, "certctl")
	build := exec.Command("go", "build", "-o", certctl, "./cmd/certctl")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build certctl: %w", err)
	}
	if err := os.MkdirAll(docs, 0o755); err != nil {
		return err
	}
	var errs []error
	for _, lang := range []string{"en", "ja"} {
		s := studio{program: certctl, home: filepath.Join(dir, lang), lang: lang, docs: docs}
		if err := s.drawAll(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", lang, err))
		}
	}
	return errors.Join(errs...)
}
