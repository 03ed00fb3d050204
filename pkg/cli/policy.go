package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// policy reads what the configuration says of the policy, and refuses one that
// contradicts itself.
func (c *config) policy() (api.Policy, error) {
	p, err := c.policyValues()
	if err != nil {
		return p, err
	}
	if wrong := (*api.PolicyError)(nil); errors.As(p.Check(), &wrong) {
		return p, c.contradiction(wrong)
	}
	return p, nil
}

// contradiction words what is wrong with a policy whose values are each fine.
func (c *config) contradiction(wrong *api.PolicyError) error {
	e := c.app.text.Errors
	limit := wrong.Limit
	if key := "policy." + limit; defaults()[key] != "" {
		limit = i18n.Fill(e.OtherSetting, "name", c.origin(key), "value", c.text(key))
	}
	want := e.WantAtMost
	if wrong.Less {
		want = e.WantLess
	}
	return c.bad("policy."+wrong.Field, i18n.Fill(want, "limit", limit))
}

// policyValues reads each value of the policy.
func (c *config) policyValues() (api.Policy, error) {
	p := api.DefaultPolicy()
	for _, length := range []struct {
		key   string
		value *time.Duration
		read  func(c *config, key string) (time.Duration, error)
	}{
		{"policy.acquire_within", &p.AcquireWithin, (*config).span},
		{"policy.validity", &p.Validity, (*config).span},
		{"policy.renew_from", &p.RenewFrom, (*config).span},
		{"policy.reacquire_within", &p.ReacquireWithin, (*config).span},
		{"policy.session", &p.Session, (*config).span},
		{"policy.overlap", &p.Overlap, (*config).duration},
	} {
		var err error
		if *length.value, err = length.read(c, length.key); err != nil {
			return p, err
		}
	}
	var err error
	if p.UserAttempts, err = c.count("policy.user_attempts"); err != nil {
		return p, err
	}
	if p.TokenAttempts, err = c.count("policy.token_attempts"); err != nil {
		return p, err
	}
	if p.Replace, err = c.replace("policy.replace"); err != nil {
		return p, err
	}
	if p.Reveal, err = c.reveal("policy.reveal"); err != nil {
		return p, err
	}
	if p.AcquireAuth, err = c.acquireAuth(); err != nil {
		return p, err
	}
	p.KeyTypes, err = c.keyTypes("policy.key_types")
	return p, err
}

// acquireAuth returns the setting that says what users prove themselves with.
func (c *config) acquireAuth() (api.AcquireAuth, error) {
	word, err := c.oneOf("acquire_auth", string(api.AuthByUser), string(api.AuthOTP))
	return api.AcquireAuth(word), err
}

// span returns a setting that is a length of time, and not none.
func (c *config) span(key string) (time.Duration, error) {
	d, err := c.duration(key)
	if err == nil && d == 0 {
		err = c.bad(key, c.app.text.Errors.WantDuration)
	}
	return d, err
}

// replace returns a setting that says whether a living certificate may be
// replaced.
func (c *config) replace(key string) (api.Replace, error) {
	word, err := c.oneOf(key, string(api.ReplaceDeny), string(api.ReplaceAllow))
	return api.Replace(word), err
}

// reveal returns a setting that says what a refusal tells.
func (c *config) reveal(key string) (api.Reveal, error) {
	word, err := c.oneOf(key, string(api.RevealFrank), string(api.RevealUniform))
	return api.Reveal(word), err
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

// oneOf says that one of a few values would have been right.
func oneOf[T ~string](a *app, values []T) string {
	return i18n.Fill(a.text.Errors.WantOneOf, "words", words(values))
}
