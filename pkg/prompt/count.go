package prompt

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
)

// Count is Run for work of so many steps: the line shows how many are done. do
// calls step after each; step is safe for concurrent use.
func (p Progress) Count(ctx context.Context, title string, steps int, do func(ctx context.Context, step func()) error) error {
	var done atomic.Int64
	moving := func() string { return title + " " + bar(int(done.Load()), steps) }
	return p.run(ctx, title, moving, func(ctx context.Context) error {
		return do(ctx, func() { done.Add(1) })
	})
}

// bar draws how much of some work is done: "[#####-----]  50/100".
func bar(done, steps int) string {
	const cells = 20
	full := cells
	if steps > 0 {
		full = min(cells*done/steps, cells)
	}
	return fmt.Sprintf("[%s%s] %*d/%d", strings.Repeat("#", full), strings.Repeat("-", cells-full), len(fmt.Sprint(steps)), done, steps)
}
