package cli

import (
	"context"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
	"certctl/pkg/schedule"
)

// scheduleDoc is what the commands of `certctl schedule` show.
type scheduleDoc struct {
	Installed bool          `json:"installed"`
	Kind      schedule.Kind `json:"kind"`
	Files     []string      `json:"files"`
	Active    bool          `json:"active"` // the next run will come
	Next      timeDoc       `json:"next"`
	Last      timeDoc       `json:"last"`
	LastExit  *int          `json:"last_exit"` // null: it has not run, or that is not known
	// SessionOnly says that the wallet's keys are in the keyring, which is open
	// only while the person is logged in.
	SessionOnly bool `json:"session_only"`
}

func newSchedule(a *app) *cobra.Command {
	show := a.command("show", a.text.Commands.ScheduleShow)
	show.RunE = func(cmd *cobra.Command, _ []string) error { return a.showSchedule(cmd.Context()) }
	remove := a.command("remove", a.text.Commands.ScheduleRemove)
	remove.RunE = func(cmd *cobra.Command, _ []string) error { return a.removeSchedule(cmd.Context()) }
	return a.group("schedule", a.text.Commands.Schedule, newScheduleInstall(a), remove, show)
}

func newScheduleInstall(a *app) *cobra.Command {
	h := &hook{}
	cmd := a.command("install", a.text.Commands.ScheduleInstall)
	cmd.Use = "install " + a.text.Help.AnyFlags + " [--exec PROGRAM [-- ARGUMENT...]]"
	h.flags(a, cmd, a.text.Flags.Exec)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if err := a.exactly(nil)(cmd, h.split(cmd, args)); err != nil {
			return err
		}
		return h.validate(a, cmd)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.installSchedule(cmd.Context(), h) }
	return cmd
}

func (a *app) installSchedule(ctx context.Context, h *hook) error {
	s, err := a.scheduler()
	if err != nil {
		return err
	}
	program, err := a.program()
	if err != nil {
		return err
	}
	args, err := a.renewal(h)
	if err != nil {
		return err
	}
	err = s.Install(ctx, schedule.Job{
		Program: program, Args: args, Description: "certctl renew --all", Hour: rand.IntN(24), Minute: rand.IntN(60),
	})
	if err != nil {
		return err
	}
	return a.showSchedule(ctx)
}

func (a *app) removeSchedule(ctx context.Context) error {
	s, err := a.scheduler()
	if err != nil {
		return err
	}
	if err := s.Remove(ctx); err != nil {
		return err
	}
	return a.showSchedule(ctx)
}

func (a *app) showSchedule(ctx context.Context) error {
	s, err := a.scheduler()
	if err != nil {
		return err
	}
	state, err := s.State(ctx)
	if err != nil {
		return err
	}
	_, where, err := a.openWallet()
	if err != nil {
		return err
	}
	doc := scheduleDoc{
		Installed: state.Installed, Kind: s.Kind, Files: state.Files, Active: state.Active,
		Next: timeDoc(state.Next), Last: timeDoc(state.Last), SessionOnly: where.keyring(),
	}
	if doc.Files == nil {
		doc.Files = []string{}
	}
	if !state.Last.IsZero() {
		doc.LastExit = &state.LastExit
	}
	return a.show(doc, func(p *page) {
		t := a.text.Output.Schedule
		if !doc.Installed {
			p.lines(t.None)
			return
		}
		p.lines(t.Installed)
		var fields []field
		for _, file := range doc.Files {
			fields = append(fields, field{t.File, file})
		}
		fields = append(fields, field{t.Next, a.time(state.Next)}, field{t.Last, a.time(state.Last)})
		if doc.LastExit != nil {
			fields = append(fields, field{t.LastExit, strconv.Itoa(*doc.LastExit)})
		}
		p.lines("")
		p.fields(fields...)
		p.lines("\n" + a.whenItRuns(doc))
	})
}

// whenItRuns says what a schedule does while nobody is logged in.
func (a *app) whenItRuns(doc scheduleDoc) string {
	t := a.text.Output.Schedule
	switch {
	case !doc.Active:
		return t.Inactive
	case doc.SessionOnly:
		return t.SessionOnly
	case doc.Kind == schedule.Systemd:
		return t.Linger
	}
	return t.LoggedIn
}

