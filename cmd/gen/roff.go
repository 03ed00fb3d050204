package main

import (
	"strings"

	"certctl/pkg/i18n"
)

// roff collects a manual page in the macros of man(7). Text is filled by roff
// itself where width is 0, and here otherwise: roff puts blanks between the
// lines of a paragraph, which Japanese has not, and breaks words.
type roff struct {
	strings.Builder
	width int // columns
}

// itemIndent is how far the meaning of an item stands to the right.
const itemIndent = 7 // columns

func (r *roff) title(name, date, manual string) {
	r.macro("TH", strings.ToUpper(name), "1", date, "certctl", manual)
}

func (r *roff) section(heading string) { r.macro("SH", heading) }

func (r *roff) paragraph() { r.WriteString(".PP\n") }

// item adds a term and what it means.
func (r *roff) item(term, meaning string) {
	r.WriteString(".TP\n")
	r.line(term)
	r.filled(meaning, itemIndent)
}

// sentence adds a sentence with the name of another page at {page}.
func (r *roff) sentence(text, page string) {
	r.filled(i18n.Fill(text, "page", "`"+page+"`(1)"), 0)
}

// filled adds a paragraph that stands indent columns further to the right than
// others.
func (r *roff) filled(text string, indent int) {
	if r.width == 0 {
		for _, line := range strings.Split(marked(text), "\n") {
			r.line(line)
		}
		return
	}
	r.WriteString(".nf\n")
	wrapped := i18n.Wrap(i18n.Joined(strings.Split(text, "\n")), r.width-indent)
	for _, line := range strings.Split(marked(wrapped), "\n") {
		r.line(line)
	}
	r.WriteString(".fi\n")
}

// prose adds text as the help pages have it: blocks apart from one another by
// empty lines. A block with an indented line is shown as it is, others are
// filled. `quoted` words are set bold.
func (r *roff) prose(text string) {
	for i, block := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if i > 0 {
			r.paragraph()
		}
		if strings.HasPrefix(block, " ") || strings.Contains(block, "\n ") {
			r.literal(block)
			continue
		}
		r.filled(block, 0)
	}
}

// marked escapes text and sets what is between two backquotes bold.
func marked(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			part = bold(part)
		} else {
			part = escape(part)
		}
		b.WriteString(part)
	}
	return b.String()
}

// literal adds text whose lines and columns stay.
func (r *roff) literal(text string) {
	r.WriteString(".nf\n")
	for _, line := range strings.Split(text, "\n") {
		r.line(escape(line))
	}
	r.WriteString(".fi\n")
}

// line adds a line of escaped text; one that looks like a macro is none.
func (r *roff) line(text string) {
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	r.WriteString(text + "\n")
}

func (r *roff) macro(name string, arguments ...string) {
	r.WriteString("." + name)
	for _, a := range arguments {
		r.WriteString(` "` + escape(a) + `"`)
	}
	r.WriteString("\n")
}

// escape writes text so that it is shown as it is, hyphens and quotes so that
// they can be copied into a shell.
func escape(text string) string {
	return strings.NewReplacer(
		`\`, `\e`, "-", `\-`, "`", `\(ga`, "'", `\(aq`, `"`, `\(dq`, "^", `\(ha`, "~", `\(ti`,
	).Replace(text)
}

func bold(text string) string   { return `\fB` + escape(text) + `\fR` }
func italic(text string) string { return `\fI` + escape(text) + `\fR` }

// reference names another page.
func reference(page string) string { return bold(page) + "(1)" }
