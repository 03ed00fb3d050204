package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

const (
	// hookTimeout is how long a hook may take where nothing else is said.
	hookTimeout = 2 * time.Minute
	// hookOutput is how much is kept of what a hook writes, in bytes.
	hookOutput = 64 << 10
	// hookGrace is how long the output of a hook that has ended, or was killed,
	// is waited for: it may have left a program behind that holds it open.
	hookGrace = 2 * time.Second
)

// hook is a program that is run for each of several things, such as after each
// renewal. It is an argument vector from the start: no shell sees it, and nothing
// is split.
type hook struct {
	program   string
	arguments []string
	timeout   string

	path  string // of the program's file
	limit time.Duration
}

// hookDoc is how a hook ended.
type hookDoc struct {
	ExitCode  *int   `json:"exit_code"` // null: it could not be run, or was killed
	TimedOut  bool   `json:"timed_out"`
	Output    string `json:"output"`    // the first 64 KiB of standard output and error
	Truncated bool   `json:"truncated"` // there was more
}

func (h *hook) flags(a *app, cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&h.program, "exec", "", usage)
	cmd.Flags().StringVar(&h.timeout, "exec-timeout", formatDuration(hookTimeout), a.text.Flags.ExecTimeout)
}

// split takes the arguments of the hook from behind the dashes and returns
// those of the command.
func (h *hook) split(cmd *cobra.Command, args []string) []string {
	dash := cmd.ArgsLenAtDash()
	if dash < 0 {
		return args
	}
	h.arguments = args[dash:]
	return args[:dash]
}

// validate finds the program before anything is done.
func (h *hook) validate(a *app, cmd *cobra.Command) (err error) {
	e := a.text.Errors
	if h.limit, err = parseDuration(h.timeout); err != nil || h.limit <= 0 {
		return a.badValue(cmd, "--exec-timeout", h.timeout, e.WantDuration)
	}
	switch {
	case h.program == "" && len(h.arguments) > 0:
		return a.usage(i18n.Fill(e.NeedsFlag, "flag", "--", "needs", "--exec"), a.seeHelp(cmd))
	case h.program == "":
		return nil
	}
	if h.path, err = exec.LookPath(h.program); err != nil {
		hint := e.Renew.NoHookHint
		if words := strings.Fields(h.program); len(words) > 1 {
			hint = i18n.Fill(e.Renew.HookNotSplit, "program", words[0], "arguments", strings.Join(words[1:], " "))
		}
		return &refusal{code: api.Usage, problem: i18n.Problem{Message: i18n.Fill(e.Renew.NoHook, "program", quote(h.program)), Hint: hint}, err: err}
	}
	return nil
}

// run runs the hook for a certificate that was renewed, and adds to the row how
// it ended. HookFailed where it did not end well.
func (h *hook) run(ctx context.Context, a *app, row *renewalDoc) error {
	input, err := marshal(row)
	if err != nil {
		return err
	}
	row.Hook, err = h.feed(ctx, a, input, renewalVariables(row))
	if err == nil || ctx.Err() != nil {
		return err
	}
	failed := api.Fail(api.HookFailed, err)
	row.Error = a.problemDoc(failed)
	return failed
}

// feed runs the hook with something on its standard input and variables in its
// environment, passes on what it wrote, and returns how it ended. The error is
// why that was not well: the cause of the context's end where it was that.
func (h *hook) feed(ctx context.Context, a *app, input []byte, variables []string) (*hookDoc, error) {
	limited, cancel := context.WithTimeout(ctx, h.limit)
	defer cancel()
	output := &head{limit: hookOutput}
	cmd := exec.CommandContext(limited, h.path, h.arguments...)
	cmd.Args[0] = h.program
	cmd.Env = append(h.environment(a), variables...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), output, output
	cmd.WaitDelay = hookGrace
	inGroup(cmd)
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it ended well, and something that it started goes on
	}
	doc := &hookDoc{TimedOut: ctx.Err() == nil && limited.Err() != nil && err != nil, Output: output.text(), Truncated: output.dropped > 0}
	if state := cmd.ProcessState; state != nil && state.Exited() {
		code := state.ExitCode()
		doc.ExitCode = &code
	}
	h.tell(a, doc, output.dropped)
	if err != nil && ctx.Err() != nil {
		return doc, context.Cause(ctx)
	}
	return doc, err
}

// tell passes on what the hook wrote, and says how it failed.
func (h *hook) tell(a *app, doc *hookDoc, dropped int) {
	t := a.text.Output.Renewal
	if text := strings.TrimRight(doc.Output, "\n"); text != "" {
		a.say(text)
	}
	if dropped > 0 {
		a.say(i18n.Fill(t.HookCut, "count", strconv.Itoa(dropped)))
	}
	switch {
	case doc.TimedOut:
		a.say(i18n.Fill(t.HookTimedOut, "program", quote(h.program), "time", formatDuration(h.limit)))
	case doc.ExitCode != nil && *doc.ExitCode != 0:
		a.say(i18n.Fill(t.HookExited, "program", quote(h.program), "code", strconv.Itoa(*doc.ExitCode)))
	}
}

// environment is ours, without the code. What was set by flags is set for it too,
// so that a certctl that it runs finds the same wallet.
func (h *hook) environment(a *app) []string {
	env := without(a.process.Env, "CERTCTL_OTP")
	c := a.globals(a.flags)
	for _, s := range settings() {
		if c.source[s.key] == fromFlag && s.key != "output" {
			env = append(env, s.variable()+"="+c.values[s.key])
		}
	}
	return env
}

// renewalVariables say what the hook of a renewal is about.
func renewalVariables(row *renewalDoc) []string {
	notAfter, _ := row.NotAfter.MarshalJSON() // of a time that is there
	return []string{
		"CERTCTL_NAME=" + row.Name,
		"CERTCTL_CONTRACT_ID=" + row.ContractID,
		"CERTCTL_USER_ID=" + row.UserID,
		"CERTCTL_SERIAL=" + row.Serial,
		"CERTCTL_OLD_SERIAL=" + cmp.Or(*row.OldSerial, ""),
		"CERTCTL_NOT_AFTER=" + strings.Trim(string(notAfter), `"`),
		"CERTCTL_FINGERPRINT_SHA256=" + row.Fingerprint,
	}
}

// head keeps the beginning of what is written to it.
type head struct {
	kept    bytes.Buffer
	limit   int
	dropped int // bytes
}

// Write takes everything.
func (h *head) Write(p []byte) (int, error) {
	room := min(len(p), h.limit-h.kept.Len())
	h.kept.Write(p[:room])
	h.dropped += len(p) - room
	return len(p), nil
}

// text is what was kept, as a person and JSON may have it.
func (h *head) text() string { return strings.ToValidUTF8(h.kept.String(), "\uFFFD") }
