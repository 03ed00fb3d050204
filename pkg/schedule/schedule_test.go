package schedule_test

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"certctl/pkg/schedule"
)

// job has every character in it that one of the formats gives a meaning to.
func job() schedule.Job {
	return schedule.Job{
		Program: "/opt/cert ctl/certctl", Description: "certctl renew --all", Hour: 4, Minute: 17,
		Args: []string{
			"renew", "--all", "--no-input", "--home", `/home/田中/100% "a" <b> & $HOME`, "--exec", "/bin/echo", "--", "", `c:\dir\`, "it's",
		},
	}
}

// tools puts stand-ins of the scheduler's tools on a path; they write down how
// they were called, and answer what is in the file ANSWER.
func tools(t *testing.T, exit string) (env []string, calls func() string) {
	t.Helper()
	dir := t.TempDir()
	script := `#!/bin/sh
case "$*" in *--timestamp*) exit 1 ;; esac # older systemd has none
echo "${0##*/} $*" >>'` + dir + `/calls'
if test "$TZ" = UTC; then cat '` + dir + `/answer' 2>/dev/null; fi
exit ` + exit + "\n"
	for _, name := range []string{"systemctl", "launchctl", "schtasks"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return append(os.Environ(), "TZ=Asia/Tokyo", "ANSWER="+filepath.Join(dir, "answer")), func() string {
		text, _ := os.ReadFile(filepath.Join(dir, "calls")) // none where nothing was called
		_ = os.Remove(filepath.Join(dir, "calls"))
		return string(text)
	}
}

func write(name string, data []byte) error { return os.WriteFile(name, data, 0o600) }

// What each scheduler is given is what the golden file has; and the text of
// Windows is UTF-16, as schtasks wants it.
func TestTextsAreGolden(t *testing.T) {
	for kind, golden := range map[schedule.Kind][]string{
		schedule.Systemd:       {"certctl-renew.service", "certctl-renew.timer"},
		schedule.Launchd:       {"certctl.renew.plist"},
		schedule.TaskScheduler: {"certctl-renew.xml"},
	} {
		env, _ := tools(t, "0")
		written := map[string]string{}
		s := schedule.Scheduler{Kind: kind, Env: env, Dir: t.TempDir(), Write: func(name string, data []byte) error {
			written[filepath.Base(name)] = string(data)
			return write(name, data)
		}}
		if err := s.Install(t.Context(), job()); err != nil {
			t.Fatal(kind, err)
		}
		for _, name := range golden {
			want, err := os.ReadFile(filepath.Join("..", "..", "testdata", "schedule", name))
			if err != nil {
				t.Fatal(err)
			}
			got := written[name]
			if kind == schedule.TaskScheduler {
				got = fromUTF16(t, got)
			}
			if got != string(want) {
				t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
			}
			if kind != schedule.Systemd {
				wellFormed(t, name, got)
			}
		}
	}
}

func fromUTF16(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, "\xff\xfe") || len(text)%2 != 0 {
		t.Fatal("no UTF-16 with a byte order mark")
	}
	var units []uint16
	for i := 2; i < len(text); i += 2 {
		units = append(units, uint16(text[i])|uint16(text[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is decoded already
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// systemd itself reads the units, and takes every word of the command as it is.
func TestSystemdTakesTheUnits(t *testing.T) {
	env, _ := tools(t, "0")
	dir := t.TempDir()
	s := schedule.Scheduler{Kind: schedule.Systemd, Env: env, Dir: dir, Write: write}
	j := job()
	j.Program = filepath.Join(t.TempDir(), "100% $HOME ${HOME}", "certctl") // systemd-analyze looks whether it is there
	if err := os.Mkdir(filepath.Dir(j.Program), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/bin/echo", j.Program); err != nil {
		t.Fatal(err)
	}
	if err := s.Install(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	verify := exec.Command("systemd-analyze", append([]string{"--user", "--man=no", "verify"}, s.Files()...)...)
	verify.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+t.TempDir(), "HOME="+dir, "LANG=C.UTF-8")
	if out, err := verify.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// The tools are called in their order, the state is read, and what is removed is
// gone.
func TestSystemdIsAsked(t *testing.T) {
	env, calls := tools(t, "0")
	answer := strings.TrimPrefix(env[len(env)-1], "ANSWER=")
	s := schedule.Scheduler{Kind: schedule.Systemd, Env: env, Dir: filepath.Join(t.TempDir(), "systemd", "user"), Write: write}
	if state, err := s.State(t.Context()); err != nil || state.Installed {
		t.Errorf("before: %+v, %v", state, err)
	}
	if err := s.Remove(t.Context()); err != nil || calls() != "" {
		t.Errorf("remove what is not there: %v", err)
	}
	if err := s.Install(t.Context(), job()); err != nil {
		t.Fatal(err)
	}
	if got, want := calls(), "systemctl --user daemon-reload\nsystemctl --user enable --now certctl-renew.timer\n"; got != want {
		t.Errorf("called\n%s\nwant\n%s", got, want)
	}
	text := "ActiveState=active\nNextElapseUSecRealtime=Mon 2027-03-01 10:00:00 UTC\nLastTriggerUSec=Sun 2027-02-28 10:00:00 UTC\n" +
		"ExecMainStatus=4\nExecMainExitTimestamp=Sun 2027-02-28 10:00:01 UTC\n"
	if err := os.WriteFile(answer, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	state, err := s.State(t.Context())
	if err != nil || !state.Installed || !state.Active || state.LastExit != 4 ||
		!state.Next.Equal(time.Unix(1803895200, 0)) || !state.Last.Equal(time.Unix(1803808801, 0)) {
		t.Errorf("%+v, %v", state, err)
	}
	calls()
	if err := s.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := calls(), "systemctl --user disable --now certctl-renew.timer\nsystemctl --user daemon-reload\n"; got != want {
		t.Errorf("called\n%s\nwant\n%s", got, want)
	}
	if left, err := os.ReadDir(s.Dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// Where the scheduler does not take another one, the older one is what it was, and
// is given back to what ended it for the other.
func TestWhatIsNotTakenLeavesTheOlder(t *testing.T) {
	for kind, want := range map[schedule.Kind]string{
		schedule.Systemd: "systemctl --user daemon-reload\nsystemctl --user daemon-reload\n",
		schedule.Launchd: "launchctl bootout UID/certctl.renew\nlaunchctl bootstrap UID FILE\nlaunchctl bootstrap UID FILE\n",
	} {
		dir := t.TempDir()
		s := schedule.Scheduler{Kind: kind, Dir: dir, Write: write}
		s.Env, _ = tools(t, "0")
		if err := s.Install(t.Context(), job()); err != nil {
			t.Fatal(kind, err)
		}
		older := contents(t, s)

		env, calls := tools(t, "1")
		s.Env = env
		newer := job()
		newer.Args, newer.Hour = []string{"renew"}, 5
		if err := s.Install(t.Context(), newer); !errors.Is(err, schedule.ErrUnsupported) {
			t.Errorf("%s: %v", kind, err)
		}
		if got := contents(t, s); !slices.Equal(got, older) {
			t.Errorf("%s: left\n%s\nwant\n%s", kind, got, older)
		}
		called := strings.NewReplacer(s.Files()[0], "FILE", "gui/"+strconv.Itoa(os.Getuid()), "UID").Replace(calls())
		if called != want {
			t.Errorf("%s: called\n%s\nwant\n%s", kind, called, want)
		}

		s.Env, _ = tools(t, "0")
		full, written := errors.New("no space left"), 0
		s.Write = func(name string, data []byte) error {
			if written++; written == len(s.Files()) {
				return full
			}
			return write(name, data)
		}
		if err := s.Install(t.Context(), newer); !errors.Is(err, full) {
			t.Errorf("%s on a full disk: %v", kind, err)
		}
		if got := contents(t, s); !slices.Equal(got, older) {
			t.Errorf("%s on a full disk: left\n%s\nwant\n%s", kind, got, older)
		}
	}
}

func contents(t *testing.T, s schedule.Scheduler) []string {
	t.Helper()
	var all []string
	for _, file := range s.Files() {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// Where the scheduler does not take it, nothing looks as if it had.
func TestWhatIsNotTakenLeavesNothing(t *testing.T) {
	env, _ := tools(t, "1")
	for _, kind := range []schedule.Kind{schedule.Systemd, schedule.Launchd, schedule.TaskScheduler, ""} {
		s := schedule.Scheduler{Kind: kind, Env: env, Dir: t.TempDir(), Write: write}
		if err := s.Install(context.Background(), job()); !errors.Is(err, schedule.ErrUnsupported) {
			t.Errorf("%s: %v", kind, err)
		}
		if left, err := os.ReadDir(s.Dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", kind, left, err)
		}
	}
}
