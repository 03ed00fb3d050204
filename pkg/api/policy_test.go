package api_test

import (
	"errors"
	"testing"
	"time"

	"certctl/pkg/api"
)

func TestAPolicyThatContradictsItself(t *testing.T) {
	if err := api.DefaultPolicy().Check(); err != nil {
		t.Errorf("the default policy: %v", err)
	}
	const day = 24 * time.Hour
	for _, c := range []struct {
		field  string
		change func(*api.Policy)
		fits   func(*api.Policy) // the last value that is fine
	}{
		{"validity", func(p *api.Policy) { p.Validity = 3651 * day }, func(p *api.Policy) { p.Validity = 3650 * day }},
		{"renew_from", func(p *api.Policy) { p.RenewFrom = p.Validity }, func(p *api.Policy) { p.RenewFrom = p.Validity - 1 }},
		{"overlap", func(p *api.Policy) { p.Overlap = p.Validity }, func(p *api.Policy) { p.Overlap = 0 }},
		{"session", func(p *api.Policy) { p.Session = day + time.Second }, func(p *api.Policy) { p.Session = day }},
		{"user_attempts", func(p *api.Policy) { p.UserAttempts = 21 }, func(p *api.Policy) { p.UserAttempts = 20 }},
		{"reveal", func(p *api.Policy) { p.Reveal = "Uniform" }, func(p *api.Policy) { p.Reveal = api.RevealUniform }},
		{"replace", func(p *api.Policy) { p.Replace = "" }, func(p *api.Policy) { p.Replace = api.ReplaceAllow }},
		{"acquire_auth", func(p *api.Policy) { p.AcquireAuth = "pin_only" }, func(p *api.Policy) { p.AcquireAuth = "" }},
		{"key_types", func(p *api.Policy) { p.KeyTypes = nil }, func(p *api.Policy) { p.KeyTypes = []api.KeyType{api.ECP384} }},
		{"key_types", func(p *api.Policy) { p.KeyTypes = []api.KeyType{"rsa-1024"} }, func(*api.Policy) {}},
		{"session", func(p *api.Policy) { p.Session = 0 }, func(p *api.Policy) { p.Session = time.Second }},
		{"user_attempts", func(p *api.Policy) { p.UserAttempts = 0 }, func(p *api.Policy) { p.UserAttempts = 1 }},
		{"acquire_within", func(p *api.Policy) { p.AcquireWithin = 0 }, func(p *api.Policy) { p.AcquireWithin = 1 }},
		{"reacquire_within", func(p *api.Policy) { p.ReacquireWithin = -1 }, func(p *api.Policy) { p.ReacquireWithin = 1 }},
		{"renew_from", func(p *api.Policy) { p.RenewFrom = 0 }, func(p *api.Policy) { p.RenewFrom = 1 }},
	} {
		bad, good := api.DefaultPolicy(), api.DefaultPolicy()
		c.change(&bad)
		c.fits(&good)
		wrong := (*api.PolicyError)(nil)
		if err := bad.Check(); !errors.As(err, &wrong) || wrong.Field != c.field {
			t.Errorf("%s: %v", c.field, err)
		}
		if err := good.Check(); err != nil {
			t.Errorf("%s at its limit: %v", c.field, err)
		}
	}
}
