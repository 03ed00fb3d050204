package otp_test

import (
	"strings"
	"testing"

	"certctl/pkg/otp"
)

func TestPIN(t *testing.T) {
	pin := otp.NewPIN()
	if !otp.ValidPIN(pin) || pin == otp.NewPIN() {
		t.Fatalf("%q is no new PIN", pin)
	}
	hash, err := otp.HashPIN(pin)
	if err != nil || strings.Contains(hash, pin) {
		t.Fatalf("hash %q, %v", hash, err)
	}
	for text, want := range map[string]bool{
		pin: true, strings.ToUpper(pin): false, pin[1:]: false, pin + "a": false, "": false, strings.Repeat("a", 1<<20): false,
	} {
		if got, err := otp.MatchPIN(hash, text); got != want || err != nil {
			t.Errorf("%.20q: %t, %v, want %t", text, got, err, want)
		}
	}
	if again, _ := otp.HashPIN(pin); again == hash {
		t.Error("two hashes of one PIN are the same: there is no salt")
	}
}

func TestPINsHaveSixToTwelveLettersAndDigits(t *testing.T) {
	for pin, want := range map[string]bool{
		"abc123": true, "ABCdef123456": true, "abc12": false, "abcdef1234567": false,
		"abc-123": false, "abc 123": false, "abcdé1": false, "１２３４５６": false,
	} {
		if got := otp.ValidPIN(pin); got != want {
			t.Errorf("%q: %t, want %t", pin, got, want)
		}
		if _, err := otp.HashPIN(pin); (err == nil) != want {
			t.Errorf("hash of %q: %v", pin, err)
		}
	}
}

func TestMatchPINRefusesWhatIsNoHash(t *testing.T) {
	for _, hash := range []string{
		"", "plain", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA", "$argon2id$v=19$m=19456,t=2,p=1$AAAA",
		"$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=x$!$!",
	} {
		if ok, err := otp.MatchPIN(hash, "abc123"); ok || err == nil {
			t.Errorf("%q: %t, %v", hash, ok, err)
		}
	}
}
