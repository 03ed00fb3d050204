package otp_test

import (
	"fmt"
	"time"

	"certctl/pkg/otp"
)

// A code is matched to a step, and the step is spent: the same code, and every
// older one, is refused from then on.
func ExampleParams_Match() {
	token := otp.DefaultParams()
	secret := token.NewSecret()
	now := time.Date(2027, 3, 1, 9, 0, 10, 0, time.UTC)
	code := otp.Normalize(token.Code(secret, token.Step(now)))

	var memory otp.Memory // kept with the token
	for range 2 {
		r := token.Match(secret, code, now, memory)
		fmt.Println(r.Outcome == otp.Accepted, r.Outcome == otp.Spent)
		if r.Outcome == otp.Accepted {
			// Where requests meet, this is a conditional UPDATE: one of them wins.
			memory = otp.Memory{Next: r.Step + 1, Drift: r.Drift}
		}
	}
	// Output:
	// true false
	// false true
}
