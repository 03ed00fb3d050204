package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// A flag is stronger than a variable, that than the file, that than the locale.
func TestLanguageOfARun(t *testing.T) {
	const (
		flag   = "--lang=ja"
		env    = "CERTCTL_LANG=ja"
		locale = "LANG=ja_JP.UTF-8"
	)
	tests := []struct {
		args []string
		env  []string
		file string
		want i18n.Language
	}{
		{want: i18n.EN},
		{args: []string{"version", "--lang", "ja"}, want: i18n.JA},
		{args: []string{flag, "version"}, want: i18n.JA},
		{args: []string{flag, "version", "--lang", "en"}, want: i18n.EN}, // the last one
		{args: []string{"exec", "x", "--", flag}, want: i18n.EN},         // another program's
		{args: []string{"version", "--lang"}, want: i18n.EN},
		{env: []string{env}, want: i18n.JA},
		{env: []string{locale}, want: i18n.JA},
		{file: "lang: ja\n", want: i18n.JA},
		{file: "policy: {validity: 10d}\nlang: \"ja\" # ours\n", want: i18n.JA},
		{file: "{wallet: keyring, lang: ja}\n", want: i18n.JA},
		{file: "# lang: ja\n", want: i18n.EN},
		{file: "wallet: file:langs\n", want: i18n.EN},
		{file: "lang: [\n", want: i18n.EN},

		{args: []string{"--lang", "en"}, env: []string{env, locale}, file: "lang: ja\n", want: i18n.EN},
		{env: []string{"CERTCTL_LANG=en", locale}, file: "lang: ja\n", want: i18n.EN},
		{env: []string{locale}, file: "lang: en\n", want: i18n.EN},
		{env: []string{"CERTCTL_LANG=", locale}, want: i18n.JA},

		// Refused by start and config, in what is left.
		{args: []string{"--lang", "fr"}, env: []string{env}, want: i18n.JA},
		{env: []string{"CERTCTL_LANG=fr"}, file: "lang: ja\n", want: i18n.JA},
		{env: []string{locale}, file: "lang: fr\n", want: i18n.JA},
	}
	for _, tt := range tests {
		home := t.TempDir()
		if tt.file != "" {
			if err := os.WriteFile(filepath.Join(home, "config.yaml"), []byte(tt.file), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		byVariable := Process{Args: tt.args, Env: slices.Concat(tt.env, []string{"CERTCTL_HOME=" + home})}
		if got := byVariable.language(); got != tt.want {
			t.Errorf("%q %q %q: %s, want %s", tt.args, tt.env, tt.file, got, tt.want)
		}
		byFlag := Process{Args: slices.Concat([]string{"--home", home}, tt.args), Env: tt.env}
		if got := byFlag.language(); got != tt.want {
			t.Errorf("--home %q %q %q: %s, want %s", tt.args, tt.env, tt.file, got, tt.want)
		}
	}
	for tag, want := range map[string]i18n.Language{"ja-JP": i18n.JA, "ja": i18n.JA, "en-US": i18n.EN, "de-DE": i18n.EN, "": i18n.EN} {
		windows := Process{Locale: func() string { return tag }}
		if got := windows.language(); got != want {
			t.Errorf("on a system in %q: %s, want %s", tag, got, want)
		}
		windows.Env = []string{"LANG=C"}
		if got := windows.language(); got != i18n.EN {
			t.Errorf("on a system in %q, with LANG=C: %s", tag, got)
		}
	}
	if got := (Process{}).language(); got != i18n.EN {
		t.Errorf("without an environment: %s", got)
	}
}

func TestUnknownLanguagesAreRefused(t *testing.T) {
	tests := []struct {
		args, env []string
		file      string
		want      string
	}{
		{args: []string{"version", "--lang", "fr"}, want: `--lang cannot be "fr"`},
		{args: []string{"version", "--lang="}, want: `--lang cannot be ""`},
		{args: []string{"version", "--lang", "fr"}, env: []string{"LANG=ja_JP.UTF-8"}, want: `--lang に "fr" は指定できません`},
		{args: []string{"version"}, env: []string{"CERTCTL_LANG=JA"}, want: `CERTCTL_LANG cannot be "JA"`},
		{args: []string{"list"}, file: "lang: fr\n", want: `lang cannot be "fr"`},
	}
	for _, tt := range tests {
		home := t.TempDir()
		if err := os.WriteFile(filepath.Join(home, "config.yaml"), []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runCLI(t, append(tt.env, "CERTCTL_HOME="+home), tt.args...)
		if got.exit != 2 || !strings.Contains(got.err, tt.want) || !strings.Contains(got.err, "en, ja") {
			t.Errorf("%q %q %q: exit %d, %s", tt.args, tt.env, tt.file, got.exit, got.err)
		}
	}
}

// `certctl config view` says which language is spoken, and why.
func TestConfigViewShowsTheLanguage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		env  string
		want string
	}{
		{nil, "LANG=C", `lang +en +default`},
		{nil, "LANG=ja_JP.UTF-8", `lang +ja +ロケール`},
		{nil, "CERTCTL_LANG=ja", `lang +ja +環境変数`},
		{[]string{"--lang", "ja"}, "LANG=en_US.UTF-8", `lang +ja +コマンドライン`},
	} {
		got := runCLI(t, []string{tt.env}, append(tt.args, "config", "view")...)
		if !regexp.MustCompile(`(?m)^` + tt.want + `$`).MatchString(got.out) {
			t.Errorf("%s %q:\n%s", tt.env, tt.args, got.out)
		}
	}
}

// Every help page is in Japanese throughout, what cobra and pflag would have
// put there included, and fits its width.
func TestJapaneseHelp(t *testing.T) {
	a := newApp(Process{}, i18n.Japanese())
	root := newRoot(a)
	paths := commandPaths(root)
	pages := 0
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		pages++
		var p strings.Builder
		c.SetOut(&p)
		a.help(c, nil)
		text := strings.Replace(p.String(), c.Example, "", 1)
		for _, path := range paths {
			text = path.ReplaceAllString(text, "")
		}
		for line := range strings.Lines(text) {
			for _, word := range englishIn(line) {
				t.Errorf("%s: %q in %q", c.CommandPath(), word, line)
			}
		}
		for line := range strings.Lines(p.String()) {
			if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > 80 {
				t.Errorf("%s: a line of %d columns: %q", c.CommandPath(), w, line)
			}
		}
		if strings.HasSuffix(c.Short, "。") {
			t.Errorf("%s: %q ends with a full stop", c.CommandPath(), c.Short)
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if pages < 30 {
		t.Errorf("walked over %d pages only", pages)
	}
}

// What finds nothing in Japanese finds something in every English page and
// error.
func TestEnglishIsFound(t *testing.T) {
	for _, c := range newRoot(newApp(Process{}, i18n.English())).Commands() {
		if len(englishIn(c.Long)) == 0 || len(englishIn(c.Short)) == 0 {
			t.Errorf("%s: no English in %q and %q", c.CommandPath(), c.Short, c.Long)
		}
	}
	for code, p := range i18n.English().Errors.Codes {
		if len(englishIn(p.Message))+len(englishIn(p.Hint)) < 2 {
			t.Errorf("%s: no English in %q and %q", code, p.Message, p.Hint)
		}
	}
}

// commandPaths returns what matches a whole command, longer ones first, even
// where a line ends in it.
func commandPaths(c *cobra.Command) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, sub := range c.Commands() {
		all = append(all, commandPaths(sub)...)
	}
	return append(all, regexp.MustCompile(strings.ReplaceAll(c.CommandPath(), " ", `\s+`)+`\b`))
}

// So is every error, with everything that a backend may say with it.
func TestJapaneseErrors(t *testing.T) {
	at := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	a := newApp(Process{Now: func() time.Time { return at }}, i18n.Japanese())
	check := func(err error) {
		t.Helper()
		_, p := a.explain(err)
		for _, s := range []string{p.Message, p.Hint} {
			if !strings.HasSuffix(s, "。") {
				t.Errorf("%v: %q is no sentence", err, s)
			}
			for _, word := range englishIn(s) {
				t.Errorf("%v: %q in %q", err, word, s)
			}
		}
	}
	for _, row := range api.Codes() {
		check(api.Refuse(row.Code))
		check(&api.Error{Code: row.Code, Time: at})
		for tries := range 3 {
			check(&api.Error{Code: row.Code, TriesLeft: &tries})
		}
		for field := range a.text.Errors.Things {
			check(&api.Error{Code: row.Code, Field: field, Value: "123"})
		}
	}
	for _, s := range sentinels(a.text.Errors) {
		check(fmt.Errorf("doing something: %w", s.err))
	}
}

// And what the command line itself refuses.
func TestJapaneseUsageErrors(t *testing.T) {
	for _, args := range [][]string{
		{"acquir"}, {"user", "ad"}, {"nothing"}, {"help", "nothing"}, {"version", "--bogus"}, {"-z"}, {"list", "--home"},
		{"version", "--no-input=maybe"}, {"version", "--timeout", "soon"}, {"version", "--timeout=-1s"}, {"-=x"},
		{"version", "-o", "xml"}, {"version", "--lang", "fr"}, {"show"}, {"show", "1", "2"}, {"show", "1"},
		{"completion", "tcsh"}, {"export", "1"}, {"acquire"}, {"acquire", "--key-type", "dsa"},
		{"user", "add"}, {"user", "add", "--contract-id", "1", "--user-id", "2"},
		{"user", "add", "--contract-id", "1", "--user-id", "2", "--otp", "--no-otp"},
		{"user", "add", "--contract-id", "1", "--user-id", "2", "--no-otp", "--secret-out", "3"},
		{"list", "--wallet", "1"}, {"contract", "add", "12345678901"}, {"ca", "show"}, {"ca", "init", "--sealed-by", "1"},
	} {
		env := []string{"CERTCTL_LANG=ja", "HOME=" + t.TempDir(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"}
		got := runCLI(t, env, args...)
		if got.exit == 0 || got.exit == 1 {
			t.Errorf("%q: exit %d, %s", args, got.exit, got.err)
		}
		said := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(got.err, "") // what was typed
		for _, word := range englishIn(said) {
			t.Errorf("%q: %q in %s", args, word, got.err)
		}
	}
}

// Files that cannot be used are told in Japanese, whatever the system calls it.
func TestJapaneseFileErrors(t *testing.T) {
	home := t.TempDir()
	config := filepath.Join(home, "config.yaml")
	for name, prepare := range map[string]func() error{
		"a directory": func() error { return os.Mkdir(config, 0o700) },
		"no YAML":     func() error { return os.WriteFile(config, []byte("wallet: [\n"), 0o600) },
		"no map":      func() error { return os.WriteFile(config, []byte("- x\n"), 0o600) },
		"unknown key": func() error { return os.WriteFile(config, []byte("walet: x\n"), 0o600) },
	} {
		if err := os.RemoveAll(config); err != nil {
			t.Fatal(err)
		}
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
		got := runCLI(t, []string{"CERTCTL_LANG=ja", "CERTCTL_HOME=" + home}, "list")
		if got.exit != 2 {
			t.Errorf("%s: exit %d, %s", name, got.exit, got.err)
		}
		said := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(got.err, "")
		for _, word := range englishIn(said) {
			t.Errorf("%s: %q in %s", name, word, got.err)
		}
	}
}

// englishIn returns the words of a text that are English prose: three letters
// or more, outside of what is the same in every language.
func englishIn(text string) []string {
	for _, same := range []string{
		"`[^`]*`", // to be typed
		`(?m)^ +(certctl|jq|curl|--[a-z])[\x20-\x7e]*$`, // so are these lines
		`(?m)^ +[a-z_]+:( \S+| \[.*\])?$`,               // of config.yaml
		`(?m)^  [a-z-]+  `,                              // the commands of a list
		`(?m)^  (\d+ +[a-z_]+  |[a-z_.]+, )`,            // the codes and the settings of a list
		`\{"error": \{[^}]*\}\}`,
		`--?[a-z][a-z-]*|[A-Z_]+=[a-z]+`,
		`[A-Za-z0-9]+([_.-][A-Za-z0-9_-]+)+`,                       // codes, keys, file names, key types
		`~?(/[A-Za-z0-9._-]+)+/?|[a-z]+/`,                          // paths
		`(file|sha256):[A-Z]+`,                                     // places
		`\b[A-Z0-9][A-Z0-9_]+(s|-[A-Z0-9]+)*\b`,                    // variables, arguments, PEM, CSR, TOTP, SIGTERM
		`\b(acquire|export|import|install|quickstart|code)(: ?|、)`, // the commands that a variable is for
	} {
		text = regexp.MustCompile(same).ReplaceAllString(text, " ")
	}
	var english []string
	for _, word := range regexp.MustCompile(`[A-Za-z]{3,}`).FindAllString(text, -1) {
		if !slices.Contains(sameInJapanese(), word) {
			english = append(english, word)
		}
	}
	return english
}

// sameInJapanese are the names that Japanese texts write in Latin letters.
func sameInJapanese() []string {
	return strings.Fields(`certctl quickstart code
		table json jsonl pem none true false keyring totp hotp frank uniform allow deny starttls tls root issuing good revoked expired signing acquirable active renewable locked suspended
		unspecified superseded keyCompromise
		serial secret base hex type digits period algorithm counter
		sqlite SQLite postgres PostgreSQL age
		bash zsh fish powershell
		openssl nss system windows macos java Firefox Chromium snap flatpak Windows macOS certutil Debian
		Ctrl Enter Linux GNOME Keyring KWallet
		systemd launchd cron sendmail`)
}
