package otp_test

import (
	"strings"
	"testing"

	"certctl/pkg/otp"
)

func TestNormalize(t *testing.T) {
	tests := map[string]string{
		"123456":                 "123456",
		"012 345":                "012345",
		" 123\t456\r\n":          "123456",
		"123-456":                "123456",
		"１２３４５６":                 "123456",
		"１２３　４５６":                "123456", // U+3000
		"１２３－４５６":                "123456", // U+FF0D
		"123\u2010456":           "123456", // hyphen
		"123\u2011456":           "123456", // non-breaking hyphen
		"123\u2013456":           "123456", // en dash
		"123\u2014456":           "123456", // em dash
		"123\u2212456":           "123456", // minus sign
		"１２３ー４５６":                "123456", // long-vowel mark
		"123\uff70456":           "123456", // half-width long-vowel mark
		"123\u00a0456":           "123456", // no-break space
		"\ufeff123\u200b456":     "123456", // byte order mark, zero-width space
		"\u202d123456\u202c":     "123456", // as copied from a bidirectional page
		"":                       "",
		" - ":                    "",
		"12345a":                 "12345a",
		"１２３４５Ａ":                 "12345A",
		"123.456":                "123.456",
		"١٢٣٤٥٦":                 "١٢٣٤٥٦", // other scripts' digits are no code
		"123\x00456":             "123\x00456",
		"123\xff456":             "123\ufffd456",
		strings.Repeat(" ", 257): strings.Repeat(" ", 257),
	}
	for typed, want := range tests {
		if got := otp.Normalize(typed); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestValid(t *testing.T) {
	for _, code := range []string{"000000", "123456", "999999"} {
		if !otp.Valid(code, 6) {
			t.Errorf("%q is refused", code)
		}
		if otp.Valid(code, 8) {
			t.Errorf("%q is accepted as 8 digits", code)
		}
	}
	for _, code := range []string{"", "12345", "1234567", "12345a", "12 456", "-12345", "１２", "12345\n", "/12345", ":12345"} {
		if otp.Valid(code, 6) {
			t.Errorf("%q is accepted", code)
		}
	}
	if otp.Valid("", 0) != true || otp.Valid("12345678", 8) != true {
		t.Error("the length decides")
	}
}

func FuzzNormalize(f *testing.F) {
	for _, typed := range []string{"123456", "１２３－４５６", "123\u200d456", "\xff", "①②③④⑤⑥", "e\u0301"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := otp.Normalize(typed)
		if !otp.Valid(code, 6) {
			return
		}
		if again := otp.Normalize(code); again != code {
			t.Errorf("%q, normalised again, is %q", code, again)
		}
		if spaced := otp.Normalize(code[:3] + "　- " + code[3:]); spaced != code {
			t.Errorf("%q in groups is %q", code, spaced)
		}
	})
}
