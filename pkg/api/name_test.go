package api_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"certctl/pkg/api"
)

func TestDisplayNames(t *testing.T) {
	for name, want := range map[string]string{
		"":                               "",
		"Tanaka Hanako":                  "Tanaka Hanako",
		"  田中　花子\n":                      "田中　花子",
		strings.Repeat("田", 64):          strings.Repeat("田", 64),
		" " + strings.Repeat("a", 64):    strings.Repeat("a", 64),
		"O'Neil, \"Jo\" <b>&c;</b> ${x}": "O'Neil, \"Jo\" <b>&c;</b> ${x}",
	} {
		if got, err := api.DisplayName("display_name", name); err != nil || got != want {
			t.Errorf("DisplayName(%q) = %q, %v", name, got, err)
		}
	}
	for _, name := range []string{
		" ", "　", "a\nb", "a\x1b[31mb", "a\x00", "a\u202eb", "a\u200bb", "a\u2028b", "a\u2029b", "a\u2066b", "a\ufeffb", "a\U000e0041b", "a\xff", strings.Repeat("田", 65),
	} {
		_, err := api.DisplayName("display_name", name)
		wantUsage(t, err, "display_name", name)
	}
}

func TestAuthorityNames(t *testing.T) {
	if got, err := api.AuthorityName(" Example Bank "); err != nil || got != "Example Bank" {
		t.Errorf("%q, %v", got, err)
	}
	for _, name := range []string{"", " ", "a\tb", strings.Repeat("a", 49)} {
		_, err := api.AuthorityName(name)
		wantUsage(t, err, "ca_name", name)
	}
}

func TestEmails(t *testing.T) {
	got, err := api.Emails([]string{" a@example.com", "b.c+d@mail.example.com", "田中@例え.jp"})
	if err != nil || !slices.Equal(got, []string{"a@example.com", "b.c+d@mail.example.com", "田中@例え.jp"}) {
		t.Errorf("%q, %v", got, err)
	}
	for _, a := range []string{"", "a", "a@", "@b", "A <a@example.com>", "a@b, c@d", "a@example.com\nBcc: x@y", "<a@example.com>",
		"a\u2028b@example.com", "a\u202eb@example.com", "a@exam\u200bple.com", "a\u00a0b@example.com", "a\x7f@example.com", "\ufeffa@example.com",
		"-oQ/tmp@example.com", "-a@example.com", strings.Repeat("a", 243) + "@example.com",
	} {
		_, err := api.Emails([]string{a})
		wantUsage(t, err, "email", a)
	}
	if got, err := api.Emails(nil); err != nil || got != nil {
		t.Errorf("none: %q, %v", got, err)
	}
}

func wantUsage(t *testing.T, err error, field, value string) {
	t.Helper()
	refused := (*api.Error)(nil)
	if !errors.As(err, &refused) || refused.Code != api.Usage || refused.Field != field || refused.Value != value {
		t.Errorf("%q: %v, want %s of %s", value, err, api.Usage, field)
	}
}
