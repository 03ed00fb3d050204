package i18n

// Quickstart is what `certctl quickstart` says on its way.
type Quickstart struct {
	Name      string // of the user
	Made      string // {dir}, {contract}, {user}
	Keyring   string
	NoKeyring string // {cause}
	Answers   string // {why}: nobody is asked
	CodeNow   string // {code}, {seconds}
	Done      string
	Look      string // {command}
	RemoveAll string // {command}; with items in the keyring
	// RemoveFiles is RemoveAll without such items: {command}
	RemoveFiles string
	OwnDir      string // {setting}
	OwnDirHint  string
	NoTemp      string // {dir}
	NoTempHint  string
	Undone      string
	Left        string // {dir}
	WantEmpty   string // {dir}
	EmptyHint   string
}

func englishQuickstart() Quickstart {
	return Quickstart{
		Name: "Tanaka Hanako",
		Made: `In {dir} there is now a deployment to try things with:
an authority, contract {contract}, and user {user} with a one-time password
(OTP), made as ca init, contract add and user add --otp make them.
`,
		Keyring: "The key will be kept in the keyring of this machine.",
		NoKeyring: `{cause} So the key will be kept in files,
readable by your account only, not encrypted.`,
		Answers:     "Nobody is asked ({why}): quickstart answers the two screens itself.",
		CodeNow:     "The token shows {code} now, and another code in {seconds} s.",
		Done:        "That was all. For a deployment of your own, see the README.",
		Look:        "Look around with: {command}",
		RemoveAll:   "This line removes everything, keyring items included:\n\n  {command}",
		RemoveFiles: "This line removes everything:\n\n  {command}",
		OwnDir:      "quickstart keeps all it makes in a directory of its own: {setting} is not for it.",
		OwnDirHint:  "Leave it out or unset it; --dir names the directory.",
		NoTemp:      "There can be no temporary directory in {dir}.",
		NoTempHint:  "Set TMPDIR to a directory that is there, or name one with --dir.",
		Undone:      "What quickstart had made is removed again.",
		Left:        "What quickstart had made until then is in {dir}.",
		WantEmpty:   "{dir} is not an empty directory.",
		EmptyHint:   "Name one that does not exist yet, or leave --dir out.",
	}
}