// scheduler returns what runs commands on this system.
func (a *app) scheduler() (schedule.Scheduler, error) {
	c, err := a.config()
	if err != nil {
		return schedule.Scheduler{}, err
	}
	s := schedule.Scheduler{
		Kind: schedule.KindOf(runtime.GOOS), Env: a.process.Env, Dir: c.dirs.data,
		Write: func(name string, data []byte) error { return a.writeFile(name, data, replaceExisting) },
	}
	switch s.Kind {
	case "":
		return s, schedule.ErrUnsupported
	case schedule.Systemd:
		base := a.process.getenv("XDG_CONFIG_HOME")
		if !filepath.IsAbs(base) {
			base = filepath.Join(a.process.getenv("HOME"), ".config")
		}
		s.Dir = filepath.Join(base, "systemd", "user")
	case schedule.Launchd:
		s.Dir = filepath.Join(a.process.getenv("HOME"), "Library", "LaunchAgents")
	}
	return s, nil
}

// program is the path by which this program will be found tomorrow.
func (a *app) program() (string, error) {
	path := a.process.Path
	found, err := exec.LookPath("certctl")
	if err == nil && (path == "" || sameFile(found, path)) { // a link that stays where it is when a package is updated
		return filepath.Abs(found)
	}
	if path == "" || strings.Contains(filepath.ToSlash(path), "/go-build") {
		return "", a.usage(a.text.Errors.NotBuilt, a.text.Errors.NotBuiltHint)
	}
	return filepath.Abs(path)
}

// renewal is the command line of the schedule: it renews what this run sees,
// whatever the environment is then. Settings in config.yaml are found there
// again.
func (a *app) renewal(h *hook) ([]string, error) {
	c, err := a.config()
	if err != nil {
		return nil, err
	}
	for _, s := range settings() {
		if s.flag == "" && c.source[s.key] == fromEnv && !strings.HasPrefix(s.key, "smtp.") {
			return nil, a.usage(i18n.Fill(a.text.Errors.ScheduleVariable, "variable", s.variable()),
				i18n.Fill(a.text.Errors.ScheduleVariableHint, "key", s.key))
		}
	}
	where, err := c.place("wallet", a.text.Errors.WantWallet)
	if err != nil {
		return nil, err
	}
	password := c.text("wallet_password_file")
	if !where.keyring() && (password == "" || password == "-") {
		return nil, a.usage(a.text.Errors.SchedulePassword, a.text.Errors.SchedulePasswordHint)
	}
	args := []string{"renew", "--all", "--no-input"}
	if c.source["home"] != fromDefault {
		args = append(args, "--home", c.dirs.data)
	}
	if c.set("wallet") {
		args = append(args, "--wallet", where.String())
	}
	if c.set("wallet_password_file") {
		if password != "none" {
			if password, err = filepath.Abs(password); err != nil {
				return nil, err
			}
		}
		args = append(args, "--wallet-password-file", password)
	}
	if c.set("sealed_by") {
		sealed, err := c.place("sealed_by", a.text.Errors.WantSealedBy)
		if err != nil {
			return nil, err
		}
		args = append(args, "--sealed-by", sealed.String())
	}
	if h.program == "" {
		return args, nil
	}
	path, err := filepath.Abs(h.path)
	args = append(args, "--exec", path, "--exec-timeout", h.timeout)
	if len(h.arguments) > 0 {
		args = append(append(args, "--"), h.arguments...)
	}
	return args, err
}

// set tells whether a setting comes from this run's flags or environment.
func (c *config) set(key string) bool { return c.source[key] == fromFlag || c.source[key] == fromEnv }

// offerSchedule is the line that tells of schedules where there is none yet.
func (a *app) offerSchedule() string {
	s, err := a.scheduler()
	if err != nil || s.Written() || !s.Available() || s.Kind == schedule.TaskScheduler {
		return "" // the last one only its own tool can tell whether it is there
	}
	return i18n.Fill(a.text.Output.Schedule.Offer, "command", "certctl schedule install")
}

// checkSchedule looks at how the last run of the schedule ended.
func (o *doctorOptions) checkSchedule(ctx context.Context) {
	a := o.app
	s, err := a.scheduler()
	if err != nil || !s.Available() {
		return // nothing here takes schedules
	}
	state, err := s.State(ctx)
	const check = "schedule"
	switch {
	case !state.Installed && err == nil:
		o.found(finding{Check: check, Code: "schedule_none", Level: levelNote, Mend: "certctl schedule install"})
	case err != nil:
		o.failed(check, "schedule_failed", "", err)
	case !state.Active:
		o.found(finding{Check: check, Code: "schedule_inactive", Level: levelProblem, Mend: "certctl schedule install"})
	case !state.Last.IsZero() && state.LastExit != 0:
		o.found(finding{Check: check, Code: "schedule_bad", Level: levelProblem, Mend: "certctl renew --all"},
			"time", a.time(state.Last), "exit", strconv.Itoa(state.LastExit))
	default:
		o.found(finding{Check: check, Code: "schedule_ok", Level: levelOK})
	}
}
