package otp_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/otp"
)

// now is a step of 30 seconds, at noon on 1 March 2027 (UTC).
const now = 1803902400 / 30

// noon is in the middle of it.
func noon() time.Time { return time.Date(2027, 3, 1, 12, 0, 15, 0, time.UTC) }

func TestMatch(t *testing.T) {
	tests := []struct {
		name   string
		shown  int64 // the step of the code, from now
		mem    otp.Memory
		want   otp.Outcome
		drift  int64 // learned afterwards
		period time.Duration
	}{
		{name: "of now", shown: 0, want: otp.Accepted},
		{name: "one late", shown: -1, want: otp.Accepted, drift: -1},
		{name: "one early", shown: 1, want: otp.Accepted, drift: 1},
		{name: "two late", shown: -2, want: otp.Drifted},
		{name: "two early", shown: 2, want: otp.Drifted},
		{name: "ten minutes late", shown: -20, want: otp.Drifted},
		{name: "ten minutes early", shown: 20, want: otp.Drifted},
		{name: "later than that", shown: -21, want: otp.Wrong},
		{name: "earlier than that", shown: 21, want: otp.Wrong},

		{name: "just used", shown: 0, mem: otp.Memory{Next: now + 1}, want: otp.Spent},
		{name: "used while one late", shown: -1, mem: otp.Memory{Next: now}, want: otp.Spent},
		{name: "next after a use", shown: 1, mem: otp.Memory{Next: now + 1}, want: otp.Accepted, drift: 1},
		{name: "older than one used", shown: -1, mem: otp.Memory{Next: now + 1}, want: otp.Spent},
		{name: "much older than one used", shown: -20, mem: otp.Memory{Next: now}, want: otp.Spent},
		{name: "too old to tell", shown: -21, mem: otp.Memory{Next: now}, want: otp.Wrong},
		{name: "all spent for long", shown: 20, mem: otp.Memory{Next: now + 1000}, want: otp.Spent},
		{name: "drifted and unspent", shown: 2, mem: otp.Memory{Next: now + 2}, want: otp.Drifted},

		{name: "as drift says", shown: 5, mem: otp.Memory{Drift: 5}, want: otp.Accepted, drift: 5},
		{name: "drift grows by one", shown: 6, mem: otp.Memory{Drift: 5}, want: otp.Accepted, drift: 6},
		{name: "drift shrinks by one", shown: 4, mem: otp.Memory{Drift: 5}, want: otp.Accepted, drift: 4},
		{name: "drift moves the window away", shown: 0, mem: otp.Memory{Drift: 5}, want: otp.Drifted, drift: 5},
		{name: "drift stays without success", shown: 7, mem: otp.Memory{Drift: 5}, want: otp.Drifted, drift: 5},
		{name: "spent with drift", shown: 5, mem: otp.Memory{Drift: 5, Next: now + 6}, want: otp.Spent, drift: 5},
		{name: "most drift", shown: 20, mem: otp.Memory{Drift: 20}, want: otp.Accepted, drift: 20},
		{name: "no more than most", shown: 21, mem: otp.Memory{Drift: 20}, want: otp.Accepted, drift: 20},
		{name: "no less than least", shown: -21, mem: otp.Memory{Drift: -20}, want: otp.Accepted, drift: -20},
		{name: "beyond the window of most", shown: 22, mem: otp.Memory{Drift: 20}, want: otp.Wrong, drift: 20},
		{name: "remembered drift too large", shown: 20, mem: otp.Memory{Drift: 1 << 40}, want: otp.Accepted, drift: 20},
		{name: "remembered drift too small", shown: -20, mem: otp.Memory{Drift: -1 << 40}, want: otp.Accepted, drift: -20},

		{name: "ten minutes of 60 s", period: time.Minute, shown: -10, want: otp.Drifted},
		{name: "eleven minutes of 60 s", period: time.Minute, shown: -11, want: otp.Wrong},
		{name: "most drift of 60 s", period: time.Minute, shown: 21, mem: otp.Memory{Drift: 20}, want: otp.Accepted, drift: 20},
		{name: "spent beyond ten minutes", period: time.Minute, shown: 20, mem: otp.Memory{Drift: 20, Next: now}, want: otp.Spent, drift: 20},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := otp.DefaultParams()
			if test.period != 0 {
				p.Period = test.period
			}
			secret := otp.Secret(secret20)
			step := p.Step(noon()) + test.shown

			got := p.Match(secret, p.Code(secret, step), noon(), test.mem)
			want := otp.Result{Outcome: test.want, Drift: test.drift}
			if test.want != otp.Wrong {
				want.Step, want.Skew = step, time.Duration(test.shown)*p.Period
			}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestMatchRefusesWhatIsNoCode(t *testing.T) {
	p, secret := otp.DefaultParams(), otp.Secret(secret20)
	code := p.Code(secret, now)
	for _, bad := range []string{
		"", " ", code[:5], code + "0", "0" + code, code + "\x00", " " + code, code + "\n",
		"abcdef", "-12345", "１２３４５６", "12345６",
	} {
		if got := p.Match(secret, bad, noon(), otp.Memory{Drift: 3}); got != (otp.Result{Drift: 3}) {
			t.Errorf("%q: %+v", bad, got)
		}
	}
	if got := p.Match(otp.Secret(secret32), code, noon(), otp.Memory{}); got.Outcome != otp.Wrong {
		t.Errorf("another token's code: %+v", got)
	}
}

// Of 6 digits, one code in a million is that of another step too. secret20 has
// the same code one, two and three steps apart here.
func TestMatchOfACodeOfTwoSteps(t *testing.T) {
	const (
		oneA, oneB     = 62075368, 62075369
		twoA, twoB     = 61331809, 61331811
		threeA, threeB = 60138748, 60138751
	)
	tests := []struct {
		name string
		a, b int64 // the steps
		at   int64 // the step of now
		mem  otp.Memory
		want otp.Outcome
		step int64
	}{
		{"both acceptable, the last counts", oneA, oneB, oneA, otp.Memory{}, otp.Accepted, oneB},
		{"both acceptable, around the centre", twoA, twoB, twoA + 1, otp.Memory{}, otp.Accepted, twoB},
		{"and spends both", twoA, twoB, twoA + 1, otp.Memory{Next: twoB + 1}, otp.Spent, twoB},
		{"acceptable before spent", twoA, twoB, twoA + 1, otp.Memory{Next: twoA + 1}, otp.Accepted, twoB},
		{"acceptable before spent, drift learned", threeA, threeB, threeB, otp.Memory{Next: threeB - 1}, otp.Accepted, threeB},
		{"acceptable before drifted", threeA, threeB, threeA, otp.Memory{}, otp.Accepted, threeA},
		{"spent before drifted", threeA, threeB, threeA + 1, otp.Memory{Next: threeA + 1}, otp.Spent, threeA},
		{"nearest spent", threeA, threeB, threeA + 5, otp.Memory{Next: threeB + 1}, otp.Spent, threeB},
		{"nearest spent, with drift", threeA, threeB, threeA + 5, otp.Memory{Next: threeB + 1, Drift: -7}, otp.Spent, threeA},
		{"nearest drifted", threeA, threeB, threeA - 2, otp.Memory{}, otp.Drifted, threeA},
		{"nearest drifted from above", threeA, threeB, threeB + 2, otp.Memory{}, otp.Drifted, threeB},
	}
	p, secret := otp.DefaultParams(), otp.Secret(secret20)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code := p.Code(secret, test.a)
			if other := p.Code(secret, test.b); other != code {
				t.Fatalf("the steps show %s and %s", code, other)
			}
			got := p.Match(secret, code, time.Unix(test.at*30, 0), test.mem)
			if got.Outcome != test.want || got.Step != test.step {
				t.Errorf("got %+v, want outcome %d of step %d", got, test.want, test.step)
			}
		})
	}
}

