package cli

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// wrap breaks a text into lines of at most width columns, full-width characters
// counting double. What nothing can break stands alone on a line too long.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, u := range units(text) {
		if line != "" && displaywidth.String(strings.TrimRight(line+u, " ")) > width {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		line += u
	}
	return append(lines, strings.TrimRight(line, " "))
}

// units splits a text where a line may end: after blanks, and in Japanese
// between phrases.
func units(text string) []string {
	var all []string
	start := 0
	var before rune
	for i, r := range text {
		if i > 0 && mayBreak(before, r) {
			all, start = append(all, text[start:i]), i
		}
		before = r
	}
	return append(all, text[start:])
}

// mayBreak tells whether a line may end between two characters. A Japanese
// phrase ends with hiragana or a punctuation mark, and the next one begins with
// neither; a line never begins with a closing mark. (JIS X 4051 would allow
// more, and tear words apart.)
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

// prose fits a text of blocks apart by empty lines to a terminal that is
// narrower than the text was written for. A block with indented lines, which is
// a table, a list or an example, stays as it is.
func prose(text string, width int) string {
	blocks := strings.Split(text, "\n\n")
	for i, block := range blocks {
		lines := strings.Split(block, "\n")
		long := func(line string) bool { return displaywidth.String(line) > width }
		indented := func(line string) bool { return strings.HasPrefix(line, " ") }
		if slices.ContainsFunc(lines, long) && !slices.ContainsFunc(lines, indented) {
			blocks[i] = strings.Join(wrap(joined(lines), width), "\n")
		}
	}
	return strings.Join(blocks, "\n\n")
}

// joined undoes the line breaks of a paragraph. Between Japanese characters
// there was no blank; around what is quoted or a flag there was.
func joined(lines []string) string {
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
