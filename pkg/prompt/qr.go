package prompt

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"rsc.io/qr"

	"certctl/pkg/i18n"
)

// quietZone is the light margin that a reader needs around the symbol, in
// modules (ISO/IEC 18004).
const quietZone = 4

// QR shows a text, such as the URI of a token, as a QR code, or as it is where
// the terminal is too narrow for the picture.
func (a *Asker) QR(text string) error {
	width, _, err := term.GetSize(a.out.Fd())
	if err != nil {
		return fmt.Errorf("measure the terminal: %w", err)
	}
	code, err := qr.Encode(text, qr.L) // a screen has no dirt to correct
	if err != nil {
		return fmt.Errorf("make the QR code: %w", err)
	}
	s := a.text.QRCaption + "\n" + picture(code, a.color)
	if columns := code.Size + 2*quietZone; columns > width {
		why := i18n.Fill(a.text.QRNarrow, "columns", strconv.Itoa(columns))
		s = lipgloss.Wrap(why, width, " ") + "\n\n" + printable(text) + "\n\n"
	}
	if _, err := io.WriteString(a.out, s); err != nil {
		return fmt.Errorf("show the QR code: %w", err)
	}
	return nil
}

// picture draws a symbol with its quiet zone, one module per column and two
// per line. With colour it is black on white whatever the terminal's own
// colours are; without, it relies on light text on a dark background.
func picture(code *qr.Code, color bool) string {
	before, after := "\x1b[38;5;16;48;5;231m", "\x1b[0m" // the two that no palette changes
	blocks := [4]string{" ", "▀", "▄", "█"}              // ink above: 1, ink below: 2
	if !color {
		before, after = "", ""
		blocks = [4]string{"█", "▄", "▀", " "}
	}
	var s strings.Builder
	for y := -quietZone; y < code.Size+quietZone; y += 2 {
		s.WriteString(before)
		for x := -quietZone; x < code.Size+quietZone; x++ {
			i := 0
			if code.Black(x, y) {
				i = 1
			}
			if code.Black(x, y+1) {
				i += 2
			}
			s.WriteString(blocks[i])
		}
		s.WriteString(after + "\n")
	}
	return s.String()
}