// reference is the rule of Match written down plainly: the best outcome that
// any step gives.
func reference(p otp.Params, secret otp.Secret, code string, at time.Time, mem otp.Memory) otp.Outcome {
	best := otp.Wrong
	current := p.Step(at)
	for step := current - 30; step <= current+30; step++ {
		if p.Code(secret, step) != code {
			continue
		}
		accepted := current+mem.Drift-1 <= step && step <= current+mem.Drift+1
		recognised := time.Duration(step-current).Abs()*p.Period <= 10*time.Minute
		switch {
		case accepted && step >= mem.Next:
			best = max(best, otp.Accepted)
		case accepted || recognised && step < mem.Next:
			best = max(best, otp.Spent)
		case recognised:
			best = max(best, otp.Drifted)
		}
	}
	return best
}

func TestMatchFollowsTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		at := anyTime().Draw(t, "at")
		offset := rapid.Int64Range(-25, 25)
		mem := otp.Memory{
			Next:  p.Step(at) + offset.Draw(t, "next"),
			Drift: rapid.Int64Range(-otp.MaxDrift, otp.MaxDrift).Draw(t, "drift"),
		}
		step := p.Step(at) + offset.Draw(t, "shown")
		code := p.Code(secret, step)

		got := p.Match(secret, code, at, mem)
		if want := reference(p, secret, code, at, mem); got.Outcome != want {
			t.Fatalf("got %+v, want outcome %d", got, want)
		}
		if got.Outcome != otp.Wrong && p.Code(secret, got.Step) != code {
			t.Fatalf("step %d does not show the code", got.Step)
		}
		if (got.Drift-mem.Drift)*(got.Drift-mem.Drift) > 1 || max(got.Drift, -got.Drift) > otp.MaxDrift {
			t.Fatalf("drift went from %d to %d", mem.Drift, got.Drift)
		}
		if got.Outcome != otp.Accepted && got.Drift != mem.Drift {
			t.Fatalf("outcome %d taught a drift of %d", got.Outcome, got.Drift)
		}
	})
}

