package api_test

import (
	"errors"
	"regexp"
	"testing"

	"certctl/pkg/api"
)

// Ten ways to write one user's IDs must reach one record, so that they share
// one counter of wrong codes.
func TestSpellingsOfOneUserAreOneUser(t *testing.T) {
	spellings := [][2]string{
		{"12345678901", "tanaka"},
		{" 12345678901", "tanaka "},
		{"12345678901\n", "\ttanaka"},
		{"１２３４５６７８９０１", "tanaka"},
		{"12345678901", "ｔａｎａｋａ"},
		{"12345678901", "TANAKA"},
		{"12345678901", "Tanaka"},
		{"１２345678901", "ＴＡＮＡＫＡ"},
		{"　12345678901　", "tanaKa"},
		{"𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏", "𝐭𝐚𝐧𝐚𝐤𝐚"},
	}
	var ids api.IDs
	want := api.UserRef{ContractID: "12345678901", UserID: "tanaka"}
	for _, s := range spellings {
		got, err := ids.Ref(s[0], s[1])
		if err != nil {
			t.Errorf("Ref(%q, %q): %v", s[0], s[1], err)
			continue
		}
		if !got.Same(want) {
			t.Errorf("Ref(%q, %q) = %+v, another user than %+v", s[0], s[1], got, want)
		}
	}
}

func TestIDsThatAreRefused(t *testing.T) {
	var ids api.IDs
	for _, id := range []string{"", "1234567890", "123456789012", "1234567890a", "12345678901\x00", "12345\n78901"} {
		if _, err := ids.Contract(id); !errors.Is(err, api.Refuse(api.Usage)) {
			t.Errorf("Contract(%q) = %v, want usage", id, err)
		}
	}
	for _, id := range []string{"", "a b", "tan/aka", "../x", "a\x1b[31m", "田中", "abcdefghijabcdefghijabcdefghijk"} {
		if _, err := ids.User(id); !errors.Is(err, api.Refuse(api.Usage)) {
			t.Errorf("User(%q) = %v, want usage", id, err)
		}
	}
}

// A deployment's own pattern may be as wide as ".+".
func TestNoPatternTakesWhatNobodySees(t *testing.T) {
	ids := api.IDs{ContractPattern: regexp.MustCompile(`(?s)^.+$`)}
	for _, id := range []string{"a\nb", "a\u202eb", "a\x1b[31m", "a\xffb"} {
		if _, err := ids.Contract(id); !errors.Is(err, api.Refuse(api.Usage)) {
			t.Errorf("Contract(%q) = %v, want usage", id, err)
		}
	}
	if got, err := ids.Contract("K-2/東京"); err != nil || got != "K-2/東京" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSecretNeverShows(t *testing.T) {
	s := api.Secret("JBSWY3DPEHPK3PXP")
	if got := s.String() + s.GoString(); got != "REDACTEDREDACTED" {
		t.Errorf("a secret formats as %q", got)
	}
	if b, _ := s.MarshalText(); string(b) != "REDACTED" {
		t.Errorf("a secret marshals as %q", b)
	}
}
