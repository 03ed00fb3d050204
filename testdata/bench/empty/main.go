// Command empty does nothing: what a cobra command costs before it begins. The
// benchmark adds a file to it that links the modules of certctl.
package main

import (
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "empty", Short: "does nothing"}
	root.AddCommand(&cobra.Command{Use: "version", Short: "does nothing", Run: func(*cobra.Command, []string) {}})
	if root.Execute() != nil {
		os.Exit(1)
	}
}
