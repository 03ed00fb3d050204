package i18n

// ChangeCommands are the help pages of the acts that change users and contracts.
type ChangeCommands struct {
	UserSet, UserRevoke, UserSuspend             Page
	ContractSet, ContractSuspend, ContractResume Page
}

// ChangeFlags are the usages of their flags.
type ChangeFlags struct {
	Why, Role, LastAdmin, AsIf, NewEmail string
}

// Change is what they say.
type Change struct {
	UserSet, UserRevoked, UserSuspended string // {user}, {contract}
	UserRevokedNext                     string // {user}, {contract}
	// Where there was nothing to do.
	UserRevokedAlready, UserSuspendedAlready         string // {user}, {contract}
	ContractSuspendedAlready, ContractActiveAlready  string // {contract}
	ContractSet, ContractSuspended, ContractResumed  string // {contract}
	AsIf                                             string
	RevokeUser, RevokeUserNote                       string // {user}, {contract}
	SuspendContract, SuspendContractNote, SuspendYes string // {contract}
}

func englishChangeCommands() ChangeCommands {
	return ChangeCommands{
		UserSet: Page{
			Short: "Change a user's name, e-mail addresses or role",
			Long: `Changes what is given of a user and leaves the rest. A new name is in the
certificate that the user acquires or renews next. --email replaces all addresses;
an empty one leaves none.

The last administrator of a contract who can act stays one, unless --force is given.`,
			Example: `  certctl user set --contract-id 12345678901 --user-id tanaka --name '田中 花子'
  certctl user set --contract-id 12345678901 --user-id tanaka --role admin`,
		},
		UserRevoke: Page{
			Short: "Revoke a user's certificates, for instance of a lost PC",
			Long: `Revokes every unexpired certificate of a user at once, and takes back what they were
permitted to acquire. certctl user reissue permits them to acquire again. Relying
parties learn of it with the next revocation list: certctl ca crl.

Where it turns out later that somebody else has the key, the same command with
--reason key_compromise says so of the certificates that are revoked already, by
certctl user reissue too, and not over yet.`,
			Example: `  certctl user revoke --contract-id 12345678901 --user-id tanaka
  certctl user reissue --contract-id 12345678901 --user-id tanaka`,
		},
		UserSuspend: Page{
			Short: "Suspend a user until certctl user resume",
			Long: `A suspended user can neither acquire nor renew. Their certificate stays good, and
time runs on: to end a certificate there is certctl user revoke.

The last administrator of a contract who can act cannot be suspended, unless --force
is given.`,
			Example: `  certctl user suspend --contract-id 12345678901 --user-id tanaka`,
		},
		ContractSet: Page{
			Short:   "Rename a contract",
			Long:    `Changes the name of a contract. Its users and their certificates stay as they are.`,
			Example: `  certctl contract set 12345678901 --name Example`,
		},
		ContractSuspend: Page{
			Short: "Suspend a contract with all its users",
			Long: `No user of a suspended contract can acquire or renew. Their certificates stay good,
and time runs on.`,
			Example: `  certctl contract suspend 12345678901`,
		},
		ContractResume: Page{
			Short:   "Lift the suspension of a contract",
			Long:    `Lifts the suspension of a contract. A user who was suspended on their own stays so.`,
			Example: `  certctl contract resume 12345678901`,
		},
	}
}

func englishChangeFlags() ChangeFlags {
	return ChangeFlags{
		Why:       "`TEXT` that says why, in your own words, for the audit log",
		Role:      "`ROLE` of the user: user or admin",
		LastAdmin: "also where the contract is left without an administrator who can act",
		AsIf:      "show how it would be, and change nothing",
		NewEmail:  "e-mail `ADDRESS` of the user, in the place of all there are; may be given several times",
	}
}

func englishChange() Change {
	return Change{
		UserSet:                  "User {user} of contract {contract} is changed.",
		UserRevoked:              "The certificates of user {user} of contract {contract} are revoked.",
		UserRevokedNext:          "Permit the user to acquire again:\n  certctl user reissue --contract-id {contract} --user-id {user}",
		UserSuspended:            "User {user} of contract {contract} is suspended.",
		UserRevokedAlready:       "The certificates of user {user} of contract {contract} were revoked already; nothing is changed.",
		UserSuspendedAlready:     "User {user} of contract {contract} was suspended already; nothing is changed.",
		ContractSuspendedAlready: "Contract {contract} was suspended already; nothing is changed.",
		ContractActiveAlready:    "Contract {contract} was active already; nothing is changed.",
		ContractSet:              "Contract {contract} is renamed.",
		ContractSuspended:        "Contract {contract} is suspended, with all its users.",
		ContractResumed:          "Contract {contract} is active again.",
		AsIf:                     "Nothing is changed: this is how it would be.",
		RevokeUser:               "Revoke the certificates of user {user} of contract {contract}?",
		RevokeUserNote:           "What is revoked stays revoked.",
		SuspendContract:          "Suspend contract {contract} with all its users?",
		SuspendContractNote:      "None of them can acquire or renew until it is resumed.",
		SuspendYes:               "Suspend",
	}
}

func englishChangeCodes() map[string]Problem {
	return map[string]Problem{
		"last_admin": {
			"This is the last administrator of the contract who can act.",
			"Make another user one first: `certctl user set --role admin`. The operator can do without: --force.",
		},
		"forbidden": {
			"This is not for an administrator of this contract to do.",
			"An administrator acts on the users and tokens of their own contract while they are active in it. Ask the operator for the rest.",
		},
	}
}

func englishChangeThings() map[string]string { return map[string]string{"why": "reason"} }

func englishChangeHints() map[string]string {
	return map[string]string{
		"usage why":             "A reason has 1 to 200 characters that can be seen.",
		"suspended contract_id": "`certctl contract resume` lifts the suspension of a contract. Until then nobody can acquire, and the time for it would run on.",
	}
}
