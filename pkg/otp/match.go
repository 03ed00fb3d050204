package otp

import (
	"crypto/subtle"
	"time"
)

const (
	// MaxDrift is how many steps of drift are learned at most, either way.
	MaxDrift = 20
	// Reach is how many steps from now a code may be at most to be accepted,
	// whatever drift its token has or will have learned.
	Reach = MaxDrift + window
	// MaxCounter is the greatest counter that a token can have: far more codes than
	// anybody shows, and far from where a counter would overflow.
	MaxCounter = 1 << 60
	// window is how many steps either side of the expected one are accepted.
	window = 1
	// horizon is how far from now, either side, a code is still recognised as
	// spent or drifted.
	horizon = 10 * time.Minute
	// lookAhead is how many codes of a counter may have been shown and not used.
	lookAhead = 10
	// lookBack is how many codes of a counter are still recognised as spent.
	lookBack = 10
)

// Memory is what is remembered of a token between two codes. The zero value is
// that of a token never used.
type Memory struct {
	// Next is the first step that is not yet spent: the accepted one + 1.
	Next int64
	// Drift is how many steps the token's clock is ahead, as learned; values
	// beyond MaxDrift count as MaxDrift.
	Drift int64
}

// Outcome says what a code turned out to be.
type Outcome int

// The outcomes. Only an Accepted code may be let through.
const (
	Wrong    Outcome = iota // of no step nearby, or no code at all
	Drifted                 // right and unspent, but beyond the window within 10 minutes of now; counts as wrong
	Spent                   // used, or older than one used
	Accepted                // right, now, and unspent: spend Step
)

// Result is the outcome of a match.
type Result struct {
	Outcome Outcome
	// Step is the step that matched; 0 where the code was Wrong.
	Step int64
	// Drift is what to remember as Memory.Drift: moved by one step at most, and
	// only by an Accepted code.
	Drift int64
	// Skew is how far the matched step is from the one of now: positive where
	// the token's clock is ahead. 0 where the code was Wrong.
	Skew time.Duration
}

// Match finds the step at which a token with this secret shows code, near the
// time at. The code must be as Normalize returns it; an empty or malformed one
// is Wrong.
//
// A step within one of the expected one (that of at, plus the learned drift)
// is Accepted unless it is spent. Within ten minutes of at, a spent step gives
// Spent and any other Drifted. Where a code belongs to several steps, Accepted
// goes before Spent and Spent before Drifted; the last acceptable step counts,
// so that a code that was accepted is spent at every step of its window, and
// of others the one nearest to the expected.
//
// A counter has no time: what is expected is the first code that is not spent.
// It and the ten after it are Accepted, the ten before it are Spent.
//
// Every step in reach is computed and compared in constant time, whatever
// matches. The caller spends Step only if it still is not spent: Match cannot
// see another request with the same code.
func (p Params) Match(secret Secret, code string, at time.Time, mem Memory) Result {
	if p.Counter {
		return p.matchCounter(secret, code, mem)
	}
	now := p.Step(at)
	drift := clampDrift(mem.Drift)
	result := Result{Outcome: Wrong, Drift: drift}
	if !Valid(code, p.Digits) {
		return result
	}

	mac := p.mac(secret)
	near := int64(horizon / p.Period)
	reach := max(near, MaxDrift+window)
	best, bestOffset := 0, 0
	for offset := -reach; offset <= reach; offset++ {
		merit := rank(offset, drift, near, now+offset < mem.Next)
		shown := hotp(mac, uint64(now+offset), p.Digits)
		better := subtle.ConstantTimeCompare(shown, []byte(code)) & subtle.ConstantTimeLessOrEq(best, merit)
		best = subtle.ConstantTimeSelect(better, merit, best)
		bestOffset = subtle.ConstantTimeSelect(better, int(offset), bestOffset)
	}

	result.Outcome = Outcome(best >> rankBits)
	if result.Outcome == Wrong {
		return result
	}
	result.Step = now + int64(bestOffset)
	result.Skew = time.Duration(bestOffset) * p.Period
	if result.Outcome == Accepted {
		result.Drift = clampDrift(int64(bestOffset)) // one from the learned drift at most: the window is no wider
	}
	return result
}

// matchCounter is Match for a counter. Of two acceptable steps with one code the
// later counts, as with the time: the code is spent at both.
func (p Params) matchCounter(secret Secret, code string, mem Memory) Result {
	if !Valid(code, p.Digits) {
		return Result{Outcome: Wrong}
	}
	mac := p.mac(secret)
	best, bestOffset := 0, 0
	for offset := max(-lookBack, -mem.Next); offset <= lookAhead; offset++ {
		outcome := Accepted
		if offset < 0 {
			outcome = Spent
		}
		shown := hotp(mac, uint64(mem.Next+offset), p.Digits)
		same := subtle.ConstantTimeCompare(shown, []byte(code))
		best = subtle.ConstantTimeSelect(same, int(outcome), best)
		bestOffset = subtle.ConstantTimeSelect(same, int(offset), bestOffset)
	}
	if Outcome(best) == Wrong {
		return Result{Outcome: Wrong}
	}
	return Result{Outcome: Outcome(best), Step: mem.Next + int64(bestOffset)}
}

// rankBits is the width of the part of a rank that orders the steps of one
// outcome; the outcome is above it.
const rankBits = 8

// rank says how good a match at a step would be: the outcome it would give in
// the upper bits, the preference among steps of that outcome in the lower. It
// depends on nothing secret. offset and drift are counted from now, near is how
// far the horizon is, all in steps.
func rank(offset, drift, near int64, spent bool) int {
	fromCentre := offset - drift
	distance := max(fromCentre, -fromCentre)
	inWindow := distance <= window
	if !inWindow && max(offset, -offset) > near {
		return int(Wrong) << rankBits
	}

	const middle = 1 << (rankBits - 1)
	if spent {
		return int(Spent)<<rankBits | int(middle-distance)
	}
	if inWindow {
		return int(Accepted)<<rankBits | int(middle+fromCentre)
	}
	return int(Drifted)<<rankBits | int(middle-distance)
}

func clampDrift(steps int64) int64 { return min(max(steps, -MaxDrift), MaxDrift) }
