package api

// Actor is who acts, as what, and how they mean it. The backend records who and
// why. The zero value may do nothing.
type Actor struct {
	// Name is as it is recorded: "os:alice" for the operator at the embedded
	// backend.
	Name string
	// Role says how far the Actor's acts go: RoleOperator, everywhere;
	// RoleAdmin, in the contract of User.
	Role Role
	// User is the user that an administrator is. Each act looks whether they are
	// one still: active in an active contract, wrong codes regardless.
	User UserRef
	// Why is recorded beside the act, in the actor's own words; may be empty.
	Why string
	// DryRun has an act on a user or contract that is there decided and answered,
	// and nothing written. Every other act fails.
	DryRun bool
	// Force has an act of the operator go through that would be refused as
	// LastAdmin.
	Force bool
}
