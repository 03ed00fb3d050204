// Command certctl acquires, keeps and shows client certificates that are
// obtained with a one-time password, and runs the backend that issues them.
// All of it is in package cli; this is the door.
package main

import (
	"os"
	"time"

	"certctl/pkg/cli"
)

func main() {
	path, _ := os.Executable() // empty where the system does not tell
	os.Exit(cli.Main(cli.Process{
		Path:   path,
		Args:   os.Args[1:],
		Env:    os.Environ(),
		In:     os.Stdin,
		Out:    os.Stdout,
		Err:    os.Stderr,
		Locale: locale,
		Now:    time.Now,
	}))
}
