package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"certctl/pkg/prompt/prompttest"

	"github.com/creack/pty"
)

// patience is how long is waited for what should come at once.
const patience = 30 * time.Second

// terminal is certctl running at a terminal that an emulator draws.
type terminal struct {
	command string // as it was typed
	width   int    // columns
	cmd     *exec.Cmd
	ptmx    *os.File
	over    chan struct{} // closed when the program has ended and all is drawn

	*prompttest.Screen
}

// open starts certctl on a terminal of so many columns and lines.
func (s studio) open(width, height int, args ...string) (*terminal, error) {
	t := &terminal{
		command: commandLine(width, args),
		width:   width,
		cmd:     exec.Command(s.program, args...),
		over:    make(chan struct{}),
		Screen:  prompttest.NewScreen(width, height),
	}
	t.cmd.Env = []string{
		"HOME=" + s.home, "TERM=xterm-256color", "COLORTERM=truecolor", "TZ=UTC",
		"CERTCTL_HOME=" + s.home, "CERTCTL_LANG=" + s.lang,
		"CERTCTL_SEALED_BY=file:" + filepath.Join(s.home, "sealing.key"),
		"CERTCTL_WALLET=file:" + filepath.Join(s.home, "wallet"), "CERTCTL_WALLET_PASSWORD_FILE=none",
	}
	ptmx, err := pty.StartWithSize(t.cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		return nil, err
	}
	t.ptmx = ptmx
	go func() {
		t.Draw(ptmx, io.Discard)
		_ = t.cmd.Wait() // wait looks at the code
		close(t.over)
	}()
	go t.Answer(ptmx)
	return t, nil
}

// commandLine is how a person would type a command: over several lines where it
// is wider than their terminal.
func commandLine(width int, args []string) string {
	line, lines := "$ certctl", ""
	for _, a := range args {
		if strings.ContainsAny(a, " ") {
			a = "'" + a + "'"
		}
		if strings.HasPrefix(a, "--") && len(line+a) > width-24 {
			lines, line = lines+line+" \\\n", "   "
		}
		line += " " + a
	}
	return lines + line
}

// find waits until the screen matches, and returns the first group, if any.
func (t *terminal) find(pattern string) (string, error) {
	re := regexp.MustCompile(pattern)
	var m []string
	if !t.Wait(patience, func(text string) bool { m = re.FindStringSubmatch(text); return m != nil }) {
		return "", fmt.Errorf("%s: waited for %q; the screen has:\n%s", t.command, pattern, t.Text())
	}
	return m[len(m)-1], nil
}

func (t *terminal) enter(keys string) { _, _ = io.WriteString(t.ptmx, keys) }

// wait waits for the end, and for its exit code.
func (t *terminal) wait(code int) error {
	select {
	case <-t.over:
	case <-time.After(patience):
		return fmt.Errorf("%s has not ended; the screen has:\n%s", t.command, t.Text())
	}
	if got := t.cmd.ProcessState.ExitCode(); got != code {
		return fmt.Errorf("%s: exit code %d, want %d; the screen has:\n%s", t.command, got, code, t.Text())
	}
	return nil
}

func (t *terminal) close() {
	if err := t.cmd.Process.Kill(); !errors.Is(err, os.ErrProcessDone) {
		<-t.over
	}
	t.ptmx.Close()
}
