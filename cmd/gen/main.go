// Command gen writes what a package of certctl carries besides the program:
// shell completions in completions/ and manual pages in man/man1/ and man/ja/man1/, both made
// from the command tree. Run it at the top of the module (make gen); its test
// fails where they are stale.
//
// It is a program of its own so that certctl does not carry the generators.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := generate("."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
