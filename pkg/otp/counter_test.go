package otp_test

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/otp"
)

// counter are the parameters of RFC 4226's own example.
func counter() otp.Params { return otp.Params{Digits: 6, Algorithm: otp.SHA1, Counter: true} }

func TestMatchOfACounter(t *testing.T) {
	p := counter()
	secret := otp.Secret(secret20)
	for _, c := range []struct {
		name        string
		next, shown int64
		want        otp.Outcome
	}{
		{"the first", 0, 0, otp.Accepted},
		{"ten ahead", 0, 10, otp.Accepted},
		{"eleven ahead", 0, 11, otp.Wrong},
		{"the next", 42, 42, otp.Accepted},
		{"ten ahead of many", 42, 52, otp.Accepted},
		{"eleven ahead of many", 42, 53, otp.Wrong},
		{"just used", 42, 41, otp.Spent},
		{"ten back", 42, 32, otp.Spent},
		{"eleven back", 42, 31, otp.Wrong},
		{"before the first", 3, 0, otp.Spent},
	} {
		got := p.Match(secret, p.Code(secret, c.shown), noon(), otp.Memory{Next: c.next})
		if got.Outcome != c.want || got.Outcome != otp.Wrong && got.Step != c.shown || got.Drift != 0 || got.Skew != 0 {
			t.Errorf("%s: %+v, want outcome %d at %d", c.name, got, c.want, c.shown)
		}
	}
	for _, code := range []string{"", "75522", "7552240", "75522a"} {
		if got := p.Match(secret, code, noon(), otp.Memory{}); got.Outcome != otp.Wrong {
			t.Errorf("%q: %+v", code, got)
		}
	}
}

// Whatever a counter has accepted it does not accept again, in whatever order
// codes come.
func TestACounterAcceptsNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := counter()
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		accepted := map[string]bool{}
		var mem otp.Memory
		for range 20 {
			code := p.Code(secret, max(0, mem.Next+rapid.Int64Range(-12, 12).Draw(t, "shown")))
			got := p.Match(secret, code, noon(), mem)
			if got.Outcome != otp.Accepted {
				continue
			}
			if got.Step < mem.Next {
				t.Fatalf("step %d accepted, and %d was next", got.Step, mem.Next)
			}
			if accepted[code] && p.Code(secret, got.Step-11) != code {
				t.Fatalf("%s accepted twice", code)
			}
			accepted[code] = true
			mem.Next = got.Step + 1
		}
	})
}

func TestACounterAcceptsWhatOathtoolShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		p.Counter, p.Period = true, 0
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		at := rapid.Int64Range(0, 1<<40).Draw(t, "counter")
		if p.Algorithm != otp.SHA1 {
			p.Algorithm = otp.SHA1 // oathtool's HOTP knows no other
		}
		out, err := exec.Command("oathtool", "--base32", "--hotp", "--digits="+strconv.Itoa(p.Digits),
			"--counter="+strconv.FormatInt(at, 10), "--", otp.EncodeSecret(secret)).CombinedOutput()
		if err != nil {
			t.Fatalf("oathtool: %v: %s", err, out)
		}
		result := p.Match(secret, strings.TrimSpace(string(out)), time.Time{}, otp.Memory{Next: at})
		if result.Outcome != otp.Accepted || p.Validate() != nil {
			t.Fatalf("%+v for the code of this counter", result)
		}
	})
}

func TestResync(t *testing.T) {
	secret := otp.Secret(secret20)
	thirty, sixty := otp.DefaultParams(), otp.DefaultParams()
	sixty.Period = time.Minute
	minute := int64(1803902400 / 60)
	for _, c := range []struct {
		name   string
		params otp.Params
		second int64 // the step of the second code
		mem    otp.Memory
		want   otp.Outcome
		drift  int64
	}{
		{"ten minutes late", thirty, now - 20, otp.Memory{}, otp.Accepted, -20},
		{"ten minutes early", thirty, now + 20, otp.Memory{}, otp.Accepted, 20},
		{"eleven minutes late", thirty, now - 21, otp.Memory{}, otp.Wrong, 0},
		{"right on time", thirty, now, otp.Memory{Drift: 7}, otp.Accepted, 0},
		{"used", thirty, now - 3, otp.Memory{Next: now - 2}, otp.Spent, 0},
		{"the first one used", thirty, now - 3, otp.Memory{Next: now - 3}, otp.Accepted, -3},
		{"60 s", sixty, minute - 10, otp.Memory{}, otp.Accepted, -10},
		{"60 s, too far", sixty, minute - 11, otp.Memory{}, otp.Wrong, 0},
		{"100 ahead", counter(), 142, otp.Memory{Next: 42}, otp.Accepted, 0},
		{"101 ahead", counter(), 143, otp.Memory{Next: 42}, otp.Wrong, 0},
		{"a counter's used one", counter(), 41, otp.Memory{Next: 42}, otp.Spent, 0},
	} {
		p := c.params
		got := p.Resync(secret, p.Code(secret, c.second-1), p.Code(secret, c.second), noon(), c.mem)
		if got.Outcome != c.want || got.Outcome == otp.Accepted && (got.Step != c.second || got.Drift != c.drift) {
			t.Errorf("%s: %+v, want outcome %d at %d, drift %d", c.name, got, c.want, c.second, c.drift)
		}
		reversed := p.Resync(secret, p.Code(secret, c.second), p.Code(secret, c.second-1), noon(), c.mem)
		if reversed.Outcome == otp.Accepted {
			t.Errorf("%s, the wrong way round: %+v", c.name, reversed)
		}
	}
}
