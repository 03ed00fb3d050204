package api_test

import (
	"strings"
	"testing"

	"certctl/pkg/api"
)

func TestTokenSerial(t *testing.T) {
	for serial, want := range map[string]string{
		"HW-1001":               "HW-1001",
		" hw.1_0:0/1 ":          "HW.1_0:0/1",
		"ＨＷ１":                   "HW1",
		strings.Repeat("7", 64): strings.Repeat("7", 64),
	} {
		if got, err := api.TokenSerial(serial); got != want || err != nil {
			t.Errorf("%q is %q, %v, want %q", serial, got, err, want)
		}
	}
	for _, serial := range []string{"", " ", "-1", ".A", "A B", "A\tB", "A$", "鍵1", "A鍵B", strings.Repeat("7", 65)} {
		if got, err := api.TokenSerial(serial); api.CodeOf(err) != api.Usage {
			t.Errorf("%q is %q, %v", serial, got, err)
		}
	}
}
