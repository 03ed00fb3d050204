package main

import "testing"

func TestProse(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"filled", "Run it\nagain.", "Run it\nagain.\n"},
		{"paragraphs", "One.\n\nTwo.\n", "One.\n.PP\nTwo.\n"},
		{"laid out", "  1. a\n     b\n\nOn.", ".nf\n  1. a\n     b\n.fi\n.PP\nOn.\n"},
		{"laid out from its second line", "Table:\n  a  b", ".nf\nTable:\n  a  b\n.fi\n"},
		{"quoted", "Run `a --b` now.", "Run \\fBa \\-\\-b\\fR now.\n"},
		{"quoted over two lines", "Run `a\nb`.", "Run \\fBa\nb\\fR.\n"},
		{"like macros", ".SH\n'br", "\\&.SH\n\\(aqbr\n"},
		{"special", `C:\x ~ ^ "q"`, "C:\\ex \\(ti \\(ha \\(dqq\\(dq\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r roff
			r.prose(tt.text)
			if got := r.String(); got != tt.want {
				t.Errorf("prose(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
