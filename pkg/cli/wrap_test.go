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
		{"a numbered list", "Then:\n  1. Run it and wait.\n  2. Done.", 12, "Then:\n  1. Run it\n     and\n     wait.\n  2. Done."},
		{"a Japanese list", "  誤入力した\n      管理者に依頼してください。\n  # 管理者に依頼してください。", 22,
			"  誤入力した\n      管理者に\n      依頼してくださ\n      い。\n  # 管理者に依頼してください。"},
		{"Japanese", "電子証明書を取得し、\n保管します。", 12, "電子証明書を\n取得し、\n保管します。"},
		{"around a command", "`certctl show` で\n表示します。次に\n`certctl list` を実行します。", 28,
			"`certctl show` で\n表示します。次に\n`certctl list` を\n実行します。"},
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
	p.entries([][]string{{"  --name NAME", "the name of the thing that it is about"}, {"  -h", "help"}})
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A table that is wider than the terminal would be unreadable: its rows stand
// below one another then.
func TestTablesFitTheTerminal(t *testing.T) {
	headings := []string{"契約者ID\n(利用者番号)", "名前"}
	rows := [][]string{{"12345678901", "田中 花子"}, {"2", ""}}
	for width, want := range map[int]string{
		0: `契約者ID      名前
(利用者番号)
12345678901   田中 花子
2
`,
		23: `契約者ID      名前
(利用者番号)
12345678901   田中 花子
2
`,
		22: `契約者ID(利用者番号):  12345678901
名前:                  田中 花子

契約者ID(利用者番号):  2
`,
	} {
		p := page{width: width}
		p.table(headings, rows)
		if got := p.String(); got != want {
			t.Errorf("%d columns:\n%s\nwant\n%s", width, got, want)
		}
	}
}

// Free text is cut for a terminal, what can best be spared first and no further
// than there is something left to read; what is to be copied is not, nor is
// anything for a pipe.
func TestTablesCutFreeText(t *testing.T) {
	headings := []string{"ID", "WHO", "WHY"}
	rows := func() [][]string {
		return [][]string{{"0123456789", "田中 花子 様", "lost on the train to Osaka"}, {"1", "x", "broken"}}
	}
	for _, tt := range []struct {
		page page
		want string
	}{
		{page{width: 40}, `ID          WHO           WHY
0123456789  田中 花子 様  lost on the t…
1           x             broken
`},
		{page{width: 35}, `ID          WHO          WHY
0123456789  田中 花子 …  lost on t…
1           x            broken
`},
		{page{width: 20, wide: 40}, `ID          WHO           WHY
0123456789  田中 花子 様  lost on the t…
1           x             broken
`},
		{page{width: 20}, `ID:   0123456789
WHO:  田中 花子 様
WHY:  lost on the train to Osaka

ID:   1
WHO:  x
WHY:  broken
`},
		{page{}, `ID          WHO           WHY
0123456789  田中 花子 様  lost on the train to Osaka
1           x             broken
`},
	} {
		tt.page.table(headings, rows(), 2, 1)
		if got := tt.page.String(); got != tt.want {
			t.Errorf("%d columns:\n%s\nwant\n%s", tt.page.width, got, tt.want)
		}
	}
}

// Sentences are broken for the terminal, commands are not: they are copied.
func TestFitted(t *testing.T) {
	tests := []struct{ line, want string }{
		{"What is long is broken.", "What is long is|broken."},
		{"Run `certctl list` then.", "Run `certctl list`|then."},
		{"Next: certctl user add --otp", "Next: certctl user add --otp"},
		{"次の操作: certctl user add --otp", "次の操作: certctl user add --otp"},
		{"  rm -rf /tmp/certctl-quickstart", "  rm -rf /tmp/certctl-quickstart"},
	}
	for _, tt := range tests {
		if got := strings.ReplaceAll(fitted(tt.line, 18), "\n", "|"); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
		if got := fitted(tt.line, 0); got != tt.line {
			t.Errorf("%q: %q where there is no terminal", tt.line, got)
		}
	}
}
