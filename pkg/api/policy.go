package api

import (
	"fmt"
	"slices"
	"time"
)

const day = 24 * time.Hour

// Policy is what a deployment, or one of its contracts, goes by. DefaultPolicy
// has the defaults; no field may be zero but Overlap. See Check for what fits
// together.
type Policy struct {
	AcquireWithin   time.Duration // from issue, inclusive
	Validity        time.Duration // of a certificate, from acquisition
	RenewFrom       time.Duration // before the end
	ReacquireWithin time.Duration // after the end, inclusive
	UserAttempts    int           // wrong codes in a row that lock the user
	TokenAttempts   int           // wrong codes in a row that lock the token
	Session         time.Duration // from Begin to Complete
	Overlap         time.Duration // a renewed certificate stays good for this
	Replace         Replace
	Reveal          Reveal
	AcquireAuth     AcquireAuth // empty: AuthByUser
	KeyTypes        []KeyType   // accepted, first the preferred one
}

// The greatest values that a Policy may have, whatever else it says.
const (
	// MaxValidity is what an issuing CA lives for.
	MaxValidity = 3650 * day
	// MaxSession is how long a backend remembers what came of a session: a code
	// could be judged twice in one that lives longer.
	MaxSession = 24 * time.Hour
)

// PolicyError is a contradiction within a Policy, or a value that says nothing.
type PolicyError struct {
	Field string // as in the configuration: "renew_from"
	// Limit is what the field must be less than, or not more than: the name of
	// another one, or a value. Empty: the value is none, whatever the rest says.
	Limit string
	Less  bool // the field may not even be as much as Limit
}

// Error says it for programmers.
func (e *PolicyError) Error() string {
	if e.Limit == "" {
		return fmt.Sprintf("policy: %s is missing or unknown", e.Field)
	}
	if e.Less {
		return fmt.Sprintf("policy: %s must be less than %s", e.Field, e.Limit)
	}
	return fmt.Sprintf("policy: %s must be at most %s", e.Field, e.Limit)
}

// Check returns a *PolicyError for the first thing about a policy that cannot
// be meant; nil where it holds together.
func (p Policy) Check() error {
	for _, c := range []struct {
		ok  bool
		err PolicyError
	}{
		{p.AcquireWithin > 0, PolicyError{Field: "acquire_within"}},
		{p.Validity > 0, PolicyError{Field: "validity"}},
		{p.RenewFrom > 0, PolicyError{Field: "renew_from"}},
		{p.ReacquireWithin > 0, PolicyError{Field: "reacquire_within"}},
		{p.UserAttempts > 0, PolicyError{Field: "user_attempts"}},
		{p.Session > 0, PolicyError{Field: "session"}},
		{p.Overlap >= 0, PolicyError{Field: "overlap"}},
		{p.Replace == ReplaceDeny || p.Replace == ReplaceAllow, PolicyError{Field: "replace"}},
		{p.Reveal == RevealFrank || p.Reveal == RevealUniform, PolicyError{Field: "reveal"}},
		{slices.Contains([]AcquireAuth{"", AuthByUser, AuthOTP}, p.AcquireAuth), PolicyError{Field: "acquire_auth"}},
		{len(p.KeyTypes) > 0 && !slices.ContainsFunc(p.KeyTypes, unknownKeyType), PolicyError{Field: "key_types"}},
		{p.Validity <= MaxValidity, PolicyError{Field: "validity", Limit: "3650d"}},
		{p.RenewFrom < p.Validity, PolicyError{Field: "renew_from", Limit: "validity", Less: true}},
		{p.Overlap < p.Validity, PolicyError{Field: "overlap", Limit: "validity", Less: true}},
		{p.Session <= MaxSession, PolicyError{Field: "session", Limit: "24h"}},
		{p.UserAttempts <= p.TokenAttempts, PolicyError{Field: "user_attempts", Limit: "token_attempts"}},
	} {
		if !c.ok {
			return &c.err
		}
	}
	return nil
}

func unknownKeyType(t KeyType) bool { return !slices.Contains(KeyTypes(), t) }

// PINs tells whether users without a token may prove themselves with a PIN.
func (p Policy) PINs() bool { return p.AcquireAuth != AuthOTP && p.Reveal == RevealFrank }

// Takes tells whether the policy accepts a key type.
func (p Policy) Takes(t KeyType) bool { return slices.Contains(p.KeyTypes, t) }

// DefaultPolicy returns the policy of a deployment that sets nothing.
func DefaultPolicy() Policy {
	return Policy{
		AcquireWithin:   80 * day,
		Validity:        365 * day,
		RenewFrom:       30 * day,
		ReacquireWithin: 90 * day,
		UserAttempts:    5,
		TokenAttempts:   20,
		Session:         5 * time.Minute,
		Overlap:         14 * day,
		Replace:         ReplaceDeny,
		Reveal:          RevealFrank,
		AcquireAuth:     AuthByUser,
		KeyTypes:        KeyTypes(),
	}
}

// Reveal says how much a refusal at acquisition tells.
type Reveal string

// The degrees of Reveal.
const (
	RevealFrank   Reveal = "frank"   // the true cause
	RevealUniform Reveal = "uniform" // auth_failed until a code was right
)

// Replace says whether a code may put another certificate in the place of a
// living one.
type Replace string

// The two answers.
const (
	ReplaceDeny  Replace = "deny"
	ReplaceAllow Replace = "allow"
)

// AcquireAuth says what users may prove themselves with.
type AcquireAuth string

// The ways.
const (
	// AuthByUser asks for the token if the user has one, or ever had; else for
	// the PIN. Where the policy is uniform nobody is asked for a PIN: the answer
	// would tell who has no token.
	AuthByUser AcquireAuth = "by_user"
	AuthOTP    AcquireAuth = "otp_only"
)
