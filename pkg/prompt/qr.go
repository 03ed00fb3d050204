package prompt

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"rsc.io/qr/coding"

	"certctl/pkg/i18n"
)

// The light margin that a reader needs around the symbol, in modules. ISO/IEC
// 18004 wants the wide one; readers of today do with the narrow one, which is
// for terminals that are too low.
const (
	wideMargin   = 4
	narrowMargin = 2
)

// QR shows a text, such as the URI of a token, as a QR code, or as it is where
// the terminal has no room for the picture and one line below it, or only
// prints. It returns how many lines the picture takes.
func (a *Asker) QR(text string) (lines int, err error) {
	if a.lines {
		a.say(a.text.QRLines)
		return 0, a.put(printable(text) + "\n")
	}
	code, err := encode(text)
	if err != nil {
		return 0, fmt.Errorf("make the QR code: %w", err)
	}
	width, height := size(a.out)
	columns := code.Size + 2*wideMargin
	for margin := wideMargin; margin >= narrowMargin; margin-- {
		lines := (code.Size + 2*margin + 1) / 2
		if columns <= width && lines < height {
			return lines, a.put(a.text.QRCaption + "\n" + picture(code, margin, a.color))
		}
	}
	why := i18n.Fill(a.text.QRNarrow,
		"columns", strconv.Itoa(columns), "lines", strconv.Itoa((code.Size+2*narrowMargin+1)/2+1))
	return 0, a.put(i18n.Wrap(why, width) + "\n\n" + printable(text) + "\n\n")
}

func (a *Asker) put(s string) error {
	if _, err := io.WriteString(a.out, s); err != nil {
		return fmt.Errorf("show the QR code: %w", err)
	}
	return nil
}

// encode makes the smallest symbol of a text, with the least correction: a
// screen has no dirt.
func encode(text string) (*coding.Code, error) {
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		parts, bits := segments(text), 0
		for _, p := range parts {
			bits += p.Bits(v)
		}
		if bits > v.DataBytes(coding.L)*8 {
			continue
		}
		plan, err := coding.NewPlan(v, coding.L, 0)
		if err != nil {
			return nil, err
		}
		return plan.Encode(parts...)
	}
	return nil, errors.New("the text is too long")
}

// segments splits a text so that what is long enough to be worth it goes into
// the denser modes: a secret in base32 takes 5.5 bits a character, digits 3.3.
func segments(text string) []coding.Encoding {
	dense := regexp.MustCompile(`[0-9]{9,}|[0-9A-Z]{16,}`)
	var parts []coding.Encoding
	rest := 0
	for _, at := range dense.FindAllStringIndex(text, -1) {
		if plain := text[rest:at[0]]; plain != "" {
			parts = append(parts, coding.String(plain))
		}
		run := text[at[0]:at[1]]
		rest = at[1]
		if digits := coding.Num(run); digits.Check() == nil {
			parts = append(parts, digits)
			continue
		}
		parts = append(parts, coding.Alpha(run))
	}
	if rest < len(text) {
		parts = append(parts, coding.String(text[rest:]))
	}
	return parts
}

// picture draws a symbol with its margin, one module per column and two
// per line. With colour it is black on white whatever the terminal's own
// colours are; without, it relies on light text on a dark background.
func picture(code *coding.Code, margin int, color bool) string {
	before, after := "\x1b[38;5;16;48;5;231m", "\x1b[0m" // the two that no palette changes
	blocks := [4]string{" ", "▀", "▄", "█"}              // ink above: 1, ink below: 2
	if !color {
		before, after = "", ""
		blocks = [4]string{"█", "▄", "▀", " "}
	}
	var s strings.Builder
	for y := -margin; y < code.Size+margin; y += 2 {
		s.WriteString(before)
		for x := -wideMargin; x < code.Size+wideMargin; x++ {
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
