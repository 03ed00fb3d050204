package i18n

// Errors is what certctl says when it cannot do what it was asked.
type Errors struct {
	// Codes has each stable code of package api.
	Codes map[string]Problem
	// Named are messages for codes that come with a value: {thing}, {value}.
	Named map[string]string
	// Timed are messages for codes that come with a time: {time}.
	Timed map[string]string
	// Things are the inputs that an error may name, as in JSON.
	Things map[string]string
	// Hints stand in the place of a code's hint where it comes with an input:
	// by "code input".
	Hints map[string]string
	// AdminHints stand in the place of a code's hint where the reader is the
	// administrator whom that one would send to, by the code, or by "code input":
	// {contract}, {user}.
	AdminHints map[string]string
	// Exits say what each exit code means, by its number.
	Exits map[int]string

	SlotIssued string // {state}, {time}: why it is not issued

	TriesLeft string // {count}, after a message
	LastTry   string // after a message: one try is left
	NowLocked string // after a message: that was the last try
	Cause     string // {cause}, below a message
	Want      string // {want}: what would have been right

	UnknownCommand     string // {command}
	UnknownCommandHint string // {command} to ask for help
	DidYouMean         string // {command}
	UnknownFlag        string // {flag}
	FlagNeedsValue     string // {flag}
	BadFlag            string // {flag}, {value}
	BadFlagSyntax      string // {flag}
	SeeHelp            string // {command}
	NoSecretArguments  string // after DidYouMean: why there is no such flag
	MissingFlag        string // {flag}
	MissingFlags       string // {flags}: one of them
	MissingArgument    string // {argument}
	ExtraArgument      string // {value}
	FlagsTogether      string // {flags}
	NeedsFlag          string // {flag}, {needs}
	NoInput            string // {what}, {why}
	WhySet             string // {setting}: why nobody is asked
	WhyNoTerminal      string // why nobody is asked
	ThePassword        string // what, for NoInput
	NoInputHint        string // {flag}, {variable}

	BadSetting     string // {value}, {name}
	UnknownKey     string // {key}, {file}
	KeyIsGroup     string // {key}, {file}
	UnknownKeyHint string
	// ContractKeyHint says what contracts may have of their own.
	ContractKeyHint      string
	BadFile              string // {file}, {cause}
	BadFileHint          string
	BadInput             string // {cause}: BadFile where the file is standard input
	BadInputHint         string
	NoSuchFile           string // cause, for BadFile
	NoPermission         string // cause, for BadFile
	NotAFile             string // cause, for BadFile: a directory
	NotADirectory        string // cause, for BadFile: on the way to it
	NoSpace              string // cause, for BadFile
	NoYAML               string // cause, for BadFile
	NoYAMLLine           string // {line}; cause, for BadFile
	NoHome               string
	NoHomeHint           string
	FileExists           string // {file}
	FileExistsHint       string
	NoSecretInside       string
	WantOneOf            string // {words}
	WantDuration         string
	WantFile             string
	WantCount            string
	WantLess, WantAtMost string // {limit}
	OtherSetting         string // {name}, {value}: a limit that another setting is
	WantList             string // {words}
	WantWallet           string
	WantSealedBy         string

	CAExists            string
	CAExistsHint        string
	NoSealedBy          string
	NoSealedByHint      string
	KeyFileLoose        string // {file}, {mode}
	KeyFileHint         string // {file}
	KeyFileBad          string // {file}
	KeyFileBadHint      string
	KeyFileAnothers     string // {file}
	KeyFileAnothersHint string
	NoStream            string // {command}
	NoStreamHint        string // {commands}
	NotShown            string
	NotShownHint        string
	BadPassword         string
	BadPasswordHint     string
	AFile               string // one whose name is not known
	Forbidden           Problem
	KeyFileGone         string // {file}
	KeyFileGoneHint     string
	NoKeyInKeyring      string
	NoKeyInKeyringHint  string

	// What a wallet has to say beyond its code.
	WalletBusy, WalletNoPassword, WalletWrongPassword Problem
	WalletHasPassword, WalletHasNone                  Problem
	WalletLoose, WalletReadBack, PendingDamaged       Problem
	KeyringGone, KeyringSilent                        Problem
	ForeignBackend, NoKeyFiles                        Problem
	SeveralOf                                         string // {user}, {names}
	SeveralOfHint                                     string
	Nobody                                            string // {user}, {contract}
	NobodyHint                                        string
	AcquiredHere, AcquiredHereHint                    string // {name}, {time}
	WriteDashes                                       string // of exec
	NoScheduler                                       Problem
	SchedulePassword, SchedulePasswordHint            string
	ScheduleVariable, ScheduleVariableHint            string // {variable}; {key}
	NotBuilt, NotBuiltHint                            string
	WantLoopback                                      string
	NoCertificate                                     string // cause, for BadFile
	CannotListen                                      string // {address}
	CannotListenHint                                  string
	NoCode                                            string // {from}, {digits}
	NoCodeHint                                        string

	Renew RenewErrors

	// What a run that was cancelled leaves, in the place of the hint.
	KeyKept, NothingRegistered, NothingChanged string

	Place    PlaceErrors
	Database DatabaseErrors
}

