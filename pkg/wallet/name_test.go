package wallet_test

import (
	"strings"
	"testing"

	"certctl/pkg/wallet"
)

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"12345678901-tanaka": true, "a": true, "0._-": true, strings.Repeat("a", 64): true,
		"": false, strings.Repeat("a", 65): false, "A": false, "-a": false, ".a": false, "_a": false, "~a": false,
		"a/b": false, "a\\b": false, "a\n": false, "a b": false, "ａ": false, "a\x00": false,
	} {
		if wallet.ValidName(name) != want {
			t.Errorf("ValidName(%q) is not %v", name, want)
		}
	}
}

func TestDefaultName(t *testing.T) {
	for _, test := range [][3]string{
		{"12345678901", "Tanaka", "12345678901-tanaka"},
		{"ACME/7", "U1", "acme-7-u1"},
		{strings.Repeat("9", 40), strings.Repeat("u", 30), strings.Repeat("9", 40) + "-" + strings.Repeat("u", 23)},
	} {
		got := wallet.DefaultName(test[0], test[1])
		if got != test[2] || !wallet.ValidName(got) {
			t.Errorf("DefaultName(%q, %q) = %q", test[0], test[1], got)
		}
	}
}
