package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// policy reads what the configuration says of the policy.
func (c *config) policy() (api.Policy, error) {
	p := api.DefaultPolicy()
	for _, length := range []struct {
		key    string
		value  *time.Duration
		orNone bool
	}{
		{"policy.acquire_within", &p.AcquireWithin, false},
		{"policy.validity", &p.Validity, false},
		{"policy.renew_from", &p.RenewFrom, false},
		{"policy.reacquire_within", &p.ReacquireWithin, false},
		{"policy.session", &p.Session, false},
		{"policy.overlap", &p.Overlap, true},
	} {
		d, err := c.duration(length.key)
		if err != nil {
			return p, err
		}
		if d == 0 && !length.orNone {
			return p, c.bad(length.key, c.app.text.Errors.WantDuration)
		}
		*length.value = d
	}
	var err error
	if p.UserAttempts, err = c.count("policy.user_attempts"); err != nil {
		return p, err
	}
	if p.TokenAttempts, err = c.count("policy.token_attempts"); err != nil {
		return p, err
	}
	reveal, err := c.oneOf("policy.reveal", string(api.RevealFrank), string(api.RevealUniform))
	if err != nil {
		return p, err
	}
	p.Reveal = api.Reveal(reveal)
	p.KeyTypes, err = c.keyTypes("policy.key_types")
	return p, err
}

// count returns a setting that is a number from 1 on.
func (c *config) count(key string) (int, error) {
	n, err := strconv.Atoi(c.text(key))
	if err != nil || n < 1 {
		return 0, c.bad(key, c.app.text.Errors.WantCount)
	}
	return n, nil
}

// keyTypes returns a setting that is a list of key types.
func (c *config) keyTypes(key string) ([]api.KeyType, error) {
	var types []api.KeyType
	for word := range strings.SplitSeq(c.text(key), ",") {
		t := api.KeyType(strings.TrimSpace(word))
		if !slices.Contains(api.KeyTypes(), t) {
			return nil, c.bad(key, i18n.Fill(c.app.text.Errors.WantList, "words", words(api.KeyTypes())))
		}
		types = append(types, t)
	}
	return types, nil
}

// words lists values as a sentence does.
func words[T ~string](values []T) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return strings.Join(all, ", ")
}
