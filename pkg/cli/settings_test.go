package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// Every setting is explained, has a default, and, where it has a flag, that
// flag is there.
func TestSettingsTable(t *testing.T) {
	text := i18n.English()
	root := Command(Process{}, text)
	for _, s := range settings() {
		if text.Topics.Settings[s.key] == "" {
			t.Errorf("%s is not explained", s.key)
		}
		if _, ok := defaults()[s.key]; !ok {
			t.Errorf("%s has no default", s.key)
		}
		if s.flag != "" && root.PersistentFlags().Lookup(s.flag) == nil {
			t.Errorf("%s: there is no flag --%s", s.key, s.flag)
		}
	}
	if len(text.Topics.Settings) != len(settings()) {
		t.Errorf("%d settings are explained, %d there are", len(text.Topics.Settings), len(settings()))
	}
}

func TestDefaultPolicyIsThePolicyOfAnEmptyFile(t *testing.T) {
	a := newApp(Process{Env: []string{"CERTCTL_HOME=" + t.TempDir()}}, i18n.English())
	a.flags = Command(Process{}, a.text).PersistentFlags()
	c, err := a.config()
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.policy()
	if err != nil {
		t.Fatal(err)
	}
	want := api.DefaultPolicy()
	if len(got.KeyTypes) != len(want.KeyTypes) {
		t.Errorf("key types %v, want %v", got.KeyTypes, want.KeyTypes)
	}
	got.KeyTypes, want.KeyTypes = nil, nil
	if !samePolicy(got, want) {
		t.Errorf("policy %+v, want %+v", got, want)
	}
}

func samePolicy(a, b api.Policy) bool {
	return a.AcquireWithin == b.AcquireWithin && a.Validity == b.Validity && a.RenewFrom == b.RenewFrom &&
		a.ReacquireWithin == b.ReacquireWithin && a.UserAttempts == b.UserAttempts && a.TokenAttempts == b.TokenAttempts &&
		a.Session == b.Session && a.Overlap == b.Overlap && a.Reveal == b.Reveal
}

func TestPoliciesThatCannotBeMeant(t *testing.T) {
	for _, setting := range []string{
		"CERTCTL_POLICY_VALIDITY=0s",
		"CERTCTL_POLICY_VALIDITY=-1h",
		"CERTCTL_POLICY_VALIDITY=365",
		"CERTCTL_POLICY_SESSION=soon",
		"CERTCTL_POLICY_USER_ATTEMPTS=0",
		"CERTCTL_POLICY_TOKEN_ATTEMPTS=many",
		"CERTCTL_POLICY_REVEAL=all",
		"CERTCTL_POLICY_KEY_TYPES=ec-p256;ec-p384",
	} {
		got := runCLI(t, []string{setting}, "contract", "list")
		name, _, _ := strings.Cut(setting, "=")
		if got.exit != 2 || !strings.Contains(got.err, name) {
			t.Errorf("%s: exit %d, %q", setting, got.exit, got.err)
		}
	}
	if got := runCLI(t, []string{"CERTCTL_POLICY_OVERLAP=0s"}, "contract", "list"); got.exit != 3 {
		t.Errorf("no overlap: exit %d, want 3 (no backend): %s", got.exit, got.err)
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"80d": 80 * day, "0s": 0, "5m": 5 * time.Minute, "36h": 36 * time.Hour, "1d12h": 36 * time.Hour, "90s": 90 * time.Second,
	} {
		got, err := parseDuration(text)
		if err != nil || got != want {
			t.Errorf("parseDuration(%q) = %v, %v", text, got, err)
		}
		if again, err := parseDuration(formatDuration(want)); err != nil || again != want {
			t.Errorf("formatDuration(%v) = %q, which reads as %v, %v", want, formatDuration(want), again, err)
		}
	}
	for _, text := range []string{"", "80", "d", "-1d", "1.5d", "1d-1h", "99999d", "1d1d", "5 m"} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("parseDuration(%q) = %v, want an error", text, got)
		}
	}
	for d, want := range map[time.Duration]string{80 * day: "80d", 5 * time.Minute: "5m", time.Hour: "1h", 0: "0s", 90 * time.Second: "1m30s"} {
		if got := formatDuration(d); got != want {
			t.Errorf("formatDuration(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestPlatformDirs(t *testing.T) {
	home := filepath.FromSlash("/home/hanako")
	tests := []struct {
		goos string
		env  map[string]string
		want dirs
	}{
		{"linux", map[string]string{"HOME": home}, dirs{home + "/.config/certctl", home + "/.local/share/certctl"}},
		{"freebsd", map[string]string{"HOME": home, "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d"}, dirs{"/c/certctl", "/d/certctl"}},
		{"linux", map[string]string{"HOME": home, "XDG_DATA_HOME": "relative"}, dirs{home + "/.config/certctl", home + "/.local/share/certctl"}},
		{"darwin", map[string]string{"HOME": home}, dirs{home + "/Library/Application Support/certctl", home + "/Library/Application Support/certctl"}},
		{"windows", map[string]string{"APPDATA": "/roaming", "LOCALAPPDATA": "/local"}, dirs{"/roaming/certctl", "/local/certctl"}},
		{"linux", nil, dirs{}},
		{"darwin", nil, dirs{}},
		{"windows", nil, dirs{}},
	}
	for _, tt := range tests {
		if got := platformDirs(tt.goos, func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("%s with %v: %+v, want %+v", tt.goos, tt.env, got, tt.want)
		}
	}
}

func TestSetKeyKeepsTheRestOfTheFile(t *testing.T) {
	tests := []struct{ before, after string }{
		{"", "sealed_by: file:/k\n"},
		{"# ours\n", "# ours\nsealed_by: file:/k\n"},
		{"# ours\nwallet: keyring # by default\n", "# ours\nwallet: keyring # by default\nsealed_by: file:/k\n"},
		{"sealed_by: keyring\npolicy:\n    validity: 10d\n", "sealed_by: file:/k\npolicy:\n    validity: 10d\n"},
	}
	for _, tt := range tests {
		got, err := setKey([]byte(tt.before), "sealed_by", "file:/k")
		if err != nil || string(got) != tt.after {
			t.Errorf("setKey(%q) = %q, %v; want %q", tt.before, got, err, tt.after)
		}
	}
	for _, bad := range []string{"- a list\n", "[", "just words\n"} {
		if got, err := setKey([]byte(bad), "sealed_by", "x"); err == nil {
			t.Errorf("setKey(%q) = %q, want an error", bad, got)
		}
	}
}
