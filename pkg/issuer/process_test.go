package issuer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"certctl/pkg/issuer"
	"certctl/pkg/seal"
	"certctl/pkg/store"
)

// TestMain is the tests, or another process for them: one that does what
// ISSUER_TEST_CHILD says.
func TestMain(m *testing.M) {
	children := map[string]func(*talk) error{
		"race":    raceChild,
		"kill":    killChild,
		"hold":    holdChild,
		"restore": restoreChild,
	}
	do, ok := children[os.Getenv("ISSUER_TEST_CHILD")]
	if !ok {
		os.Exit(m.Run())
	}
	if err := do(newTalk(os.Stdin, os.Stdout)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// talk is one end of a conversation in JSON.
type talk struct {
	enc *json.Encoder
	dec *json.Decoder
}

func newTalk(r io.Reader, w io.Writer) *talk { return &talk{json.NewEncoder(w), json.NewDecoder(r)} }

func (t *talk) say(v any) error { return t.enc.Encode(v) }

// hear reads what the other end said; io.EOF at the end.
func (t *talk) hear(v any) error { return t.dec.Decode(v) }

// process is another process and the conversation with it.
type process struct {
	*talk
	cmd   *exec.Cmd
	input io.Closer
}

func startProcess(t testing.TB, what string) *process {
	t.Helper()
	return startProgram(t, must(os.Executable()), what)
}

func startProgram(t testing.TB, program, what string) *process {
	t.Helper()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "ISSUER_TEST_CHILD="+what)
	cmd.Stderr = os.Stderr
	in, out := must(cmd.StdinPipe()), must(cmd.StdoutPipe())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return &process{newTalk(out, in), cmd, in}
}

// plainBinary is these tests as a program without the race detector, which sees
// nothing between processes and makes SQLite ten times slower.
func plainBinary(t testing.TB) string {
	t.Helper()
	if !raceDetector {
		return must(os.Executable())
	}
	program := filepath.Join(t.TempDir(), "plain.test")
	cmd := exec.Command("go", "test", "-c", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the tests without the race detector: %v\n%s", err, out)
	}
	return program
}

// end lets the process run to its end, and returns how it ended.
func (p *process) end() error {
	p.input.Close()
	return p.cmd.Wait()
}

// place is where a backend is, for another process to open.
type place struct {
	Path string
	Now  time.Time
}

func (b *backend) place() place { return place{b.path, b.clock.now()} }

// openHere opens the backend of a place in this process. Its clock stands.
func (p place) openHere(o store.Options) (*store.Store, *issuer.Issuer, error) {
	st, err := store.Open(context.Background(), p.Path, o)
	if err != nil {
		return nil, nil, err
	}
	i, err := issuer.Open(context.Background(), st, must(seal.New(make([]byte, seal.KeySize))),
		issuer.Config{Now: func() time.Time { return p.Now }})
	return st, i, err
}
