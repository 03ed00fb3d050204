package i18n

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks the lines of a text that are longer than width columns, where a
// reader of English or Japanese expects it: after blanks, and between Japanese
// phrases. Full-width characters count double. What is longer than a line and
// has no such place, such as a URI, is cut. A width below 1 breaks nothing.
func Wrap(text string, width int) string {
	if width < 1 {
		return text
	}
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		all = append(all, wrapLine(line, width)...)
	}
	return strings.Join(all, "\n")
}

func wrapLine(text string, width int) []string {
	w := wrapper{width: width}
	finer := []func(string) []string{
		phrases,
		func(phrase string) []string { return strings.SplitAfter(phrase, " ") },
		characters,
	}
	w.add(text, finer)
	w.end()
	return w.lines
}

// wrapper collects lines.
type wrapper struct {
	width int
	lines []string
	line  string // the one that is not ended
}

func (w *wrapper) end() {
	w.lines, w.line = append(w.lines, strings.TrimRight(w.line, " ")), ""
}

// add adds a part of a text to the line, or to the next one, or in smaller
// parts where it is longer than that.
func (w *wrapper) add(part string, finer []func(string) []string) {
	switch blank := strings.TrimSpace(w.line) == ""; {
	case w.fits(part):
	case !blank:
		w.end()
	case len(finer) == 0:
		w.line = "" // there is no room for an indentation
	}
	if w.fits(part) || len(finer) == 0 {
		w.line += part
		return
	}
	for _, p := range finer[0](part) {
		w.add(p, finer[1:])
	}
}

func (w *wrapper) fits(part string) bool {
	return displaywidth.String(strings.TrimRight(w.line+part, " ")) <= w.width
}

// characters splits a word; a full stop stays with what it ends.
func characters(word string) []string {
	all := strings.Split(word, "")
	for i := len(all) - 1; i > 0; i-- {
		if all[i] == "、" || all[i] == "。" {
			all[i-1] += all[i]
			all = slices.Delete(all, i, i+1)
		}
	}
	return all
}

// phrases splits a line where it may be broken, which is not within backquotes:
// that is to be copied.
func phrases(text string) []string {
	var all []string
	start, quoted := 0, false
	var before rune
	for i, r := range text {
		if i > 0 && !quoted && mayBreak(before, r) {
			all, start = append(all, text[start:i]), i
		}
		if r == '`' {
			quoted = !quoted
		}
		before = r
	}
	return append(all, text[start:])
}

// compounds are where hiragana stands within a word, and not at its end: 書き出す,
// もう一度.
const compounds = "き出 き込 き換 き戻 み取 み込 み出 け取 り出 り込 り替 り直 れ替 し直 う一"

// mayBreak tells whether a line may end between two characters. A Japanese
// phrase ends with hiragana or a punctuation mark, and the next one begins with
// neither. (JIS X 4051 allows more breaks, within words too.) No line begins
// with a mark that closes.
func mayBreak(before, after rune) bool {
	switch {
	case after == ' ' || strings.ContainsRune("、。」)】？！:,.;", after):
		return false
	case strings.ContainsRune(" 、。」】？！", before):
		return true
	case unicode.Is(unicode.Hiragana, after) || strings.Contains(compounds, string(before)+string(after)):
		return false
	}
	return unicode.Is(unicode.Hiragana, before) && !strings.ContainsRune("おご", before)
}

// Joined undoes the line breaks of a paragraph. Between Japanese characters
// there was no blank; around what is quoted or a flag there was.
func Joined(lines []string) string {
	var all strings.Builder
	all.WriteString(lines[0])
	for i, line := range lines[1:] {
		before := []rune(lines[i])
		a, b := before[len(before)-1], []rune(line)[0]
		if a < 0x80 && b < 0x80 || a == '`' || b == '`' || b == '-' {
			all.WriteByte(' ')
		}
		all.WriteString(line)
	}
	return all.String()
}
