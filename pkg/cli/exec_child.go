package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"certctl/pkg/keyfile"
)

// exited is the end of a program that was run in our place: its exit code is
// ours.
type exited struct{ code int }

// Error describes the end for a log.
func (e *exited) Error() string { return fmt.Sprintf("the command ended with exit code %d", e.code) }

// hand runs a program with the files of a key. It takes our place where the
// files live as long as the process does: then signals, exit code and job
// control are its own, and nothing is left to clean up. Otherwise we stay until
// it ends, and remove the files.
func (a *app) hand(files *keyfile.Files, child *exec.Cmd) error {
	replace, err := files.Inherit()
	if err != nil {
		return errors.Join(err, files.Close())
	}
	if !replace || !a.standardStreams() {
		return errors.Join(run(child), files.Close())
	}
	if err := a.close(); err != nil {
		return err
	}
	signal.Reset() // to what they were when we were started
	err = syscall.Exec(child.Path, child.Args, child.Env)
	return fmt.Errorf("run %s: %w", child.Path, err)
}

// standardStreams tells whether the streams of the run are those that a program
// in our place would have.
func (a *app) standardStreams() bool {
	for fd, stream := range []any{a.process.In, a.process.Out, a.process.Err} {
		if f, ok := stream.(*os.File); !ok || f.Fd() != uintptr(fd) {
			return false
		}
	}
	return true
}

// run runs a program, hands on the signals that come, and returns how it ended.
func run(child *exec.Cmd) error {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, handedOn()...)
	defer signal.Stop(signals)
	if err := child.Start(); err != nil {
		return fmt.Errorf("run %s: %w", child.Path, err)
	}
	done := make(chan error, 1)
	go func() { done <- child.Wait() }()
	for {
		select {
		case s := <-signals:
			if !fromTerminal(s) {
				_ = child.Process.Signal(s) // one that has ended needs none
			}
		case err := <-done:
			return ending(child.ProcessState, err)
		}
	}
}

// ending returns how a program ended as an error; nil where it ended well.
func ending(state *os.ProcessState, err error) error {
	if state == nil {
		return fmt.Errorf("wait for the command: %w", err)
	}
	code := state.ExitCode()
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		code = 128 + int(status.Signal()) // as a shell has it
	}
	if code == 0 {
		return nil
	}
	return &exited{code}
}
