package cli

import "os/exec"

// inGroup does nothing: the program alone is killed.
func inGroup(*exec.Cmd) {}
