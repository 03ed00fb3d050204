package install

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// commandTime bounds a program that waits for something that does not come.
const commandTime = 30 * time.Second

// Command is a run of another program.
type Command struct {
	Name  string
	Args  []string
	Env   []string // beside the environment of the process
	Stdin []byte   // empty: nothing can be read
	// Secrets are read by the program as the files that secretFile names, each
	// once. They have no more than fits into a pipe.
	Secrets []string
}

// secretFile is the name under which a command reads its nth secret.
func secretFile(n int) string { return fmt.Sprintf("/dev/fd/%d", 3+n) }

// Runner runs a command and returns what it printed. An error says that it
// could not be run or failed; what it printed is returned all the same.
type Runner func(ctx context.Context, c Command) (stdout, stderr string, err error)

// Exec is the Runner that runs it: for half a minute at most. ErrTools where
// there is no such program.
func Exec(ctx context.Context, c Command) (stdout, stderr string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, commandTime, fmt.Errorf("%s: %w", c.Name, context.DeadlineExceeded))
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Name, c.Args...)
	cmd.Env = append(cmd.Environ(), append([]string{"LC_ALL=C"}, c.Env...)...)
	cmd.WaitDelay = time.Second // for a child of its own that holds the output
	if len(c.Stdin) > 0 {
		cmd.Stdin = bytes.NewReader(c.Stdin)
	}
	var out, complaints strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaints
	for _, secret := range c.Secrets {
		r, err := once(secret)
		if err != nil {
			return "", "", fmt.Errorf("run %s: %w", c.Name, err)
		}
		defer r.Close()
		cmd.ExtraFiles = append(cmd.ExtraFiles, r)
	}
	err = cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		err = fmt.Errorf("run %s: %w: %w", c.Name, ErrTools, err)
	case err != nil && ctx.Err() != nil:
		err = fmt.Errorf("run %s: %w", c.Name, context.Cause(ctx))
	case err != nil:
		err = fmt.Errorf("run %s: %w: %s", c.Name, err, lastLine(complaints.String()))
	}
	return out.String(), complaints.String(), err
}

// once returns a file from which the text can be read, once.
func once(text string) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	_, err = w.WriteString(text)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// lastLine returns the last line of what a program complained of.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
