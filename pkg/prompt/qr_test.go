//go:build !windows

package prompt_test

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"rsc.io/qr/coding"

	"certctl/pkg/prompt"
)

// The text of a token's QR code, and how many modules a side of it has.
const (
	uri = "otpauth://totp/certctl:12345678901%2Ftanaka?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" +
		"&issuer=certctl&algorithm=SHA1&digits=6&period=30"
	uriVersion = coding.Version(6)
	uriSize    = 17 + 4*int(uriVersion)
)

// What stands on the screen must be a symbol that reads as the text, with four
// light modules around it, or two above and below where the terminal is low,
// whatever the terminal's own colours are.
func TestQRCode(t *testing.T) {
	for _, c := range []struct {
		colour         bool
		height, margin int
	}{{true, 40, 4}, {false, 40, 4}, {true, 24, 2}, {false, 24, 2}} {
		t.Run(fmt.Sprintf("%+v", c), func(t *testing.T) {
			s := newScreen(t, 80, c.height)
			lines := (uriSize + 2*c.margin + 1) / 2
			q := ask(s, func() (int, error) { return s.askerWith(prompt.Config{Color: c.colour}).QR(uri) })
			q.want(lines)
			s.wait("the whole picture", func(string) bool { return strings.Count(s.written(), "\n") == lines+1 })
			top := 1 // below the caption
			if c.height == 24 {
				top = 0
			}
			dark := func(x, y int) bool { return s.dark(t, x+4, y+c.margin, top) }
			for y := -c.margin; y < uriSize+c.margin; y++ {
				for x := -4; x < uriSize+4; x++ {
					if inside := x >= 0 && y >= 0 && x < uriSize && y < uriSize; !inside && dark(x, y) {
						t.Fatalf("module %d,%d of the margin is dark; the screen has:\n%s", x, y, s.Text())
					}
				}
			}
			if got := readQR(t, uriVersion, dark); got != uri {
				t.Errorf("it reads %q", got)
			}
		})
	}
}

// dark tells whether a module of the picture, which starts on a line of the
// screen, is darker than its surroundings. Without colours the terminal is
// taken to be light on dark.
func (s *screen) dark(t *testing.T, x, y, top int) bool {
	t.Helper()
	var content string
	var ink, paper color.Color
	s.Look(func(vt *vt.Emulator) {
		cell := vt.CellAt(x, top+y/2)
		content, ink, paper = cell.Content, cell.Style.Fg, cell.Style.Bg
	})
	blocks := map[string][2]bool{" ": {false, false}, "▀": {true, false}, "▄": {false, true}, "█": {true, true}}
	inked, ok := blocks[content]
	if !ok {
		t.Fatalf("there is %q in the picture", content)
	}
	if ink == nil && paper == nil {
		return !inked[y%2]
	}
	if !same(ink, ansi.IndexedColor(16)) || !same(paper, ansi.IndexedColor(231)) {
		t.Fatalf("the picture is %v on %v, want black on white", ink, paper)
	}
	return inked[y%2]
}

func same(a, b color.Color) bool {
	if a == nil || b == nil {
		return a == b
	}
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return r1 == r2 && g1 == g2 && b1 == b2
}

// readQR reads a symbol of a version below 10 as a reader does that meets no
// errors: the format says which modules are data, the data is a row of
// segments (ISO/IEC 18004, 7.4).
func readQR(t *testing.T, v coding.Version, dark func(x, y int) bool) string {
	t.Helper()
	plan, err := coding.NewPlan(v, coding.L, 0)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]int, (plan.DataBytes+plan.CheckBytes)*8)
	for y, row := range plan.Pixel {
		for x, p := range row {
			black := p&coding.Black != 0
			switch r := p.Role(); {
			case r == coding.Data || r == coding.Check:
				if dark(x, y) != black {
					data[p.Offset()] = 1
				}
			case r != coding.Extra && dark(x, y) != black:
				t.Fatalf("module %d,%d of the pattern is dark: %v", x, y, !black)
			}
		}
	}
	bits := func(n int) (value int) {
		for _, b := range data[:n] {
			value = value<<1 | b
		}
		data = data[n:]
		return value
	}
	var text strings.Builder
	for {
		switch mode := bits(4); mode {
		case 0:
			return text.String()
		case 1:
			n := bits(10)
			for ; n >= 3; n -= 3 {
				fmt.Fprintf(&text, "%03d", bits(10))
			}
			if n > 0 {
				fmt.Fprintf(&text, "%0*d", n, bits(1+3*n))
			}
		case 2:
			const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
			n := bits(9)
			for ; n >= 2; n -= 2 {
				pair := bits(11)
				text.WriteString(alphabet[pair/45:][:1] + alphabet[pair%45:][:1])
			}
			if n == 1 {
				text.WriteString(alphabet[bits(6):][:1])
			}
		case 4:
			for range bits(8) {
				text.WriteByte(byte(bits(8)))
			}
		default:
			t.Fatalf("mode %d after %q", mode, text.String())
		}
	}
}

func TestQRCodeWhereItHasNoRoom(t *testing.T) {
	for size, picture := range map[[2]int]bool{{49, 40}: true, {48, 40}: false, {49, 24}: true, {49, 23}: false} {
		s := newScreen(t, size[0], size[1])
		q := ask(s, func() (int, error) { return s.asker().QR(uri) })
		if lines, err := q.result(); err != nil || (lines > 0) != picture {
			t.Errorf("%v: %d lines, %v", size, lines, err)
		}
		if picture {
			s.see("▄▄▄▄▄▄▄")
			continue
		}
		s.see("The QR code needs 49 columns and 24 lines")
		s.wait("the URI instead", func(now string) bool {
			return strings.Contains(strings.ReplaceAll(now, "\n", ""), uri)
		})
		if strings.Contains(s.Text(), "▄") {
			t.Errorf("%d columns and lines show:\n%s", size, s.Text())
		}
	}
}

func TestQRCodeOfTooMuch(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (int, error) { return s.asker().QR(strings.Repeat("x", 3000)) })
	if _, err := q.result(); err == nil || s.written() != "" {
		t.Errorf("err = %v, and %q is written", err, s.written())
	}
}

// The whole picture is on the screen while its code is asked back, however
// low the terminal is, and a form with all that belongs to it where there is
// room.
func TestAskBackBelowTheQRCode(t *testing.T) {
	for height, whole := range map[int]bool{24: false, 25: false, 60: true} {
		t.Run(fmt.Sprint(height), func(t *testing.T) {
			s := newScreen(t, 80, height)
			a := s.askerWith(prompt.Config{Color: true})
			q := ask(s, func() (string, error) {
				lines, err := a.QR(uri)
				if err != nil {
					return "", err
				}
				code, _, err := a.AskBack(t.Context(), prompt.AskBackRequest{Digits: 6, Keep: lines})
				return string(code), err
			})
			if whole {
				s.see("One-time password, to see that the token is set up")
			} else {
				s.see("| Code in the app (Enter alone skips) >")
			}
			s.enter("123")
			s.see("> ***")
			margin := min((height-1)*2-uriSize, 8) / 2
			end := s.cursorLine()
			if whole {
				end = 1 + (uriSize+8+1)/2
			}
			top := end - (uriSize+2*margin+1)/2
			if got := readQR(t, uriVersion, func(x, y int) bool { return s.dark(t, x+4, y+margin, top) }); got != uri {
				t.Errorf("it reads %q; the screen has:\n%s", got, s.Text())
			}
			s.enter("\r")
			s.see("has 6 digits; this has 3.")
			s.enter("456\r")
			q.want("123456")
		})
	}
}
