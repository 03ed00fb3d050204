//go:build !windows

package prompt_test

import (
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"rsc.io/qr"

	"certctl/pkg/prompt"
)

const uri = "otpauth://totp/certctl:12345678901%2Ftanaka?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=certctl"

// What stands on the screen must be the symbol with four light modules around
// it, whatever the terminal's own colours are.
func TestQRCode(t *testing.T) {
	for name, colour := range map[string]bool{"colour": true, "no colour": false} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, 80, 40)
			a := s.askerWith(prompt.Config{Color: colour})
			q := ask(s, func() (bool, error) { return true, a.QR(uri) })
			q.want(true)
			code, err := qr.Encode(uri, qr.L)
			if err != nil {
				t.Fatal(err)
			}
			s.wait("the whole picture", func(string) bool { return s.cursorLine() >= 1+(code.Size+9)/2 })
			for y := -4; y < code.Size+4; y++ {
				for x := -4; x < code.Size+4; x++ {
					if got := s.dark(t, x+4, y+4); got != code.Black(x, y) {
						t.Fatalf("module %d,%d is dark: %v, want %v; the screen has:\n%s", x, y, got, code.Black(x, y), s.text())
					}
				}
			}
		})
	}
}

// dark tells whether a module of the picture, which starts on the second line
// of the screen, is darker than its surroundings. Without colours the terminal
// is taken to be light on dark.
func (s *screen) dark(t *testing.T, x, y int) bool {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	cell := s.vt.CellAt(x, 1+y/2)
	blocks := map[string][2]bool{" ": {false, false}, "▀": {true, false}, "▄": {false, true}, "█": {true, true}}
	inked, ok := blocks[cell.Content]
	if !ok {
		t.Fatalf("there is %q in the picture", cell.Content)
	}
	ink, paper := cell.Style.Fg, cell.Style.Bg
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

func TestQRCodeWhereItHasNoRoom(t *testing.T) {
	for width, picture := range map[int]bool{45: true, 44: false} {
		s := newScreen(t, width, 40)
		q := ask(s, func() (bool, error) { return true, s.asker().QR(uri) })
		q.want(true)
		if picture {
			s.see("▄▄▄▄▄▄▄")
			continue
		}
		s.see("The QR code needs 45 columns")
		s.wait("the URI instead", func(now string) bool {
			return strings.Contains(strings.ReplaceAll(now, "\n", ""), uri)
		})
		if strings.Contains(s.text(), "▄") {
			t.Errorf("%d columns show:\n%s", width, s.text())
		}
	}
}

func TestQRCodeOfTooMuch(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (bool, error) { return true, s.asker().QR(strings.Repeat("x", 3000)) })
	if _, err := q.result(); err == nil || s.written() != "" {
		t.Errorf("err = %v, and %q is written", err, s.written())
	}
}
