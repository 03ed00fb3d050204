package keyring_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"certctl/pkg/keyring"
	"certctl/pkg/keyring/keyringtest"
)

// writerEnv makes the test binary a process that writes: it names the lock
// file.
const writerEnv = "KEYRING_TEST_LOCK"

const (
	writes = 100
	// tornSize makes two items, so that a value could be torn.
	tornSize = 3000
)

func TestMain(m *testing.M) {
	if lock := os.Getenv(writerEnv); lock != "" {
		if err := writeMany(lock); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func writeMany(lock string) error {
	s := keyring.Open(keyring.Config{Prefix: prefix, LockFile: lock, Timeout: time.Minute})
	for i := range writes {
		if err := s.Put(context.Background(), "k", uniform(byte(i))); err != nil {
			return fmt.Errorf("write %d: %w", i, err)
		}
	}
	return nil
}

// uniform is a value whose bytes are all the same: a torn one would show.
func uniform(b byte) []byte { return bytes.Repeat([]byte{b}, tornSize) }

// Two processes write one key while this one reads it: a reader sees one whole
// value or another, and both writers get to their end.
func TestNoTornReads(t *testing.T) {
	keyringtest.Start(t)
	c := config(t, nil)
	c.Timeout = time.Minute
	s := keyring.Open(c)
	if err := s.Put(t.Context(), "k", uniform(0)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 2)
	for range 2 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writerEnv+"="+c.LockFile)
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			err := cmd.Wait()
			if err != nil {
				err = fmt.Errorf("writer: %w: %s", err, out.String())
			}
			ended <- err
		}()
	}
	reads := 0
	for writers := 2; writers > 0; {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			writers--
		default:
			got, err := s.Get(t.Context(), "k")
			if err != nil {
				t.Fatalf("read %d: %v", reads, err)
			}
			if len(got) != tornSize || !bytes.Equal(got, uniform(got[0])) {
				t.Fatalf("read %d is torn: %d bytes", reads, len(got))
			}
			reads++
		}
	}
	t.Logf("%d writes, %d reads", 2*writes, reads)
}
