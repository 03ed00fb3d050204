package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// The looks of a picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 20
	baseline   = 15 // of a line, from its top
	margin     = 14
	fontSize   = 15
)

const (
	background = "#1d1f27"
	foreground = "#e6e6e6"
	faint      = "#8a8f9c"
)

// cell is one character on the screen.
type cell struct {
	content string
	column  int
	width   int // in columns
	fg, bg  string
	bold    bool
}

// rows returns the lines of the screen down to the last that has anything.
func (t *terminal) rows() [][]cell {
	var rows [][]cell
	last := 0
	t.Look(func(vt *vt.Emulator) {
		for y := range vt.Height() {
			var row []cell
			for x := range vt.Width() {
				c := vt.CellAt(x, y)
				if c == nil || c.Content == "" {
					continue
				}
				row = append(row, newCell(c, x))
				if strings.TrimSpace(c.Content) != "" {
					last = y + 1
				}
			}
			rows = append(rows, row)
		}
	})
	return rows[:last]
}

func newCell(c *uv.Cell, column int) cell {
	fg, bg := c.Style.Fg, c.Style.Bg
	if c.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	made := cell{c.Content, column, max(c.Width, 1), hex(fg), hex(bg), c.Style.Attrs&uv.AttrBold != 0}
	if c.Style.Attrs&uv.AttrReverse != 0 && made.bg == "" {
		made.fg, made.bg = background, foreground
	}
	if c.Style.Attrs&uv.AttrFaint != 0 && made.fg == "" {
		made.fg = faint
	}
	return made
}

func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// svg draws the screen, with the command above it.
func (t *terminal) svg() string {
	var rows [][]cell
	for _, line := range strings.Split(t.command, "\n") {
		rows = append(rows, typed(line))
	}
	rows = append(append(rows, nil), t.rows()...)
	width := t.width*cellWidth + 2*margin
	height := len(rows)*cellHeight + 2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n",
		width, height, width, height, html.EscapeString(t.command))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", background)
	fmt.Fprintf(&b, `<g font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK JP, Noto Sans CJK JP, MS Gothic, monospace" font-size="%d" fill="%s">`+"\n",
		fontSize, foreground)
	for y, row := range rows {
		for _, c := range merged(row) {
			c.draw(&b, y)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// typed is the line of a shell.
func typed(line string) []cell {
	var row []cell
	column := 0
	for _, r := range line {
		c := cell{content: string(r), column: column, width: 1, fg: faint}
		if r >= 0x1100 {
			c.width = 2
		}
		row = append(row, c)
		column += c.width
	}
	return row
}

// merged makes one wide cell of neighbours that are the same block.
func merged(row []cell) []cell {
	var all []cell
	for _, c := range row {
		last := len(all) - 1
		if last >= 0 && strings.Contains("█▀▄ ", c.content) && all[last].content == c.content &&
			all[last].fg == c.fg && all[last].bg == c.bg && all[last].column+all[last].width == c.column {
			all[last].width += c.width
			continue
		}
		all = append(all, c)
	}
	return all
}

// draw draws one cell. The half blocks of a QR code are rectangles: no two
// fonts agree on where they are, and a scanner looks closely.
func (c cell) draw(b *strings.Builder, line int) {
	x, y := margin+c.column*cellWidth, margin+line*cellHeight
	if c.bg != "" {
		c.rect(b, x, y, cellHeight, c.bg)
	}
	fg := c.fg
	if fg == "" {
		fg = foreground
	}
	switch c.content {
	case " ", "\u3000":
	case "█":
		c.rect(b, x, y, cellHeight, fg)
	case "▀":
		c.rect(b, x, y, cellHeight/2, fg)
	case "▄":
		c.rect(b, x, y+cellHeight/2, cellHeight/2, fg)
	default:
		fmt.Fprintf(b, `<text x="%d" y="%d"`, x, y+baseline)
		if c.fg != "" {
			fmt.Fprintf(b, ` fill="%s"`, c.fg)
		}
		if c.bold {
			b.WriteString(` font-weight="bold"`)
		}
		if c.width > 1 {
			fmt.Fprintf(b, ` textLength="%d"`, c.width*cellWidth)
		}
		fmt.Fprintf(b, ">%s</text>\n", html.EscapeString(c.content))
	}
}

func (c cell) rect(b *strings.Builder, x, y, height int, fill string) {
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" shape-rendering="crispEdges"/>`+"\n", x, y, c.width*cellWidth, height, fill)
}