func englishErrors() Errors {
	return Errors{
		Renew: englishRenewErrors(),
		Codes: joined(englishCodes(), englishTokenCodes(), englishChangeCodes(), englishRenewCodes(), englishPlaceCodes(), englishDatabaseCodes(),
			englishBackupCodes(), englishRootCodes()),
		Named:  englishNamed(),
		Timed:  englishTimed(),
		Things: joined(englishThings(), englishTokenThings(), englishChangeThings()),
		Hints: joined(englishTokenHints(), englishChangeHints(), englishBackupHints(), englishRootHints(), map[string]string{
			"not_found contract_id":        "`certctl contract list` lists the contracts.",
			"not_found certificate_serial": "`certctl ca certs list` lists the certificates that were issued here.",
			"not_found user_id":            "`certctl user list --contract-id CONTRACT_ID` lists the users of a contract.",
			"not_found command":            "Check how it is spelt, and whether PATH leads to it.",
			"usage contract_id":            "A contract ID has 11 digits.",
			"usage user_id":                "A user ID has 1 to 30 letters and digits.",
			"usage name":                   "A name has 1 to 64 lower-case letters, digits, dots, underscores and hyphens, and begins with a letter or digit. What Windows calls devices, such as `con`, `nul` and `com1`, can be none.",
			"usage key_type":               "The policy says which key types are accepted: `certctl config view` shows it.",
			"usage display_name":           "A name has 1 to 64 characters that can be seen.",
			"usage contract_name":          "A name has 1 to 64 characters that can be seen.",
			"usage ca_name":                "A name for an authority has 1 to 48 characters that can be seen.",
			"usage checkpoint":             "A checkpoint has to be one of this deployment, as `certctl audit checkpoint` made it.",
			"usage email":                  "An e-mail address is written as name@example.com.",
			"usage after":                  "Give the one that the page before ended with, and the same filters; without --after the list starts anew.",
			"expired slot":                 "It ended too long ago to be acquired again with a code: ask the administrator to run `certctl user reissue` for this user, then run `certctl acquire`.",
		}),
		AdminHints: map[string]string{
			"otp_not_registered": "To register one:\n  certctl otp register --contract-id {contract} --user-id {user}\nThat issues the certificate too, where none was issued yet.",
			"otp_wrong":          "It takes two codes that the token shows one after the other, within ten minutes of the right time or a hundred codes ahead. Where that does not help, give the user another token:\n  certctl otp replace --contract-id {contract} --user-id {user}",
			"otp_resync_needed":  "Find it again with two codes in a row that the token shows now, not with any that were sent to you, for they may have been used:\n  certctl otp resync --contract-id {contract} --user-id {user}\nA hardware token is registered without a code for that.",
			"reissue_needed":     "Permit the user to acquire it again:\n  certctl user reissue --contract-id {contract} --user-id {user}\nThen the user can acquire.",
			"exists slot":        "To issue it anew, with new time to acquire; what the user has acquired is revoked then:\n  certctl user reissue --contract-id {contract} --user-id {user}",
			"not_issued":         "Permit the user to acquire it:\n  certctl user issue --contract-id {contract} --user-id {user}\nThen the user can acquire.",
		},
		Exits: map[int]string{
			0:   "done, or nothing to do",
			1:   "internal: a defect, or records that somebody changed",
			2:   "usage or bad input",
			3:   "not found",
			4:   "denied: wrong or spent code, locked, suspended, policy",
			5:   "conflict: already there, already acquired, name or key taken",
			6:   "unavailable: backend, database, wallet or keyring, timeout; try again",
			7:   "done, but a hook or an installation failed",
			10:  "action is due (of --check, and of `certctl doctor`)",
			130: "cancelled (Ctrl-C)",
			143: "terminated (SIGTERM)",
		},

		SlotIssued: "The certificate is issued already, and is {state} (until {time}).",

		TriesLeft: "{count} tries are left before the user is locked.",
		NowLocked: "That was the last try: the user is locked now.",
		LastTry:   "One try is left before the user is locked.",
		Cause:     "Cause: {cause}",
		Want:      "It takes {want}.",

		UnknownCommand:     "There is no command {command}.",
		UnknownCommandHint: "`{command} --help` lists the commands.",
		DidYouMean:         "Did you mean `{command}`?",
		UnknownFlag:        "There is no flag {flag}.",
		FlagNeedsValue:     "The flag {flag} needs a value.",
		BadFlag:            "The flag {flag} cannot be {value}.",
		BadFlagSyntax:      "{flag} is not how a flag is written.",
		NoSecretArguments:  "Nothing secret is given as an argument, where other programs could read it: a file, standard input (-) or a variable has it.",
		SeeHelp:            "See `{command} --help`.",
		MissingFlag:        "The flag {flag} is missing.",
		MissingFlags:       "One of the flags {flags} is needed.",
		MissingArgument:    "The argument {argument} is missing.",
		ExtraArgument:      "The argument {value} is one too many.",
		FlagsTogether:      "The flags {flags} exclude each other.",
		NeedsFlag:          "The flag {flag} makes sense only together with {needs}.",
		NoInput:            "The {what} is missing, and nobody is asked: {why}.",
		WhySet:             "{setting} is set",
		WhyNoTerminal:      "standard input or standard error is no terminal",
		ThePassword:        "password of the file",
		NoInputHint:        "Give it with {flag} or in {variable}.",

		BadSetting:      "{name} cannot be {value}.",
		UnknownKey:      "The key {key} in {file} is unknown.",
		KeyIsGroup:      "The key {key} in {file} has keys below it, and no value of its own.",
		UnknownKeyHint:  "`certctl help environment` lists the keys.",
		ContractKeyHint: "Below `contracts` there are contract IDs, in quotes, and below each acquire_auth and the keys of policy.",
		BadFile:         "The file {file} cannot be used: {cause}.",
		BadFileHint:     "Check its name, its permissions and what is in it.",
		BadInput:        "Standard input (-) cannot be used: {cause}.",
		BadInputHint:    "Check what writes to it: a pipe, or the file that it is redirected from.",
		NoSuchFile:      "it is not there",
		NoPermission:    "its permissions do not allow it",
		NotAFile:        "it is a directory",
		NotADirectory:   "what should be its directory is none",
		NoSpace:         "the disk is full",
		NoYAML:          "it is no YAML",
		NoYAMLLine:      "line {line} is no YAML",
		NoHome:          "It is not clear where to keep files: the environment names no home directory.",
		NoHomeHint:      "Name a directory with --home or CERTCTL_HOME.",
		FileExists:      "The file {file} is already there.",
		FileExistsHint:  "Name another one; certctl does not overwrite it.",
		NoSecretInside:  "there is no secret in it",
		WantOneOf:       "one of {words}",
		WantDuration:    "a length of time in days, hours, minutes or seconds, such as 80d, 36h, 5m or 30s",
		WantFile:        "the name of a file",
		WantCount:       "a whole number from 1 on",
		WantLess:        "less than {limit}",
		WantAtMost:      "at most {limit}",
		OtherSetting:    "{name}, which is {value}",
		WantList:        "a list, with commas, of {words}",
		WantWallet:      "keyring, or file:DIR for a directory of encrypted files",
		WantSealedBy:    "keyring, or file:PATH for a key file",

		CAExists:            "There is an issuing backend here already.",
		CAExistsHint:        "See it with `certctl ca show`. For another one name another directory with --home.",
		NoSealedBy:          "There is no keyring for the sealing key, which opens the backend's secrets.",
		NoSealedByHint:      "Keep it in a file: --sealed-by file:PATH (CERTCTL_SEALED_BY). `certctl ca init` makes the file and writes the choice to config.yaml.",
		KeyFileLoose:        "Others may read the sealing key: {file} has mode {mode}.",
		KeyFileHint:         "Make it yours alone: chmod 600 {file}. If others did read it, what it seals is no secret any more.",
		KeyFileAnothers:     "The file {file} belongs to another account.",
		KeyFileAnothersHint: "Whoever owns it may know the sealing key. Name a file of your own, or one that is not there yet.",
		NotShown:            "It is done, but the answer could not be written.",
		NotShownHint:        "Do not run it again: look with the list and show commands. A secret that was in the answer is lost.",
		BadPassword:         "The password cannot be used.",
		NoStream:            "{command} has one result, which is no stream of rows.",
		NoStreamHint:        "Say -o json. Streams, for -o jsonl, are those of {commands}.",
		BadPasswordHint:     "It has to be one line of text in UTF-8, without control characters or emoji, so that other programs take it too.",
		AFile:               "A file or directory",
		Forbidden: Problem{
			"{file} may not be used.",
			"See to its owner and its mode, and to those of its directory. `certctl config view` names the places.",
		},
		KeyFileBad:         "The file {file} holds no sealing key.",
		KeyFileBadHint:     "A sealing key is 32 bytes, raw or as 64 hex digits. `certctl ca init --sealed-by file:PATH` makes one where there is no file.",
		KeyFileGone:        "There is no sealing key at {file}.",
		NoKeyInKeyring:     "The sealing key of this backend is not in the keyring.",
		NoKeyInKeyringHint: "Open the keyring it was made in: the same user on the same machine. Or name the key's place with --sealed-by file:PATH.",
		KeyFileGoneHint:    "Bring the file back from its backup, or name its place with --sealed-by file:PATH. Without it the backend's keys cannot be opened.",

		WalletBusy: Problem{
			"Another run of certctl is changing the wallet.",
			"Wait until it is done and run the command again.",
		},
		WalletNoPassword: Problem{
			"The file wallet needs a password, and none is given.",
			"Name a file that holds it with --wallet-password-file (CERTCTL_WALLET_PASSWORD_FILE), or say none: then the wallet's key lies open, and file permissions are all that protects it.",
		},
		WalletWrongPassword: Problem{
			"The password is not the one of this wallet.",
			"Check --wallet-password-file (CERTCTL_WALLET_PASSWORD_FILE).",
		},
		WalletHasPassword: Problem{
			"The wallet was made with a password.",
			"Name a file that holds it with --wallet-password-file (CERTCTL_WALLET_PASSWORD_FILE) instead of none.",
		},
		WalletHasNone: Problem{
			"The wallet was made without a password.",
			"Say --wallet-password-file none (CERTCTL_WALLET_PASSWORD_FILE).",
		},
		WalletLoose: Problem{
			"Others may get at the key of the wallet.",
			"Make the wallet's directory yours alone (chmod 700), and the files in it (chmod 600). If others did read the key, have the certificates reissued.",
		},
		PendingDamaged: Problem{
			"The key of an acquisition that was not finished cannot be read.",
			"Bring it back from a backup of the wallet. If there is none, `certctl doctor` tells how to take it away, so that another key is made; if it had its certificate already, the administrator has to reissue.",
		},
		WalletReadBack: Problem{
			"The wallet does not give back what was put into it.",
			"Nothing was spent. Check the disk or the keyring, or use another wallet: --wallet file:DIR.",
		},
		KeyringGone: Problem{
			"The keyring went away in the middle of it.",
			"Start it again and repeat the command: what was in it is there, whole.",
		},
		KeyringSilent: Problem{
			"The keyring does not answer.",
			"It may be waiting for its password in a window that nobody sees. Unlock it and run the command again.",
		},
		ForeignBackend: Problem{
			"The certificate came from another backend than the one in use.",
			"Open that one: with --home, or in its own CERTCTL_HOME.",
		},
		NoKeyFiles: Problem{
			"This system has no place for the key that is on no disk.",
			"It takes Linux, or a private directory in memory that XDG_RUNTIME_DIR names. `certctl export --format pem` writes the key to a disk, unencrypted; `certctl proxy` needs no file.",
		},
		SeveralOf:        "Several certificates belong to user {user}: {names}.",
		SeveralOfHint:    "Name one of them.",
		Nobody:           "There is no user {user} of contract {contract}.",
		NobodyHint:       "Check both IDs with your administrator.",
		AcquiredHere:     "The certificate has been acquired already, and is in this wallet: {name}, valid until {time}.",
		AcquiredHereHint: "`certctl show {name}` shows it, and `certctl renew {name}` renews it when it is time.",
		WriteDashes:      "Write -- before the command, so that certctl leaves its arguments alone: `certctl exec NAME -- COMMAND`.",
		NoScheduler: Problem{
			"The scheduler of this system cannot be reached.",
			"On Linux it is systemd's user manager, which is there in a login session. Where there is none, have cron run it once a day: `certctl renew --all --no-input`.",
		},
		SchedulePassword:     "The schedule cannot ask for the password of the wallet.",
		ScheduleVariable:     "The schedule will not see the variable {variable}.",
		ScheduleVariableHint: "Set {key} in config.yaml, unset the variable, and run the command again.",
		SchedulePasswordHint: "Name a file that holds it with --wallet-password-file (CERTCTL_WALLET_PASSWORD_FILE).",
		NotBuilt:             "This certctl was built for this run alone, and will be gone.",
		NotBuiltHint:         "Install it first: `make build` makes ./certctl.",
		WantLoopback:         "a loopback address with a port, such as 127.0.0.1:8080: nobody else's machine may reach it",
		NoCertificate:        "there is no certificate in it",
		CannotListen:         "Nothing can listen on {address}.",
		CannotListenHint:     "Another program may be using the port: name another one with --listen, or port 0 for any that is free.",
		NoCode:               "What {from} gives is no one-time password of {digits} digits.",
		NoCodeHint:           "It was not sent, and does not count as a wrong one.",

		KeyKept:           "The key is kept: the next `certctl acquire` goes on with it.",
		NothingRegistered: "Nothing was registered: delete the new entry from the authenticator app again.",
		NothingChanged:    "Nothing was changed.",

		Place: englishPlaceErrors(),

		Database: englishDatabase(),
	}
}

