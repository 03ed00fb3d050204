package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// side is one of two ways to do a thing. once does it and returns how long it
// took, what had to be prepared left out.
type side struct {
	name string
	once func(round int) (time.Duration, error)
}

// compare runs both sides in turn, the first of a round being the second of
// the next, and prints their medians. It is an error where ours takes more
// than limit times as long as the other; 0 is no limit.
func compare(title string, rounds int, limit float64, ours, other side) error {
	sides := [2]side{ours, other}
	var took [2][]time.Duration
	const warmup = 3
	for round := range rounds + warmup {
		for turn := range sides {
			i := (round + turn) % 2
			d, err := sides[i].once(round)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", title, sides[i].name, err)
			}
			if round >= warmup {
				took[i] = append(took[i], d)
			}
		}
	}
	a, b := median(took[0]), median(took[1])
	ratio := float64(a) / float64(b)
	promise := "nothing promised"
	if limit > 0 {
		promise = fmt.Sprintf("at most %.1f×", limit)
	}
	fmt.Printf("%-20s %s %.1f ms, %s %.1f ms: %.2f× (%s, medians of %d)\n",
		title, ours.name, milliseconds(a), other.name, milliseconds(b), ratio, promise, rounds)
	if limit > 0 && ratio > limit {
		return fmt.Errorf("%s: %.2f× is more than %.1f×", title, ratio, limit)
	}
	return nil
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

// timed runs a program with nothing but env in its environment and returns
// how long it ran and what it wrote to its output.
func timed(env []string, program string, args ...string) (time.Duration, []byte, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = env
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil {
		return 0, nil, fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, complaint.String())
	}
	return took, out.Bytes(), nil
}
