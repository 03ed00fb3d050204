package api

import (
	"context"
	"time"
)

// Notices is the part of Admin that warns people before something ends: 30 and
// 10 days before a certificate expires, and before the time to acquire one is
// over. Each notice is for one audience, and is sent once.
type Notices interface {
	// DueNotices returns what is to be sent now, by contract and user. Nobody is
	// warned of what is suspended.
	DueNotices(ctx context.Context, by Actor) ([]Notice, error)
	// ClaimNotices returns those of the notices that the caller is to send: of
	// several callers each is told of others. A claim that is not settled within
	// an hour is void, for its caller may have died.
	ClaimNotices(ctx context.Context, by Actor, notices []Notice) ([]Notice, error)
	// SettleNotices records, and audits, that claimed notices were sent; or, where
	// sent is false, gives them back.
	SettleNotices(ctx context.Context, by Actor, notices []Notice, sent bool) error
}

// NoticeKind is what a notice warns of.
type NoticeKind string

// The kinds.
const (
	NoticeExpiry      NoticeKind = "expiry"      // of the current certificate
	NoticeAcquisition NoticeKind = "acquisition" // the deadline to acquire one
)

// Audience is whom a notice is for.
type Audience string

// The audiences.
const (
	AudienceUser   Audience = "user"
	AudienceAdmins Audience = "admins" // of the user's contract
)

// Notice is one warning.
type Notice struct {
	ID       string // opaque
	Kind     NoticeKind
	Audience Audience
	User     UserRef
	Name     string   // the user's display name; may be empty
	To       []string // e-mail addresses of the audience; may be empty
	Deadline time.Time
	Days     int // before the deadline, from which on it is due
}
