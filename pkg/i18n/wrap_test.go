package i18n_test

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"certctl/pkg/i18n"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width int
		want  string
	}{
		{"", 10, ""},
		{"short", 10, "short"},
		{"one two three", 7, "one two|three"},
		{"one two three", 0, "one two three"},
		{"one\n\ntwo", 10, "one||two"},
		{"  indented text", 10, "  indented|text"},
		{"otpauth://totp/x", 8, "otpauth:|//totp/x"},
		{"see otpauth://totp/x", 8, "see|otpauth:|//totp/x"},
		{"次の表示を待って入力してください。", 20, "次の表示を待って|入力してください。"},
		{"次の表示を待って入力してください。", 34, "次の表示を待って入力してください。"},
		// A closing mark stays where it belongs.
		{"表示を待って、入力します。", 12, "表示を|待って、|入力します。"},
		{"表示を待って、入力します。", 14, "表示を待って、|入力します。"},
		{"契約者ID(利用者番号)を入力します", 22, "契約者ID(利用者番号)を|入力します"},
		{"管理者に `certctl user resume` を依頼します", 24, "管理者に|`certctl user resume` を|依頼します"},
		{"`certctl user resume` を", 14, "`certctl user|resume` を"},
		{"もう一度書き出します", 8, "もう一度|書き出し|ます"},
		{"失効リストお取引店", 12, "失効リストお|取引店"}, // nowhere to break
	}
	for _, tt := range tests {
		want := strings.ReplaceAll(tt.want, "|", "\n")
		if got := i18n.Wrap(tt.text, tt.width); got != want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.width, got, want)
		}
	}
}

// Whatever is said fits, whatever the width, and nothing of it is lost.
func TestWrapFits(t *testing.T) {
	without := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, l := range i18n.Languages() {
		for path, s := range sentences(l.Text()) {
			for _, width := range []int{4, 20, 60, 80} {
				got := i18n.Wrap(s, width)
				for line := range strings.SplitSeq(got, "\n") {
					if displaywidth.String(line) > width {
						t.Fatalf("%s: %s at %d columns: %q", l, path, width, line)
					}
				}
				if without(got) != without(s) {
					t.Fatalf("%s: %s at %d columns: %q", l, path, width, got)
				}
			}
		}
	}
}
