package cli

import (
	"bytes"
	"cmp"
	"os"
	"runtime"
	"strings"

	"go.yaml.in/yaml/v3"

	"certctl/pkg/i18n"
)

// language returns the language of a run: what --lang says, else CERTCTL_LANG,
// else lang in config.yaml, else the locale, else English. The texts of the
// command tree depend on it, so that it is looked for before there are any flags
// to parse. What none of ours is passed over here; start and config refuse it,
// in the language that is spoken then.
func (p Process) language() i18n.Language {
	for _, says := range []func() string{
		func() string { return p.argument("--lang") },
		func() string { return p.getenv("CERTCTL_LANG") },
		p.fileLanguage,
	} {
		if l := i18n.Language(strings.TrimSpace(says())); l.Spoken() {
			return l
		}
	}
	l, _ := p.locale()
	return cmp.Or(l, i18n.Languages()[0])
}

// locale returns the language of the environment, or where no variable says
// anything the one in which the operating system speaks, and whether it is one
// of ours.
func (p Process) locale() (i18n.Language, bool) {
	l, found := i18n.FromLocale(p.getenv)
	if found || p.Locale == nil || cmp.Or(p.getenv("LC_ALL"), p.getenv("LC_MESSAGES"), p.getenv("LANG")) != "" {
		return l, found
	}
	tag, _, _ := strings.Cut(p.Locale(), "-")
	if l = i18n.Language(strings.ToLower(tag)); l.Spoken() {
		return l, true
	}
	return "", false
}

// argument returns the value of a flag among arguments that nobody has parsed,
// the last one where there are several.
func (p Process) argument(flag string) string {
	value := ""
	for i, arg := range p.Args {
		if arg == "--" {
			break
		}
		if after, found := strings.CutPrefix(arg, flag+"="); found {
			value = after
		}
		if arg == flag && i+1 < len(p.Args) {
			value = p.Args[i+1]
		}
	}
	return value
}

// fileLanguage returns lang of config.yaml. A file that does not mention it is
// not parsed; what is wrong with one is said by whoever needs it.
func (p Process) fileLanguage() string {
	d := platformDirs(runtime.GOOS, p.getenv)
	if home := cmp.Or(p.argument("--home"), p.getenv("CERTCTL_HOME")); home != "" {
		d.config = home
	}
	if d.config == "" {
		return ""
	}
	text, err := os.ReadFile(d.configFile())
	if err != nil || !bytes.Contains(text, []byte("lang")) {
		return ""
	}
	var file struct{ Lang string }
	_ = yaml.Unmarshal(text, &file) // as above
	return file.Lang
}
