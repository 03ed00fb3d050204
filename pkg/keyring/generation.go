package keyring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	// itemData is how many bytes of a value one item holds. With the header
	// and the names it stays below the 2,560 bytes that Windows takes and,
	// as base64, below the 4,094 of a macOS command line.
	itemData = 2048
	// maxItems bounds a value, and with it how many names may exist of it.
	maxItems = 16
)

// A generation is one complete writing of a value, as items named
// <prefix>/<key>/<a|b>/<n>. Item 0 is a header line, then the first itemData
// bytes of the value; the others hold the rest. Item 0 is written last and
// removed first; of the others the higher ones are written last and removed
// first. So a generation with item 0 was once whole, and items 1 to k are all
// that a cut can leave of any other.
type generation struct {
	name     string // a or b
	state    state
	sequence uint64 // of the value's writings, modulo 2^64; the later whole one counts
	data     []byte
}

type state int

const (
	absent state = iota // no item 0; perhaps others
	broken              // item 0 is there, and the rest does not go with it
	whole
)

// headerFormat: sequence number, number of items, SHA-256 of the value.
const headerFormat = "certctl1 %d %d %x\n"

// header is what item 0 begins with.
type header struct {
	sequence uint64
	items    int
	sum      string // hex
}

func parseHeader(line string) (header, bool) {
	parts := strings.Split(line, " ")
	if len(parts) != 4 || parts[0] != "certctl1" {
		return header{}, false
	}
	sequence, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return header{}, false
	}
	items, err := strconv.ParseUint(parts[2], 10, 8)
	if err != nil || items < 1 || items > maxItems {
		return header{}, false
	}
	sum := parts[3]
	if len(sum) != 2*sha256.Size || strings.Trim(sum, "0123456789abcdef") != "" {
		return header{}, false
	}
	return header{sequence: sequence, items: int(items), sum: sum}, true
}

// newest returns the generation that is the value, and the other one. Where
// neither is whole, the one to write to is other: a.
func newest(a, b generation) (current, other generation) {
	if a.state == whole && (b.state != whole || int64(a.sequence-b.sequence) > 0) {
		return a, b
	}
	return b, a
}

func (s *Store) generations(ctx context.Context, key string) (a, b generation, err error) {
	if a, err = s.read(ctx, key, "a"); err != nil {
		return a, b, err
	}
	b, err = s.read(ctx, key, "b")
	return a, b, err
}

// read returns a generation as far as it is there.
func (s *Store) read(ctx context.Context, key, name string) (generation, error) {
	g := generation{name: name}
	first, err := s.get(ctx, s.account(key, name, 0))
	switch {
	case errors.Is(err, ErrNotFound):
		return g, nil
	case errors.Is(err, ErrDamaged):
		g.state = broken
		return g, nil
	case err != nil:
		return g, err
	}
	g.state = broken
	line, value, _ := strings.Cut(first, "\n")
	h, ok := parseHeader(line)
	if !ok {
		return g, nil
	}
	g.sequence = h.sequence
	for n := 1; n < h.items; n++ {
		item, err := s.get(ctx, s.account(key, name, n))
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
			return g, nil
		}
		if err != nil {
			return g, err
		}
		value += item
	}
	sum := sha256.Sum256([]byte(value))
	if hex.EncodeToString(sum[:]) == h.sum {
		g.state, g.data = whole, []byte(value)
	}
	return g, nil
}

// write writes a generation of which nothing is there.
func (s *Store) write(ctx context.Context, key string, g generation) error {
	items := max(1, (len(g.data)+itemData-1)/itemData)
	for n := 1; n < items; n++ {
		part := g.data[n*itemData : min(len(g.data), (n+1)*itemData)]
		if err := s.set(ctx, s.account(key, g.name, n), string(part)); err != nil {
			return err
		}
	}
	first := fmt.Sprintf(headerFormat, g.sequence, items, sha256.Sum256(g.data)) +
		string(g.data[:min(len(g.data), itemData)])
	return s.set(ctx, s.account(key, g.name, 0), first)
}

// erase removes all that is there of a generation, item 0 first, then from the
// end, so that what a cut leaves is again items 1 to k.
func (s *Store) erase(ctx context.Context, key string, g generation) error {
	if g.state != absent {
		if err := s.delete(ctx, s.account(key, g.name, 0)); err != nil {
			return err
		}
	}
	last := 0
	for ; last+1 < maxItems; last++ {
		_, err := s.get(ctx, s.account(key, g.name, last+1))
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			return err
		}
	}
	for n := last; n > 0; n-- {
		if err := s.delete(ctx, s.account(key, g.name, n)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) account(key, generation string, n int) string {
	return fmt.Sprintf("%s/%s/%s/%d", s.prefix, key, generation, n)
}
