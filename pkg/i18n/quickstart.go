package i18n

// Quickstart is what `certctl quickstart` says on its way.
type Quickstart struct {
	Made      string // {dir}, {contract}, {user}
	Keyring   string
	NoKeyring string // {cause}
	Answers   string // without a terminal
	CodeNow   string // {code}, {seconds}
	Done      string
	Look      string // {command}
	RemoveAll string // {command}
	Undone    string
	Left      string // {dir}
	WantEmpty string // {dir}
	EmptyHint string
}

func englishQuickstart() Quickstart {
	return Quickstart{
		Made: `In {dir} there is now a deployment to try things with:
an authority, contract {contract}, and user {user} with a one-time password
(OTP), made as ca init, contract add and user add --otp make them.
`,
		Keyring: "The key will be kept in the keyring of this machine.",
		NoKeyring: `{cause} So the key will be kept in files,
protected by nothing but their mode.`,
		Answers:   "There is no terminal to ask on: quickstart answers the two screens itself.",
		CodeNow:   "The token shows {code} now, and another code in {seconds} s.",
		Done:      "That was the whole way. For a deployment of your own, see the README.",
		Look:      "Look around with: {command}",
		RemoveAll: "This line removes everything, keyring items included:\n\n  {command}",
		Undone:    "What quickstart had made is removed again.",
		Left:      "What quickstart had made until then is in {dir}.",
		WantEmpty: "{dir} is not an empty directory.",
		EmptyHint: "Name one that does not exist yet, or leave --dir out.",
	}
}
