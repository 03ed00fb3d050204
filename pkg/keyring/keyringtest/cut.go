package keyringtest

import (
	"fmt"
	"testing"
)

// Cut is how a process ends in a test: at one of its effects, before it happens
// or just after. It is a panic, which Run catches, so that no lock is let go in
// good order.
type Cut struct {
	at    int // which effect, from 1
	after bool
	seen  int
}

// EveryCut calls test with a cut before and after each effect in turn, until one
// is not reached, and returns how many effects there were. test tells whether it
// was cut off, as Run does.
func EveryCut(test func(c *Cut) (cutOff bool)) int {
	for n := 1; ; n++ {
		test(&Cut{at: n})
		if !test(&Cut{at: n, after: true}) {
			return n - 1
		}
	}
}

// Again is the same cut for another run.
func (c *Cut) Again() *Cut { return &Cut{at: c.at, after: c.after} }

// Around counts an effect, and is where the process ends: an Around of a keyring
// or of a wallet.
func (c *Cut) Around(_ string, do func() error) error {
	c.seen++
	if c.seen == c.at && !c.after {
		panic(c)
	}
	err := do()
	if c.seen == c.at {
		panic(c)
	}
	return err
}

// Run runs do, whose effects go through Around, and tells whether it was cut
// off. Where it was not, it must succeed.
func (c *Cut) Run(t *testing.T, do func() error) (cutOff bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			if r != c {
				panic(r)
			}
			cutOff = true
		}
	}()
	if err := do(); err != nil {
		t.Fatal(err)
	}
	return false
}

// String says where the process ends.
func (c *Cut) String() string {
	if c.after {
		return fmt.Sprintf("cut after effect %d", c.at)
	}
	return fmt.Sprintf("cut before effect %d", c.at)
}
