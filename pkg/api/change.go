package api

import "context"

// Changes is what is done to users and contracts that are there. Each act tells
// what the records are after it. LastAdmin where a contract would be left without
// an administrator who can act, unless the Actor forces it.
type Changes interface {
	// SetUser changes what is given of a user, and nothing else.
	SetUser(ctx context.Context, by Actor, ref UserRef, c UserChange) (User, error)
	// RevokeUser revokes every unexpired certificate of a user at once, and what
	// they were to acquire. NotIssued where there is neither. What is revoked
	// already stays so since when it was; that its key is compromised can be said
	// later.
	RevokeUser(ctx context.Context, by Actor, ref UserRef, reason Reason) (User, error)
	// SuspendUser keeps a user from acquiring, renewing and picking up (利用中止)
	// until Resume; their certificates stay good. Clocks run on.
	SuspendUser(ctx context.Context, by Actor, ref UserRef) (User, error)

	// SetContract renames a contract; NotFound.
	SetContract(ctx context.Context, by Actor, id, name string) (Contract, error)
	// SuspendContract does to every user of a contract what SuspendUser does to
	// one; NotFound.
	SuspendContract(ctx context.Context, by Actor, id string) (Contract, error)
	// ResumeContract ends that. Who was suspended on their own stays so.
	ResumeContract(ctx context.Context, by Actor, id string) (Contract, error)
}

// UserChange is what is to change about a user; nil leaves a field as it is.
type UserChange struct {
	Name   *string
	Emails *[]string
	Role   *Role
}
