package cli

import "github.com/spf13/cobra"

// sayToExplorer sets what somebody reads who double-clicked on the program: the
// window closes after some seconds.
func sayToExplorer(text string) { cobra.MousetrapHelpText = text + "\n" }
