package i18n

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks the lines of a text that are longer than width columns, where a
// reader of English or Japanese expects it: after blanks, and between Japanese
// phrases. Full-width characters count double. What is in `backquotes` is to be
// copied, and stays together where a line has room for it. What is longer than
// a line and has no place to break, such as a URI, is cut. A width below 1
// breaks nothing.
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
	var lines []string
	line := ""
	end := func() {
		lines, line = append(lines, strings.TrimRight(line, " ")), ""
	}
	for _, p := range pieces(text, width) {
		if strings.TrimSpace(line) != "" && !fits(line+p, width) {
			end()
		}
		if fits(line+p, width) {
			line += p
			continue
		}
		for _, r := range p {
			if line != "" && !fits(line+string(r), width) {
				end()
			}
			line += string(r)
		}
	}
	end()
	return lines
}

// pieces splits a line into what stays together if it can.
func pieces(text string, width int) []string {
	var all []string
	for _, p := range phrases(text, true) {
		if fits(p, width) {
			all = append(all, p)
			continue
		}
		all = append(all, phrases(p, false)...)
	}
	return all
}

func fits(line string, width int) bool {
	return displaywidth.String(strings.TrimRight(line, " ")) <= width
}

// phrases splits a line where it may be broken; not within backquotes, where
// these are to be kept together.
func phrases(text string, quotations bool) []string {
	var all []string
	start := 0
	quoted := false
	var before rune
	for i, r := range text {
		if i > 0 && !quoted && mayBreak(before, r) {
			all, start = append(all, text[start:i]), i
		}
		quoted = quoted != (quotations && r == '`')
		before = r
	}
	return append(all, text[start:])
}

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
	case unicode.Is(unicode.Hiragana, after):
		return false
	}
	return unicode.Is(unicode.Hiragana, before) && !strings.ContainsRune("おご", before)
}
