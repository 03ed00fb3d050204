// Package prompttest is for tests only: a terminal's screen that an emulator
// draws, on which a test sees what the person would see. It starts no program and
// opens no terminal.
package prompttest

import (
	"io"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
)

// Screen is what is on a terminal. It is safe for concurrent use.
type Screen struct {
	mu      sync.Mutex
	vt      *vt.Emulator
	changed chan struct{} // closed at the next change
}

// NewScreen returns an empty screen of so many columns and lines.
func NewScreen(width, height int) *Screen {
	return &Screen{vt: vt.NewEmulator(width, height), changed: make(chan struct{})}
}

// Draw shows what comes from a program, until that ends. also gets the same: it is
// written under the lock, and may be read in Look.
func (s *Screen) Draw(from io.Reader, also io.Writer) {
	b := make([]byte, 4096)
	for {
		n, err := from.Read(b)
		s.Look(func(vt *vt.Emulator) {
			_, _ = vt.Write(b[:n])
			_, _ = also.Write(b[:n])
			close(s.changed)
			s.changed = make(chan struct{})
		})
		if err != nil {
			return
		}
	}
}

// Answer writes what the terminal answers to a program's queries, until Close.
func (s *Screen) Answer(to io.Writer) { _, _ = io.Copy(to, s.vt) }

// Close ends Answer.
func (s *Screen) Close() { _ = s.vt.InputPipe().(io.Closer).Close() }

// Look calls do while nothing is drawn.
func (s *Screen) Look(do func(vt *vt.Emulator)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do(s.vt)
}

// Text returns what is on the screen: its lines without the blanks at their ends,
// down to the last that has anything. A full-width character fills its cell and
// the next.
func (s *Screen) Text() string {
	var lines strings.Builder
	s.Look(func(vt *vt.Emulator) {
		for y := range vt.Height() {
			var line strings.Builder
			for x := range vt.Width() {
				if c := vt.CellAt(x, y); c != nil {
					line.WriteString(c.Content)
				}
			}
			lines.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		}
	})
	return strings.TrimRight(lines.String(), "\n")
}

// Wait waits until the screen satisfies ok, and tells whether it came to that
// before the time was over.
func (s *Screen) Wait(patience time.Duration, ok func(text string) bool) bool {
	over := time.After(patience)
	for {
		var changed chan struct{}
		s.Look(func(*vt.Emulator) { changed = s.changed })
		if ok(s.Text()) {
			return true
		}
		select {
		case <-changed:
		case <-over:
			return false
		}
	}
}
