// Command bench measures what certctl promises about its speed, each figure
// beside what it is measured by, both in one run and in turn: make bench. It
// fails where a promise is not kept.
//
// It is run at the top of the module and needs Go, openssl, PostgreSQL and,
// for the revocation lists, cfssl (Debian's golang-cfssl). Arguments choose some of the
// measurements by name.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "certctl-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	certctl := filepath.Join(dir, "certctl")
	if err := build(certctl, "./cmd/certctl"); err != nil {
		return err
	}
	var errs []error
	for _, m := range measurements() {
		if len(os.Args) == 1 || slices.Contains(os.Args[1:], m.name) {
			errs = append(errs, m.run(dir, certctl))
		}
	}
	return errors.Join(errs...)
}

// measurement is one thing that is measured. dir is shared by all: status looks
// at what acquire has made.
type measurement struct {
	name string
	run  func(dir, certctl string) error
}

func measurements() []measurement {
	return []measurement{
		{"startup", startup},
		{"acquire", acquire},
		{"status", status},
		{"renew", renew},
		{"proxy", proxied},
		{"in-process", func(dir, _ string) error { return inProcess(dir) }},
		{"databases", func(dir, _ string) error { return databases(dir) }},
		{"import", importing},
		{"crl", revocations},
		{"list", lists},
	}
}
