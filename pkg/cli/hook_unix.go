//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// inGroup starts a program in a process group of its own, all of which is
// killed with it: whatever it has started does not outlive a timeout.
func inGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
