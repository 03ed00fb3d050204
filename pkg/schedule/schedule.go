package schedule

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// ErrUnsupported says that nothing on this system takes schedules, or that what
// does cannot be reached.
var ErrUnsupported = errors.New("no scheduler")

// Kind is what runs the job.
type Kind string

// The kinds.
const (
	Systemd       Kind = "systemd"
	Launchd       Kind = "launchd"
	TaskScheduler Kind = "task_scheduler"
)

const (
	unit  = "certctl-renew" // of systemd
	label = "certctl.renew" // of launchd
	task  = "certctl renew" // of the Task Scheduler
)

// KindOf returns what runs jobs on an operating system; empty where nothing
// does that this package knows.
func KindOf(goos string) Kind {
	switch goos {
	case "linux":
		return Systemd
	case "darwin":
		return Launchd
	case "windows":
		return TaskScheduler
	}
	return ""
}

// Scheduler is the schedule of one user.
type Scheduler struct {
	Kind Kind
	Env  []string // of the tools that are called
	// Dir is where the files of the schedule are: systemd's user units, launchd's
	// agents, or where the task's file may lie while it is read.
	Dir string
	// Write writes a file whole or not at all.
	Write func(name string, data []byte) error
}

// State is what is known of a schedule.
type State struct {
	Installed bool
	Files     []string
	Active    bool      // the next run will come
	Next      time.Time // zero where it is not known
	Last      time.Time // when the last run ended; zero: none yet, or not known
	LastExit  int       // the exit code of the last run, where Last is not zero
}

// Files returns the files that Install writes.
func (s Scheduler) Files() []string {
	switch s.Kind {
	case Systemd:
		return []string{filepath.Join(s.Dir, unit+".service"), filepath.Join(s.Dir, unit+".timer")}
	case Launchd:
		return []string{filepath.Join(s.Dir, label+".plist")}
	}
	return []string{filepath.Join(s.Dir, unit+".xml")}
}

// Install has the job run from now on, in the place of an older one. Where the
// scheduler does not take it, the error says why, and the older one stays; where
// there was none, nothing is left.
func (s Scheduler) Install(ctx context.Context, j Job) error {
	texts := map[Kind][]string{
		Systemd: {j.service(), j.timer()}, Launchd: {j.agent()}, TaskScheduler: {littleEndian(j.task())},
	}[s.Kind]
	if texts == nil {
		return ErrUnsupported
	}
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", s.Dir, err)
	}
	older, err := s.read()
	if err != nil {
		return err
	}
	if err = s.write(texts); err == nil {
		err = s.takeOver(ctx)
	}
	if err != nil {
		return errors.Join(err, s.putBack(context.WithoutCancel(ctx), older))
	}
	if s.Kind == TaskScheduler {
		return s.drop() // it keeps a copy
	}
	return nil
}

// read returns what is in the files; nil where they are not all there.
func (s Scheduler) read() ([]string, error) {
	var texts []string
	for _, file := range s.Files() {
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		texts = append(texts, string(text))
	}
	return texts, nil
}

func (s Scheduler) write(texts []string) error {
	for i, file := range s.Files() {
		if err := s.Write(file, []byte(texts[i])); err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
	}
	return nil
}

// putBack has the files be what they were. Whether the scheduler, which has just
// refused others, reads them now or at the next login is not to be known here.
func (s Scheduler) putBack(ctx context.Context, older []string) error {
	if older == nil {
		return s.drop()
	}
	err := s.write(older)
	switch s.Kind {
	case Systemd:
		_ = s.call(ctx, "systemctl", "--user", "daemon-reload") // the timer runs on
	case Launchd:
		_ = s.call(ctx, "launchctl", "bootstrap", domain(), s.Files()[0]) // takeOver has ended it
	}
	return err
}

func (s Scheduler) takeOver(ctx context.Context) error {
	switch s.Kind {
	case Systemd:
		if err := s.call(ctx, "systemctl", "--user", "daemon-reload"); err != nil {
			return err
		}
		return s.call(ctx, "systemctl", "--user", "enable", "--now", unit+".timer")
	case Launchd:
		_ = s.call(ctx, "launchctl", "bootout", domain()+"/"+label) // an older one, if there is one
		return s.call(ctx, "launchctl", "bootstrap", domain(), s.Files()[0])
	}
	return s.call(ctx, "schtasks", "/Create", "/F", "/TN", task, "/XML", s.Files()[0])
}