// englishNamed are the messages that name what was refused.
func englishNamed() map[string]string {
	return map[string]string{
		"usage":       "{value} is no valid {thing}.",
		"not_found":   "There is no {thing} {value}.",
		"exists":      "The {thing} {value} is already there.",
		"name_taken":  "The name {value} belongs to another certificate in this wallet.",
		"suspended":   "The {thing} {value} is suspended.",
		"otp_expired": "The {thing} {value} has ended: its time is over, or it was reported lost.",
		"locked":      "The {thing} {value} is locked after too many wrong codes.",
	}
}

// englishTimed are the messages that name a time.
func englishTimed() map[string]string {
	return map[string]string{
		"expired":          "The certificate ended at {time}.",
		"revoked":          "The certificate was revoked at {time}.",
		"not_due":          "The certificate may be renewed from {time} on.",
		"acquire_expired":  "The time to acquire ended at {time}.",
		"already_acquired": "The certificate has been acquired already, and is valid until {time}.",
		"reissue_needed":   "The certificate ended at {time}, too long ago to be acquired again with a code.",
		"session_expired":  "The code came too late: the session ended at {time}.",
		"clock_behind":     "By this machine's clock it is not {time} yet, when the backup was taken, or restored.",
		"ca_ending":        "The issuing CA ends at {time}, before the certificate would.",
	}
}

// englishThings names the inputs of the backend and the wallet.
func englishThings() map[string]string {
	return map[string]string{
		"contract_id":        "contract ID",
		"user_id":            "user ID",
		"name":               "name",
		"otp":                "one-time password",
		"token":              "OTP token of user",
		"key_type":           "key type",
		"csr":                "certificate request",
		"slot":               "certificate slot",
		"certificate":        "certificate",
		"certificate_serial": "certificate with the serial",
		"pending_key":        "pending key",
		"command":            "command",
		"after":              "cursor",

		"display_name":  "name of a user",
		"contract_name": "name of a contract",
		"ca_name":       "name of an authority",
		"checkpoint":    "checkpoint of this deployment",
		"email":         "e-mail address",
	}
}
