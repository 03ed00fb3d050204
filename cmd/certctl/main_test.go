package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"certctl/pkg/cli"
	"certctl/pkg/keyfile"
)

// The test binary is certctl too, for scripts and for tests that need a
// process of their own. What it can do more than the release is here and
// nowhere else: a clock in a file, to die at a chosen effect, and to fail at one.
const (
	clockVariable = "TEST_CLOCK"   // a file with the time, RFC 3339
	killVariable  = "TEST_KILL_AT" // the effect before or after which to die, from 1
	countVariable = "TEST_COUNT"   // a file that gets the number of such places
	failVariable  = "TEST_FAIL"    // the name of an effect that this system has not
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"certctl": certctl})
}

func certctl() {
	wrap, finish := fuse()
	code := cli.Main(cli.Process{
		Args: os.Args[1:],
		Env:  os.Environ(),
		In:   os.Stdin,
		Out:  os.Stdout,
		Err:  os.Stderr,
		Now:  clock,
		Wrap: wrap,
	})
	finish()
	os.Exit(code)
}

// clock reads the time from the clock's file at every call, in the zone that
// the environment names; without a file it is the machine's.
func clock() time.Time {
	file := os.Getenv(clockVariable)
	if file == "" {
		return time.Now()
	}
	text, err := os.ReadFile(file)
	if err != nil {
		fatal(err)
	}
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
	if err != nil {
		fatal(err)
	}
	return t.Local()
}

// fuse returns the seam that kills the process, and what writes down at the
// end how many places there were. Each effect has two: before it, and after.
func fuse() (wrap cli.Around, finish func()) {
	file := os.Getenv(countVariable)
	if missing := os.Getenv(failVariable); missing != "" {
		return without(missing), func() {}
	}
	if file == "" {
		return nil, func() {}
	}
	at, _ := strconv.Atoi(os.Getenv(killVariable)) // 0 where unset: run through
	var places atomic.Int64                        // a keyring's calls come from goroutines of their own
	pass := func() {
		if places.Add(1) == int64(at) {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	wrap = func(op string, do func() error) error {
		pass()
		err := do()
		pass()
		return err
	}
	return wrap, func() {
		if err := os.WriteFile(file, []byte(strconv.FormatInt(places.Load(), 10)), 0o600); err != nil {
			fatal(err)
		}
	}
}

// without returns the seam of a system that cannot do one thing.
func without(missing string) cli.Around {
	return func(op string, do func() error) error {
		if op == missing {
			return fmt.Errorf("%w: %w", keyfile.ErrUnsupported, syscall.ENOSYS)
		}
		return do()
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "test binary:", err)
	os.Exit(99)
}
