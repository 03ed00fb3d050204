package i18n_test

import (
	"strings"
	"testing"

	"certctl/pkg/i18n"
)

func TestFromLocale(t *testing.T) {
	tests := []struct {
		env  string // blanks between variables
		want i18n.Language
	}{
		{"", ""},
		{"LANG=ja_JP.UTF-8", i18n.JA},
		{"LANG=ja_JP.utf8", i18n.JA},
		{"LANG=ja_JP", i18n.JA},
		{"LANG=ja", i18n.JA},
		{"LANG=ja.UTF-8", i18n.JA},
		{"LANG=ja_JP.UTF-8@cjknarrow", i18n.JA},
		{"LANG=en_US.UTF-8", i18n.EN},
		{"LANG=en", i18n.EN},
		{"LANG=C", ""},
		{"LANG=C.UTF-8", ""},
		{"LANG=POSIX", ""},
		{"LANG=de_DE.UTF-8", ""},
		{"LANG=jam_JM.UTF-8", ""},
		{"LANG=japanese", ""},

		// The order of POSIX; what is empty is not set.
		{"LC_ALL=ja_JP.UTF-8 LC_MESSAGES=en_US.UTF-8 LANG=en_US.UTF-8", i18n.JA},
		{"LC_ALL=C LANG=ja_JP.UTF-8", ""},
		{"LC_ALL= LC_MESSAGES= LANG=ja_JP.UTF-8", i18n.JA},
		{"LC_MESSAGES=ja_JP.UTF-8 LANG=en_US.UTF-8", i18n.JA},
		{"LC_MESSAGES=C LANG=ja_JP.UTF-8", ""},
		{"LC_MESSAGES=nonsense LANG=ja_JP.UTF-8", ""},
		{"LC_CTYPE=ja_JP.UTF-8", ""}, // characters, not messages

		// Characters that we do not write.
		{"LANG=ja_JP.eucJP", ""},
		{"LANG=ja_JP.SJIS", ""},
		{"LANG=ja_JP.ISO-2022-JP", ""},

		// Half a name.
		{"LANG=ja_JP.", ""},
		{"LANG=ja_", ""},
		{"LANG=_JP.UTF-8", ""},
		{"LANG=.UTF-8", ""},
		{"LANG=ja_JP.UTF-8@", ""},
		{"LANG=@", ""},

		// As GNU gettext does it.
		{"LANGUAGE=ja", ""},
		{"LANG=C LANGUAGE=ja", ""},
		{"LANG=C.UTF-8 LANGUAGE=ja", ""},
		{"LANG=en_US.UTF-8 LANGUAGE=ja", i18n.JA},
		{"LANG=ja_JP.UTF-8 LANGUAGE=en_GB:ja", i18n.EN},
		{"LANG=ja_JP.UTF-8 LANGUAGE=ja_JP:en", i18n.JA},
		{"LANG=de_DE.UTF-8 LANGUAGE=de:ja:en", i18n.JA},
		{"LANG=ja_JP.UTF-8 LANGUAGE=de", ""},
		{"LANG=ja_JP.UTF-8 LANGUAGE=", i18n.JA},
	}
	for _, tt := range tests {
		env := map[string]string{}
		for _, variable := range strings.Fields(tt.env) {
			name, value, _ := strings.Cut(variable, "=")
			env[name] = value
		}
		got, found := i18n.FromLocale(func(name string) string { return env[name] })
		if got != tt.want || found != (tt.want != "") {
			t.Errorf("%s: %q, %v; want %q", tt.env, got, found, tt.want)
		}
	}
}

func TestLanguages(t *testing.T) {
	for _, l := range i18n.Languages() {
		if !l.Spoken() {
			t.Errorf("%s is not spoken", l)
		}
	}
	for _, l := range []i18n.Language{"", "fr", "JA"} {
		if l.Spoken() || l.Text().Help.Usage != i18n.English().Help.Usage {
			t.Errorf("%q: spoken %v, %q", l, l.Spoken(), l.Text().Help.Usage)
		}
	}
	if got := i18n.JA.Text().Help.Usage; got != i18n.Japanese().Help.Usage {
		t.Errorf("ja: %q", got)
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		parts []string
		want  string
	}{
		{[]string{"One.", "Two."}, "One. Two."},
		{[]string{"一つ。", "二つ。"}, "一つ。二つ。"},
		{[]string{"", "One.", "", "Two."}, "One. Two."},
		{nil, ""},
	}
	for _, tt := range tests {
		if got := i18n.Sentences(tt.parts...); got != tt.want {
			t.Errorf("Sentences(%q) = %q, want %q", tt.parts, got, tt.want)
		}
	}
}