// domain is where launchd keeps the agents of this user.
func domain() string { return "gui/" + strconv.Itoa(os.Getuid()) }

// Remove ends the schedule. An absent one is no error. What the scheduler still
// does not know of is gone with the files.
func (s Scheduler) Remove(ctx context.Context) error {
	var err error
	switch s.Kind {
	case Systemd:
		if s.Written() {
			err = s.call(ctx, "systemctl", "--user", "disable", "--now", unit+".timer")
		}
	case Launchd:
		if s.Written() {
			err = s.call(ctx, "launchctl", "bootout", domain()+"/"+label)
		}
	case TaskScheduler:
		if state, _ := s.State(ctx); state.Installed {
			return s.call(ctx, "schtasks", "/Delete", "/F", "/TN", task)
		}
		return nil
	}
	if !s.Written() {
		return nil
	}
	if err = errors.Join(err, s.drop()); err == nil && s.Kind == Systemd {
		err = s.call(ctx, "systemctl", "--user", "daemon-reload")
	}
	return err
}

// State asks the scheduler. Only systemd tells when the job ran and will run. The
// error is the scheduler's: with it, what its files say is returned.
func (s Scheduler) State(ctx context.Context) (State, error) {
	state := State{Installed: s.Written()}
	if s.Kind == TaskScheduler {
		state.Installed = s.call(ctx, "schtasks", "/Query", "/TN", task) == nil
		state.Active = state.Installed
		return state, nil
	}
	if !state.Installed {
		return state, nil
	}
	state.Files = s.Files()
	if s.Kind == Launchd {
		state.Active = s.call(ctx, "launchctl", "print", domain()+"/"+label) == nil
		return state, nil
	}
	timer, err := s.properties(ctx, unit+".timer", "ActiveState", "NextElapseUSecRealtime", "LastTriggerUSec")
	if err != nil {
		return state, err
	}
	service, err := s.properties(ctx, unit+".service", "ExecMainStatus", "ExecMainExitTimestamp")
	if err != nil {
		return state, err
	}
	state.Active = timer["ActiveState"] == "active"
	state.Next = moment(timer["NextElapseUSecRealtime"])
	if state.Last = moment(service["ExecMainExitTimestamp"]); state.Last.IsZero() {
		return state, nil
	}
	state.LastExit, err = strconv.Atoi(service["ExecMainStatus"])
	return state, err
}

// properties asks systemd about a unit.
func (s Scheduler) properties(ctx context.Context, unit string, names ...string) (map[string]string, error) {
	out, err := s.output(ctx, "systemctl", "--user", "show", unit, "--property="+strings.Join(names, ","))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for line := range strings.Lines(out) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			all[name] = value
		}
	}
	return all, nil
}

// moment reads a time as systemctl writes it where TZ is UTC; zero where there is
// none. It writes seconds only since version 251, and no other way before 247.
func moment(text string) time.Time {
	at, err := time.Parse("Mon 2006-01-02 15:04:05 UTC", text)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Written tells whether the files of the schedule are there, without asking
// anybody. Those of the Task Scheduler never are.
func (s Scheduler) Written() bool {
	files := s.Files()
	_, err := os.Stat(files[len(files)-1])
	return err == nil
}

// Available tells whether the tool of the scheduler is there. It may still not
// reach it.
func (s Scheduler) Available() bool {
	tool := map[Kind]string{Systemd: "systemctl", Launchd: "launchctl", TaskScheduler: "schtasks"}[s.Kind]
	_, err := exec.LookPath(tool)
	return err == nil
}

// drop removes the files.
func (s Scheduler) drop() error {
	var errs []error
	for _, file := range s.Files() {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (s Scheduler) call(ctx context.Context, program string, args ...string) error {
	_, err := s.output(ctx, program, args...)
	return err
}

// output calls a tool of the scheduler. Without it, or where it cannot reach the
// scheduler, there is none.
func (s Scheduler) output(ctx context.Context, program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = s.Env
	cmd.Env = append(cmd.Environ(), "TZ=UTC") // see moment
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%w: %s %s: %w: %s", ErrUnsupported, program, args[0], err, strings.TrimSpace(complaint.String()))
	}
	return string(out), nil
}

// littleEndian encodes a text as UTF-16 with a byte order mark, which is what
// schtasks reads.
func littleEndian(text string) string {
	data := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		data = binary.LittleEndian.AppendUint16(data, u)
	}
	return string(data)
}
