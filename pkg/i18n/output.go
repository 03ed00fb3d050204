package i18n

// Output is what a command says when it is done.
type Output struct {
	Columns Columns
	Labels  Labels
	// States are the words for the states of slots, certificates and wallet
	// entries, by the value in JSON.
	States map[string]string
	// Statuses are the words for the statuses of users and contracts.
	Statuses map[string]string
	// Roles are the words for the roles of users.
	Roles map[string]string
	// Next are the next steps of a user, by the value in JSON.
	Next map[string]string
	// Brief are shorter words for states and, as next_STEP, for steps: a table
	// has little room.
	Brief map[string]string
	// Sources say where the value of a setting comes from.
	Sources map[string]string
	// Reasons say in a word what is wrong with a row of the audit log.
	Reasons map[string]string

	Comma       string // between parts of a line
	Yes, No     string // whether a token is confirmed
	None        string
	NoContracts string
	NoUsers     string
	NoEntries   string // {wallet}

	CAMade        string
	CAMadeNext    string
	ContractAdded string // {contract}
	ContractNext  string // {contract}
	UserAdded     string // {user}, {contract}
	UserAddedNext string // {contract}, {user}
	UserNoOTPNext string // {contract}, {user}
	// GivenNext is what comes after a token or PIN was given to a user who cannot
	// acquire even so, by what keeps them from it: {contract}, {user}.
	GivenNext    map[string]string
	UserIssued   string // {user}, {contract}
	UserReissued string // {user}, {contract}
	OldRevoked   string // after UserReissued
	UserResumed  string // {user}, {contract}
	// UserNotLocked is said where there was nothing to lift, and UserResumedNot where
	// the contract is suspended: {user}, {contract}.
	UserNotLocked, UserResumedNot string
	UserRemoved                   string // {user}, {contract}
	OTPRegistered                 string // {user}, {contract}
	SecretWritten                 string // {file}
	SecretOnce                    string
	SecretToType                  string // {secret}: beside the QR code
	AuditHolds                    string
	AuditChainBroken              string // {chain}, {row}, {reason}
	AuditOperator                 string // the chain that belongs to no contract
	MakingKey                     string // while it is being done
	Sending                       string // while it is being done
	Unconfirmed                   string // of a token
	Drift                         string // {seconds}, of a token
	Acquired                      string
	AcquiredNext                  string // {name}, {store}
	AlreadyHere                   string // {name}
	PickedUp                      string
	Exported                      string // {name}, {file}
	ExportedOpenKey               string // {file}
	Removed                       string // {name}

	Token      TokenOutput
	Change     Change
	List       List
	Quickstart Quickstart
	Renewal    Renewal
	Status     Status
	X509       X509
	Doctor     Doctor
	Place      PlaceOutput
	Proxy      Proxy
	Schedule   Schedule
}

// Columns are the headings of tables; one may have two lines.
type Columns struct {
	Contract, User, Name, Status, Slot, State, Deadline, Next string
	Users, NotAfter                                           string
	Key, Value, Others, Source                                string
	Chain, Rows, Result                                       string
}

// Labels are the labels of what is shown of one thing.
type Labels struct {
	Contract, User, Name, Role, Status, State, Emails, Users, Created string
	Issued, AcquireBy, Deadline, Next, Token, Confirmed               string
	Secret, URI, Serial, Subject, Issuer, NotBefore, NotAfter         string
	KeyType, Fingerprint, Wallet, Backend, Root, Issuing, SealedBy    string
	Version, Commit, Built, Go, Platform                              string
	ConfigFile, Database, WalletDir                                   string
}

