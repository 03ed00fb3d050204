package i18n_test

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certctl/pkg/i18n"
)

// sentences returns all strings of a language by their path in Text.
func sentences(t *i18n.Text) map[string]string {
	all := map[string]string{}
	walk(reflect.ValueOf(*t), "Text", func(path, s string) { all[path] = s })
	return all
}

// A sentence that is missing in one language would be an empty line for
// whoever speaks it.
func TestNoSentenceIsMissing(t *testing.T) {
	for _, l := range i18n.Languages() {
		all := sentences(l.Text())
		for _, path := range slices.Sorted(maps.Keys(all)) {
			if strings.TrimSpace(all[path]) == "" && !strings.HasSuffix(path, ".Comma") {
				t.Errorf("%s: %s is empty", l, path)
			}
		}
		if len(all) < 400 {
			t.Errorf("%s: walked over %d sentences only", l, len(all))
		}
	}
}

// What one language has, each has: the same keys, and in each sentence the same
// placeholders, since both are filled with the same values.
func TestLanguagesSayTheSame(t *testing.T) {
	placeholders := regexp.MustCompile(`\{[a-z]+\}`)
	english := sentences(i18n.English())
	for _, l := range i18n.Languages() {
		other := sentences(l.Text())
		for path, s := range english {
			translated, found := other[path]
			if !found {
				t.Errorf("%s: no %s", l, path)
				continue
			}
			if a, b := distinct(placeholders, s), distinct(placeholders, translated); !slices.Equal(a, b) {
				t.Errorf("%s: %s has %v, want %v", l, path, b, a)
			}
		}
		for path := range other {
			if _, found := english[path]; !found {
				t.Errorf("%s: %s is in no other language", l, path)
			}
		}
	}
}

// The value of a flag has one name, whoever reads of it. What is no such name
// must not look like one: the first word in backquotes is taken for it.
func TestFlagsNameTheirValuesAlike(t *testing.T) {
	values := regexp.MustCompile("`[^`]*`")
	english := sentences(i18n.English())
	for _, l := range i18n.Languages() {
		for path, usage := range sentences(l.Text()) {
			if !strings.HasPrefix(path, "Text.Flags.") {
				continue
			}
			want := values.FindAllString(english[path], -1)
			if got := values.FindAllString(usage, -1); !slices.Equal(got, want) || len(got) > 1 {
				t.Errorf("%s: %s names %v, want %v and one at most", l, path, got, want)
			}
			if got := strings.Join(want, ""); got != strings.ToUpper(got) {
				t.Errorf("%s: %s names a value %s", l, path, got)
			}
		}
	}
}

// Examples are to be typed: they are the same but for comments and names.
func TestExamplesAreTheSameCommands(t *testing.T) {
	words := regexp.MustCompile(`"[^"]*"`)
	english := sentences(i18n.English())
	for path, example := range sentences(i18n.Japanese()) {
		if !strings.HasSuffix(path, ".Example") {
			continue
		}
		if a, b := words.ReplaceAllString(english[path], ""), words.ReplaceAllString(example, ""); a != b {
			t.Errorf("%s\n%s\nis in English\n%s", path, b, a)
		}
	}
}

// What has no Japanese character in it is not translated, or cannot be.
func TestJapaneseIsJapanese(t *testing.T) {
	japanese := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}、。]`)
	same := regexp.MustCompile(`\.Example$|\.Next\[|^Text\.Output\.(Labels\.(Version|Go)|Sources\[file\])$`)
	for path, s := range sentences(i18n.Japanese()) {
		if !japanese.MatchString(s) && !same.MatchString(path) {
			t.Errorf("%s: %q", path, s)
		}
		if regexp.MustCompile(`ユーザ|[,.!?:;] ?$`).MatchString(s) && !strings.HasSuffix(s, ":") && !same.MatchString(path) {
			t.Errorf("%s: %q", path, s)
		}
	}
}

// A hint is a sentence, and a message is one: they stand on lines of their
// own.
func TestErrorsAreSentences(t *testing.T) {
	for l, stop := range map[i18n.Language]string{i18n.EN: ".", i18n.JA: "。"} {
		for path, s := range sentences(l.Text()) {
			ends := strings.HasSuffix(path, ".Message") || strings.HasSuffix(path, ".Hint")
			if ends && !strings.HasSuffix(s, stop) {
				t.Errorf("%s: %s: %q is no sentence", l, path, s)
			}
		}
	}
}

// distinct returns what matches, sorted, each once.
func distinct(re *regexp.Regexp, s string) []string {
	found := re.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func walk(v reflect.Value, path string, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Map:
		if v.Len() == 0 {
			visit(path, "")
		}
		for _, key := range v.MapKeys() {
			walk(v.MapIndex(key), fmt.Sprintf("%s[%v]", path, key), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	default:
		panic("a Text holds strings, and " + path + " is a " + v.Kind().String())
	}
}
