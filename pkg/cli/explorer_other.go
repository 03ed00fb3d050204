//go:build !windows

package cli

// sayToExplorer does nothing: only Windows starts a program of the command line
// by a double click.
func sayToExplorer(string) {}
