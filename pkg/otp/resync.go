package otp

import (
	"crypto/subtle"
	"time"
)

// resyncAhead is how many codes of a counter two consecutive ones are looked for.
const resyncAhead = 100

// Resync finds the step at which a token shows the second of two consecutive
// codes, further away than Match looks: within ten minutes of at, or 100 codes
// ahead of the first that is not spent. Accepted says that the token is this far
// off: spend Step and remember Drift. Spent says that the second one was used,
// or is older than one that was; any other pair is Wrong. The codes must be as
// Normalize returns them.
func (p Params) Resync(secret Secret, first, second string, at time.Time, mem Memory) Result {
	result := Result{Outcome: Wrong, Drift: clampDrift(mem.Drift)}
	if !Valid(first, p.Digits) || !Valid(second, p.Digits) {
		return result
	}
	from, to, now := p.resyncReach(at, mem)
	mac := p.mac(secret)
	for step := from; step <= to; step++ {
		same := subtle.ConstantTimeCompare(hotp(mac, uint64(step-1), p.Digits), []byte(first)) &
			subtle.ConstantTimeCompare(hotp(mac, uint64(step), p.Digits), []byte(second))
		if same == 0 {
			continue
		}
		if step < mem.Next {
			result.Outcome, result.Step = Spent, step
			continue
		}
		result.Outcome, result.Step = Accepted, step
		if !p.Counter {
			result.Drift = clampDrift(step - now)
			result.Skew = time.Duration(step-now) * p.Period
		}
		return result
	}
	return result
}

// resyncReach returns the steps at which the second of two codes is looked for.
func (p Params) resyncReach(at time.Time, mem Memory) (from, to, now int64) {
	if p.Counter {
		return max(1, mem.Next-lookBack), mem.Next + resyncAhead, 0
	}
	now, near := p.Step(at), int64(horizon/p.Period)
	return max(1, now-near), now + near, now
}
