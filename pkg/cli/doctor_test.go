package cli

import (
	"testing"
	"time"

	"certctl/pkg/i18n"
)

// A clock that is an hour off is found; how long the answer took is not held
// against it.
func TestDoctorComparesClocks(t *testing.T) {
	noon := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		theirs time.Duration
		took   time.Duration
		code   string
	}{
		{0, 0, "clock_ok"},
		{20 * time.Second, 0, "clock_ok"},
		{time.Minute, time.Minute, "clock_ok"},
		{time.Hour, time.Second, "clock_off"},
		{-time.Hour, time.Second, "clock_off"},
		{time.Hour, 59 * time.Minute, "clock_off"},
	} {
		o := doctorOptions{app: newApp(Process{}, i18n.English())}
		o.checkClock(noon.Add(c.theirs), noon, noon.Add(c.took))
		if f := o.findings[0]; f.Code != c.code || (f.Mend != "") != (c.code == "clock_off") || f.Message == "" {
			t.Errorf("%v off, answered within %v: %+v", c.theirs, c.took, f)
		}
	}
}

// Whatever may be found has a sentence, or is an error that has one.
func TestEveryFindingHasASentence(t *testing.T) {
	for _, l := range i18n.Languages() {
		d := l.Text().Output.Doctor
		for code := range d.Mends {
			if d.Findings[code] == "" {
				t.Errorf("%s: %s is mended and not found", l, code)
			}
		}
	}
}
