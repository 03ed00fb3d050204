package cli

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/term"

	"certctl/pkg/i18n"
)

// page is what a person gets to read: lines, tables and labelled values. It
// is filled first and written at once.
type page struct {
	strings.Builder
	width int // of prose, in columns; 0: as wide as it gets
	wide  int // of the terminal, which tables may fill; 0: width is all there is
	// rerun writes the commands in a line as the person has to call them; nil where
	// the page is for somebody else.
	rerun func(string) string
}

// readable is how many columns people like to read, which is also right for a
// pager.
const readable = 80

// terminalWidth is how wide a text for a person may be on a stream: as wide as
// the terminal, but no wider than people like to read. 0, which is as wide as
// it gets, where it is no terminal: another program may look for whole lines.
func terminalWidth(stream any) int { return min(wholeWidth(stream), readable) }

// wholeWidth is how wide the terminal is that a stream is; 0 where it is none.
func wholeWidth(stream any) int {
	f, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return max(width, 0)
}

// lines adds a text of one line or several.
func (p *page) lines(text string) {
	if p.rerun != nil {
		text = p.rerun(text)
	}
	for line := range strings.SplitSeq(text, "\n") {
		p.WriteString(fitted(printable(line), p.width) + "\n")
	}
}

// fitted breaks a sentence that is wider than a terminal. One that ends in a
// command is left to the terminal, from which it can be copied whole.
func fitted(line string, width int) string {
	prose := regexp.MustCompile("`[^`]*`").ReplaceAllString(line, "")
	if strings.HasPrefix(line, " ") || regexp.MustCompile(`: .*\bcertctl `).MatchString(prose) {
		return line
	}
	return strings.Join(wrapped(line, width), "\n")
}

// wrapped breaks a sentence. A command in it that is wider than the terminal has a
// line of its own, which is left to the terminal too.
func wrapped(line string, width int) []string {
	if line == "" {
		return nil
	}
	if quoted := regexp.MustCompile("`[^`]*`[.,:;、。]?"); width > 0 {
		for _, at := range quoted.FindAllStringIndex(line, -1) {
			if command := line[at[0]:at[1]]; displaywidth.String(command) > width {
				before, after := strings.TrimSpace(line[:at[0]]), strings.TrimSpace(line[at[1]:])
				return slices.Concat(wrapped(before, width), []string{command}, wrapped(after, width))
			}
		}
	}
	return strings.Split(i18n.Wrap(line, width), "\n")
}

// prose adds a text of several lines that may be filled anew.
func (p *page) prose(text string) {
	if p.width > 0 {
		text = prose(text, p.width)
	}
	p.WriteString(text + "\n")
}

// table adds rows under headings. Where they are wider than the terminal, the
// columns of free text are cut, which are named by their indexes in the order in
// which they can be spared; and where too little of them would be left, the values
// of a row stand below one another.
func (p *page) table(headings []string, rows [][]string, free ...int) {
	heading := stacked(headings)
	if p.width == 0 || narrow(heading, rows, max(p.width, p.wide), free) {
		p.columns(slices.Concat(heading, rows))
		return
	}
	for i, row := range rows {
		if i > 0 {
			p.WriteString("\n")
		}
		var fields []field
		for j, cell := range row {
			fields = append(fields, field{strings.ReplaceAll(headings[j], "\n", ""), cell})
		}
		p.fields(fields...)
	}
}

// narrow cuts what is in the free columns, the first of them first, until the rows
// under their headings fit into room. It tells whether they do; if not they stay
// whole.
func narrow(headings, rows [][]string, room int, free []int) bool {
	const some = 10 // columns, in which words can be told from others
	least, wide := widths(headings), widths(slices.Concat(headings, rows))
	over := gap*(len(wide)-1) - room
	for _, w := range wide {
		over += w
	}
	for _, j := range free {
		cut := min(max(over, 0), max(wide[j]-max(some, least[j]), 0))
		wide[j] -= cut
		over -= cut
	}
	if over > 0 {
		return false
	}
	for _, row := range rows {
		for _, j := range free {
			row[j] = displaywidth.TruncateString(printable(row[j]), wide[j], "…")
		}
	}
	return true
}

// stacked returns headings as rows: one of two lines keeps a column narrow.
func stacked(headings []string) [][]string {
	var rows [][]string
	for i, heading := range headings {
		for j, line := range strings.Split(heading, "\n") {
			if j == len(rows) {
				rows = append(rows, make([]string, len(headings)))
			}
			rows[j][i] = line
		}
	}
	return rows
}

// field is a labelled value. One without a value is not shown.
type field struct{ label, value string }

// fields adds labelled values, one a line.
func (p *page) fields(fields ...field) {
	var rows [][]string
	for _, f := range fields {
		if f.value != "" {
			rows = append(rows, []string{f.label + ":", f.value})
		}
	}
	p.columns(rows)
}

// gap is how many blanks are between two columns.
const gap = 2

// columns adds rows of aligned cells.
func (p *page) columns(rows [][]string) { p.align(rows, 0) }

// entries adds rows of aligned cells, the last of which is prose and goes on
// below itself where it is too long for the page.
func (p *page) entries(rows [][]string) { p.align(rows, p.width) }

func (p *page) align(rows [][]string, width int) {
	labels := make([][]string, len(rows))
	for i, row := range rows {
		labels[i] = row[:len(row)-1]
	}
	for i, label := range aligned(labels) {
		p.hang(label, printable(rows[i][len(rows[i])-1]), width)
	}
}

// aligned returns each row as one text, in which every cell has the width of
// its column and the gap after it.
func aligned(rows [][]string) []string {
	wide := widths(rows)
	lines := make([]string, len(rows))
	for i, row := range rows {
		for j, cell := range row {
			cell = printable(cell)
			lines[i] += cell + strings.Repeat(" ", wide[j]-displaywidth.String(cell)+gap)
		}
	}
	return lines
}

// widths returns how wide each column is on the screen: as its widest cell.
// Full-width characters count double.
func widths(rows [][]string) []int {
	var all []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(all) {
				all = append(all, 0)
			}
			all[i] = max(all[i], displaywidth.String(printable(cell)))
		}
	}
	return all
}

// hang adds a line that begins with label. What is wider than width goes on
// below the text, as long as there is room for some words; 0 is any width.
func (p *page) hang(label, text string, width int) {
	const someWords = 20 // columns
	indent := displaywidth.String(label)
	if width > 0 {
		text = i18n.Wrap(text, max(width-indent, someWords))
	}
	text = strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", indent))
	p.WriteString(strings.TrimRight(label+text, " ") + "\n")
}
