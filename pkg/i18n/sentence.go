package i18n

import (
	"strings"
	"unicode/utf8"
)

// Sentences puts sentences one after another: with a blank between them, except
// after a full stop that has its own. Empty ones are left out.
func Sentences(sentences ...string) string {
	var all strings.Builder
	for _, s := range sentences {
		if s == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(all.String()); all.Len() > 0 && last != '。' {
			all.WriteByte(' ')
		}
		all.WriteString(s)
	}
	return all.String()
}
