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
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long is waited for what should come at once.
const patience = 30 * time.Second

// terminal is certctl running at a terminal that an emulator draws.
type terminal struct {
	command string // as it was typed
	cmd     *exec.Cmd
	ptmx    *os.File
	over    chan struct{} // closed when the program has ended and all is drawn

	mu      sync.Mutex
	vt      *vt.Emulator
	changed chan struct{} // closed at the next change
}

// open starts certctl on a terminal of so many columns and lines.
func (s studio) open(width, height int, args ...string) (*terminal, error) {
	t := &terminal{
		command: commandLine(width, args),
		cmd:     exec.Command(s.program, args...),
		over:    make(chan struct{}),
		vt:      vt.NewEmulator(width, height),
		changed: make(chan struct{}),
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
	go t.draw()
	go func() { _, _ = io.Copy(ptmx, t.vt) }() // the terminal's answers to queries
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

func (t *terminal) draw() {
	b := make([]byte, 4096)
	for {
		n, err := t.ptmx.Read(b)
		t.mu.Lock()
		_, _ = t.vt.Write(b[:n])
		close(t.changed)
		t.changed = make(chan struct{})
		t.mu.Unlock()
		if err != nil {
			_ = t.cmd.Wait() // wait looks at the code
			close(t.over)
			return
		}
	}
}

// find waits until the screen matches, and returns the first group, if any.
func (t *terminal) find(pattern string) (string, error) {
	re := regexp.MustCompile(pattern)
	deadline := time.After(patience)
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		text := t.text()
		if m := re.FindStringSubmatch(text); m != nil {
			return m[len(m)-1], nil
		}
		select {
		case <-changed:
		case <-deadline:
			return "", fmt.Errorf("%s: waited for %q; the screen has:\n%s", t.command, pattern, text)
		}
	}
}

func (t *terminal) enter(keys string) { _, _ = io.WriteString(t.ptmx, keys) }

// wait waits for the end, and for its exit code.
func (t *terminal) wait(code int) error {
	select {
	case <-t.over:
	case <-time.After(patience):
		return fmt.Errorf("%s has not ended; the screen has:\n%s", t.command, t.text())
	}
	if got := t.cmd.ProcessState.ExitCode(); got != code {
		return fmt.Errorf("%s: exit code %d, want %d; the screen has:\n%s", t.command, got, code, t.text())
	}
	return nil
}

func (t *terminal) close() {
	if err := t.cmd.Process.Kill(); !errors.Is(err, os.ErrProcessDone) {
		<-t.over
	}
	t.ptmx.Close()
}

func (t *terminal) text() string {
	var lines []string
	for _, row := range t.rows() {
		var line strings.Builder
		for _, c := range row {
			line.WriteString(c.content)
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return strings.Join(lines, "\n")
}
