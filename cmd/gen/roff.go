package main

import "strings"

// roff collects a manual page in the macros of man(7).
type roff struct{ strings.Builder }

func (r *roff) title(name, date string) {
	r.macro("TH", strings.ToUpper(name), "1", date, "certctl", "certctl manual")
}

func (r *roff) section(heading string) { r.macro("SH", heading) }

func (r *roff) paragraph() { r.WriteString(".PP\n") }

// item adds a term and what it means.
func (r *roff) item(term, meaning string) {
	r.WriteString(".TP\n")
	r.line(term)
	r.line(meaning)
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
		for _, line := range strings.Split(marked(block), "\n") {
			r.line(line)
		}
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
