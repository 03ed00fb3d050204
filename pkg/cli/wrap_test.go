package cli

import (
	"strings"
	"testing"
)

func TestProse(t *testing.T) {
	tests := []struct {
		name, text string
		width      int
		want       string
	}{
		{"wide enough", "one two\nthree", 10, "one two\nthree"},
		{"filled anew", "one two\nthree four", 9, "one two\nthree\nfour"},
		{"by block", "one\n\ntwo three\nfour", 8, "one\n\ntwo\nthree\nfour"},
		{"laid out", "Run:\n  a long command", 8, "Run:\n  a long command"},
		{"Japanese", "電子証明書を取得し、\n保管します。", 12, "電子証明書を\n取得し、\n保管します。"},
		{"around a command", "`certctl show` で\n表示します。次に\n`certctl list` を実行します。", 29,
			"`certctl show` で\n表示します。次に\n`certctl list` を実行します。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := prose(tt.text, tt.width); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// A long text goes on below itself, not below its label.
func TestHang(t *testing.T) {
	want := strings.Join([]string{
		"  --name NAME  the name of the thing that",
		"               it is about",
		"  -h           help",
		"",
	}, "\n")
	p := page{width: 41}
	p.columns([][]string{{"  --name NAME", "the name of the thing that it is about"}, {"  -h", "help"}})
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
