package i18n

// Prompt holds what the forms on a terminal say. Placeholders are named where
// a sentence has any; their values are made printable before they are filled
// in.
type Prompt struct {
	// Stage one and two of an acquisition.
	AcquireIDs      string // title of the first form
	AcquireCode     string // title of the second form
	AcquireHelp     string // where the help is, under the first form
	ContractID      string
	ContractHint    string
	ContractMissing string // nothing was typed
	UserID          string
	UserHint        string
	UserMissing     string

	// A one-time password.
	Code         string
	CodeFor      string // {user}, {contract}
	CodeForNamed string // {name}, {user}, {contract}
	CodeHint     string // {digits}
	CodeLength   string // {digits}, {typed}
	CodeLetters  string // something other than digits was typed

	// user add and otp register.
	Factor       string // {user}, {contract}: which way the user proves who they are
	FactorOTP    string
	FactorLater  string
	QRCaption    string
	QRNarrow     string // {columns}, {lines}: above the URI, where the picture has no room
	QRLines      string // above the URI, where nothing can be drawn
	AskBack      string
	AskBackHint  string // {digits}
	AskBackShort string // both in 40 columns, where there is but one line

	Token  TokenPrompt
	Change Change

	// Confirmations. The answers are Keep, and Remove or Reissue.
	RemoveEntry     string // {name}: of an entry of the wallet
	RemoveEntryNote string
	RevokeEntry     string // {name}: of an entry of the wallet
	RevokeEntryNote string
	Revoke          string
	RemoveUser      string // {user}, {contract}
	RemoveUserNote  string
	ReissueUser     string // {user}, {contract}: of one with a living certificate
	ReissueUserNote string
	Reissue         string
	Remove          string
	Keep            string

	// Passwords.
	ExportPassword    string
	ExportNote        string
	BackupPassphrase  string
	BackupNote        string
	RootPassword      string
	RootNote          string
	FilePassword      string // {file}: of a file that is imported
	WalletPassword    string
	NewWalletPassword string
	NewWalletNote     string
	Password          string
	PasswordAgain     string
	PasswordMissing   string
	PasswordsDiffer   string

	// Questions that are asked line by line.
	LinesCancel  string // how to leave them
	LinesSecret  string // before a line that is not shown
	LinesSuggest string // {value}: what an empty line stands for
	LinesChoice  string // name of the line that takes the number of a choice
	LinesNumber  string // {count}: something else than a number was typed

	// The keys, in the line below each form.
	KeyNext   string
	KeySubmit string
	KeyBack   string
	KeyChoose string
	KeyCancel string
}

func englishPrompt() Prompt {
	return Prompt{
		AcquireIDs:      "Acquire a certificate, step 1 of 2: who you are",
		AcquireCode:     "Acquire a certificate, step 2 of 2: your one-time password",
		AcquireHelp:     "What is asked here, and why: certctl help acquiring",
		ContractID:      "Contract ID",
		ContractHint:    "The user number of your company's contract.",
		ContractMissing: "Please type the contract ID.",
		UserID:          "User ID",
		UserHint:        "Yours within that contract. Capitals make no difference.",
		UserMissing:     "Please type the user ID.",

		Code:         "One-time password",
		CodeFor:      "For user {user} of contract {contract}.",
		CodeForNamed: "For {name}, user {user} of contract {contract}.",
		CodeHint:     "The {digits} digits that your token or app shows now.",
		CodeLength:   "A one-time password has {digits} digits; this has {typed}.",
		CodeLetters:  "A one-time password has digits only.",

		Factor:       "How will user {user} of contract {contract} prove who they are?",
		FactorOTP:    "With a one-time password: register a software token now",
		FactorLater:  "Not yet: register a token later, and no certificate before",
		QRCaption:    "Scan this with an authenticator app:",
		QRNarrow:     "The QR code needs {columns} columns and {lines} lines, more than this terminal has. Enter this in the authenticator app instead:",
		QRLines:      "No QR code is drawn here. Enter this in the authenticator app instead:",
		AskBack:      "One-time password, to see that the token is set up",
		AskBackHint:  "The {digits} digits that the app shows now. Enter alone skips this.",
		AskBackShort: "Code in the app (Enter alone skips)",

		Token:  englishTokenPrompt(),
		Change: englishChange(),

		RemoveEntry:     "Remove {name} from the wallet?",
		RemoveEntryNote: "Its private key is nowhere else. Without an export it is lost.",
		RevokeEntry:     "Revoke the certificate {name}?",
		RevokeEntryNote: "It is refused everywhere from then on, and cannot be brought back.",
		Revoke:          "Revoke",
		RemoveUser:      "Remove user {user} of contract {contract}?",
		RemoveUserNote:  "Every certificate of this user is revoked, and the token is freed.",
		ReissueUser:     "Reissue the certificate of user {user} of contract {contract}?",
		ReissueUserNote: "The one that the user has works until then: it is revoked at once.",
		Reissue:         "Reissue",
		Remove:          "Remove",
		Keep:            "Keep",

		ExportPassword:    "Password for the exported file",
		BackupPassphrase:  "Passphrase for the backup",
		BackupNote:        "Whoever has it and the file has every key that the backend has. Keep it where you keep neither the file nor the database.",
		RootPassword:      "Password for the file with the root's key",
		RootNote:          "Without it the file is of no use, and no issuing CA can be made any more. It cannot be recovered.",
		FilePassword:      "Password of {file}",
		ExportNote:        "Whoever imports the file has to type it. It is kept nowhere.",
		WalletPassword:    "Password of the certificate wallet",
		NewWalletPassword: "New password for the certificate wallet",
		NewWalletNote:     "It protects the keys on this machine. It cannot be recovered.",
		Password:          "Password",
		PasswordAgain:     "The same password once more",
		PasswordMissing:   "A password is needed.",
		PasswordsDiffer:   "The two passwords are not the same.",

		LinesCancel:  "Ctrl-C cancels.",
		LinesSecret:  "What you type is not shown.",
		LinesSuggest: "Enter alone takes {value}.",
		LinesChoice:  "Number",
		LinesNumber:  "Please type a number from 1 to {count}.",

		KeyNext:   "next",
		KeySubmit: "done",
		KeyBack:   "back",
		KeyChoose: "choose",
		KeyCancel: "cancel",
	}
}
