package i18n

import "testing"

func TestFill(t *testing.T) {
	tests := []struct {
		sentence string
		pairs    []string
		want     string
	}{
		{"nothing to fill", nil, "nothing to fill"},
		{"{a} before {b}", []string{"a", "1", "b", "2"}, "1 before 2"},
		{"{b} after {a}, {a}", []string{"a", "1", "b", "2"}, "2 after 1, 1"},
		{"{unknown} stays", []string{"a", "1"}, "{unknown} stays"},
		{"{a}", []string{"a", "{b}", "b", "looked into"}, "{b}"},
	}
	for _, tt := range tests {
		if got := Fill(tt.sentence, tt.pairs...); got != tt.want {
			t.Errorf("Fill(%q, %q) = %q, want %q", tt.sentence, tt.pairs, got, tt.want)
		}
	}
}
