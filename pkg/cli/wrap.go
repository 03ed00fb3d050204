package cli

import (
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"certctl/pkg/i18n"
)

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
			blocks[i] = i18n.Wrap(joined(lines), width)
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
