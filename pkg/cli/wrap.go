package cli

import (
	"regexp"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"certctl/pkg/i18n"
)

// prose fits a text of blocks apart by empty lines to a terminal that is
// narrower than the text was written for. Paragraphs are filled anew; of a block
// with indented lines only the items of a list are.
func prose(text string, width int) string {
	blocks := strings.Split(text, "\n\n")
	for i, block := range blocks {
		lines := strings.Split(block, "\n")
		switch {
		case !slices.ContainsFunc(lines, func(line string) bool { return displaywidth.String(line) > width }):
		case slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, " ") }):
			blocks[i] = items(lines, width)
		default:
			blocks[i] = i18n.Wrap(i18n.Joined(lines), width)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// items breaks the lines of a list that are numbered or Japanese, so that they
// go on below themselves. Others are tables, or commands to be copied.
func items(lines []string, width int) string {
	item := regexp.MustCompile(`^ +([0-9]+\. )?`)
	sentence := regexp.MustCompile(`^ +([0-9]+\. |[^#]*[\p{Hiragana}\p{Katakana}\p{Han}])`)
	for i, line := range lines {
		if !sentence.MatchString(line) {
			continue
		}
		label := item.FindString(line)
		text := i18n.Wrap(line[len(label):], width-len(label))
		lines[i] = label + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", len(label)))
	}
	return strings.Join(lines, "\n")
}
