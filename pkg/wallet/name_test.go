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

// What a system has devices for is nobody's name for an entry, on any system; what
// is there under one is used on.
func TestNamesOfDevices(t *testing.T) {
	for name, want := range map[string]bool{
		"con": false, "nul": false, "aux.old": false, "prn..": false, "com1": false, "lpt9.a.b": false,
		"con-1": true, "nul_": true, "com": true, "com0": true, "com10": true, "lpt": true, "a.con": true,
	} {
		if wallet.NewName(name) != want {
			t.Errorf("NewName(%q) is not %v", name, want)
		}
		if !wallet.ValidName(name) {
			t.Errorf("ValidName(%q) is not true", name)
		}
	}
	if wallet.NewName("A") {
		t.Error("a name that is not valid may name an entry")
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
