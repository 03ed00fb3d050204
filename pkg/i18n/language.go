package i18n

import "strings"

// Language is a language that certctl speaks, as --lang names it.
type Language string

// The languages.
const (
	EN Language = "en"
	JA Language = "ja"
)

// Languages returns all languages, first the one that is spoken where nothing
// says otherwise.
func Languages() []Language { return []Language{EN, JA} }

// Spoken tells whether the language is one of ours.
func (l Language) Spoken() bool { return l == EN || l == JA }

// Text returns all sentences in the language; in English where it is none of
// ours.
func (l Language) Text() *Text {
	if l == JA {
		return Japanese()
	}
	return English()
}

// FromLocale returns the language that an environment asks for by its locale,
// and whether it asks for one of ours at all. As in POSIX (XBD 8.2) the first
// of LC_ALL, LC_MESSAGES and LANG that is not empty counts. As in GNU gettext,
// where that is a language at all, LANGUAGE is a list that is preferred to it.
// A locale whose characters are not UTF-8 is not for us: Japanese would come
// out as rubbish.
func FromLocale(getenv func(string) string) (Language, bool) {
	locale := ""
	for _, variable := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(variable); locale != "" {
			break
		}
	}
	name, ok := localeLanguage(locale)
	if !ok || name == "C" || name == "POSIX" { // POSIX: no language at all
		return "", false
	}
	list := getenv("LANGUAGE")
	if list == "" {
		list = locale
	}
	for entry := range strings.SplitSeq(list, ":") {
		if name, ok := localeLanguage(entry); ok && Language(name).Spoken() {
			return Language(name), true
		}
	}
	return "", false
}

// localeLanguage returns the first part of language[_TERRITORY][.charset][@modifier],
// false where a part is announced and not there, or the charset is not UTF-8.
func localeLanguage(locale string) (string, bool) {
	rest, modifier, modified := strings.Cut(locale, "@")
	rest, charset, encoded := strings.Cut(rest, ".")
	language, territory, local := strings.Cut(rest, "_")
	if language == "" || modified && modifier == "" || local && territory == "" {
		return "", false
	}
	utf8 := strings.EqualFold(charset, "UTF-8") || strings.EqualFold(charset, "UTF8")
	return language, utf8 || !encoded
}
