// Command bench measures what certctl promises about its speed, each figure
// beside what it is measured by, both in one run and in turn: make bench. It
// fails where a promise is not kept.
//
// It is run at the top of the module and needs Go, openssl and PostgreSQL.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	return errors.Join(startup(dir, certctl), acquire(dir, certctl), status(dir, certctl), proxied(dir, certctl), inProcess(dir), databases(dir))
}