func englishOutput() Output {
	return Output{
		Columns: Columns{
			Contract: "CONTRACT", User: "USER", Name: "NAME", Status: "STATUS", Slot: "STATE", State: "STATE",
			Deadline: "DEADLINE", Next: "NEXT", Users: "USERS", NotAfter: "VALID UNTIL",
			Key: "KEY", Value: "VALUE", Others: "OTHER CONTRACTS", Source: "FROM", Chain: "CHAIN", Rows: "ROWS", Result: "RESULT",
		},
		Labels: Labels{
			Contract: "Contract", User: "User", Name: "Name", Role: "Role", Status: "Status", State: "State",
			Emails: "E-mail", Users: "Users", Created: "Created", Issued: "Issued", AcquireBy: "Acquire by",
			Deadline: "Deadline", Next: "Next", Token: "OTP token", Confirmed: "Confirmed",
			Secret: "OTP secret", URI: "OTP URI", Serial: "Serial",
			Subject: "Subject", Issuer: "Issuer", NotBefore: "Valid from", NotAfter: "Valid until",
			KeyType: "Key type", Fingerprint: "SHA-256", Wallet: "Kept in", Backend: "Backend", Root: "Root",
			Issuing: "Issuing CA", SealedBy: "Sealing key",
			Version: "certctl", Commit: "Commit", Built: "Committed", Go: "Go", Platform: "Platform",
			ConfigFile: "Configuration", Database: "Database", WalletDir: "Wallet",
		},
		States: map[string]string{
			"not_issued":           "not issued",
			"issued":               "issued",
			"active":               "active",
			"revoked":              "revoked",
			"removed":              "removed",
			"acquirable":           "ready to acquire",
			"acquire_expired":      "time to acquire over",
			"renewable":            "to be renewed",
			"expired_reacquirable": "expired, can be acquired again",
			"expired_reissue":      "expired, to be reissued",
			"signing":              "being signed",
			"good":                 "good",
			"damaged":              "damaged",
			"suspended":            "suspended",
			"reissued":             "revoked, can be acquired again",
			"ending":               "ends soon",
			"expired":              "expired",
		},
		Statuses: map[string]string{"active": "active", "locked": "locked", "suspended": "suspended"},
		Roles:    map[string]string{"user": "user", "admin": "administrator"},
		Next: map[string]string{
			"none":            "-",
			"acquire":         "user: certctl acquire",
			"renew":           "user: renew before the deadline",
			"issue":           "certctl user issue",
			"reissue":         "certctl user reissue",
			"resume":          "certctl user resume",
			"contract_resume": "certctl contract resume",
			"otp_register":    "certctl otp register",
		},
		Brief: map[string]string{
			"acquirable":           "to acquire",
			"acquire_expired":      "time over",
			"renewable":            "to renew",
			"expired_reacquirable": "expired",
			"expired_reissue":      "expired",
			"reissued":             "reissued",
			"next_acquire":         "acquire",
			"next_renew":           "renew",
			"next_issue":           "issue",
			"next_reissue":         "reissue",
			"next_resume":          "resume",
			"next_contract_resume": "resume contract",
			"next_otp_register":    "otp register",
		},
		Sources: map[string]string{
			"default": "default", "locale": "locale", "file": "config.yaml", "environment": "environment", "flag": "command line",
		},
		Reasons: map[string]string{"edited": "edited", "missing": "missing", "head": "its head differs", "cut": "cut off", "forked": "another row was signed"},

		Comma: ", ",
		Yes:   "yes", No: "no", None: "none",
		NoContracts: "No contracts yet. Add one with `certctl contract add CONTRACT_ID`.",
		NoUsers:     "No users yet. Add one with `certctl user add`.",
		NoEntries:   "The wallet is empty ({wallet}). Get a certificate with `certctl acquire`.",

		CAMade:        "The issuing backend is ready.",
		CAMadeNext:    "Keep a backup of all of it in another place, encrypted:\n  certctl ca backup FILE\nNext:\n  certctl contract add CONTRACT_ID",
		ContractAdded: "Contract {contract} is added.",
		ContractNext:  "Next:\n  certctl user add --contract-id {contract} --user-id USER_ID --otp",
		UserAdded:     "User {user} of contract {contract} is added.",
		UserAddedNext: "The user now runs:\n  certctl acquire --contract-id {contract} --user-id {user}",
		UserNoOTPNext: "Without an OTP the user cannot acquire. Next:\n  certctl otp register --contract-id {contract} --user-id {user}",
		GivenNext: map[string]string{
			"locked":          "The user is locked, and cannot acquire until that is lifted. Next:\n  certctl user resume --contract-id {contract} --user-id {user}",
			"suspended":       "The user is suspended, and cannot acquire until that is lifted. Next:\n  certctl user resume --contract-id {contract} --user-id {user}",
			"contract_resume": "The contract is suspended: none of its users can acquire. Next:\n  certctl contract resume {contract}",
			"reissue":         "The user cannot acquire until the certificate is issued again. Next:\n  certctl user reissue --contract-id {contract} --user-id {user}",
		},
		UserIssued:       "The certificate of user {user} of contract {contract} is issued.",
		UserReissued:     "The certificate of user {user} of contract {contract} is issued again.",
		OldRevoked:       "The old one is revoked.",
		UserResumed:      "User {user} of contract {contract} is no longer locked or suspended; wrong codes are forgotten.",
		UserNotLocked:    "User {user} of contract {contract} is neither locked nor suspended, so there was nothing to lift; wrong codes are forgotten.",
		UserResumedNot:   "User {user} of contract {contract} is not locked or suspended on their own now, but the contract is suspended. Next:\n  certctl contract resume {contract}",
		UserRemoved:      "User {user} of contract {contract} is removed. Any living certificate of theirs is revoked.",
		OTPRegistered:    "An OTP token is registered for user {user} of contract {contract}.",
		SecretWritten:    "The token's secret is in {file}.",
		SecretToType:     "OTP secret: {secret} (to be typed where the app cannot scan)",
		SecretOnce:       "The secret is shown this once. Enter it into an authenticator app, or give it to the user over a safe channel.",
		AuditHolds:       "unbroken",
		AuditChainBroken: "The chain {chain} is broken at row {row} ({reason}).",
		AuditOperator:    "operator",

		Token:      englishTokenOutput(),
		Change:     englishChange(),
		List:       englishList(),
		Quickstart: englishQuickstart(),
		Renewal:    englishRenewal(),
		Status:     englishStatus(),
		X509:       englishX509(),
		Doctor:     englishDoctor(),
		Place:      englishPlaceOutput(),
		Proxy:      englishProxy(),
		Schedule:   englishSchedule(),

		MakingKey:       "Making the key and keeping it in the wallet",
		Sending:         "Sending the code and the request",
		Unconfirmed:     "no code of it seen yet",
		Drift:           "its clock is off by {seconds}",
		Acquired:        "The certificate is acquired.",
		AcquiredNext:    "See it, put it into your browser, or take it to another program:\n  certctl show {name}\n  certctl install {name} --to {store}\n  certctl export {name} --out FILE",
		AlreadyHere:     "The wallet holds {name} already; nothing was done.",
		PickedUp:        "An acquisition that had not finished is completed; no code was needed.",
		Exported:        "Certificate {name} and its key are in {file}.",
		ExportedOpenKey: "The key in {file} is not encrypted: whoever reads the file can use it.",
		Removed:         "Certificate {name} and its key are gone from the wallet.",
	}
}