// A life of a token: whatever is typed when, no step is accepted twice, none
// before an accepted one, and a code not again at the time it was accepted.
func TestMatchAcceptsNoStepTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		at := anyTime().Draw(t, "start")
		var mem otp.Memory
		for range rapid.IntRange(1, 20).Draw(t, "tries") {
			at = at.Add(time.Duration(rapid.IntRange(-30, 120).Draw(t, "seconds")) * time.Second)
			shown := p.Step(at) + mem.Drift + rapid.Int64Range(-3, 3).Draw(t, "shown")
			code := p.Code(secret, shown)

			result := p.Match(secret, code, at, mem)
			if result.Outcome != otp.Accepted {
				continue
			}
			if result.Step < mem.Next {
				t.Fatalf("step %d is accepted where %d is the next", result.Step, mem.Next)
			}
			mem = otp.Memory{Next: result.Step + 1, Drift: result.Drift}
			if again := p.Match(secret, code, at, mem); again.Outcome == otp.Accepted && again.Step <= result.Step {
				t.Fatalf("accepted at step %d, again at %d", result.Step, again.Step)
			}
		}
	})
}

func FuzzMatch(f *testing.F) {
	code := otp.DefaultParams().Code(otp.Secret(secret20), now)
	f.Add([]byte(secret20), code, noon().Unix(), int64(0), int64(0))
	f.Add([]byte(secret20), code, noon().Unix(), int64(now+1), int64(20))
	f.Add([]byte{}, "000000", int64(0), int64(-1), int64(-1))
	f.Add([]byte(secret20), "１２３４５６", int64(-1), int64(1), int64(99))
	f.Fuzz(func(t *testing.T, secret []byte, code string, unix, next, drift int64) {
		p := otp.DefaultParams()
		got := p.Match(secret, code, time.Unix(unix, 0), otp.Memory{Next: next, Drift: drift})
		if max(got.Drift, -got.Drift) > otp.MaxDrift {
			t.Errorf("drift is %d", got.Drift)
		}
		if got.Outcome == otp.Wrong {
			if got.Step != 0 || got.Skew != 0 {
				t.Errorf("wrong, but %+v", got)
			}
			return
		}
		if p.Code(secret, got.Step) != code {
			t.Errorf("step %d does not show %q", got.Step, code)
		}
		if (got.Outcome == otp.Spent) != (got.Step < next) {
			t.Errorf("%+v where %d is the next step", got, next)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	p, secret := otp.DefaultParams(), otp.Secret(secret20)
	code := p.Code(secret, now)
	for b.Loop() {
		p.Match(secret, code, noon(), otp.Memory{})
	}
}
