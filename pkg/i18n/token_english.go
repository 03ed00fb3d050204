package i18n

func englishTokenCommands() TokenCommands {
	return TokenCommands{
		OTP: Group{
			Short: "Register, replace and resync one-time password tokens",
			Long: `A token shows one-time passwords: by the time (TOTP, RFC 6238) or by counting
(HOTP, RFC 4226). It is an authenticator app, or hardware with a serial number, out of
an inventory that is imported once.`,
		},
		OTPRegister: Page{
			Short: "Register an OTP token for a user who has none",
			Long: `Makes an OTP token for a user who has none, or takes the hardware token of --serial
out of the inventory, and issues the certificate slot where it never was. What is
said of --otp in ` + "`certctl user add --help`" + ` holds here too. A PIN that the user had is
over then.

--expires makes a software token that ends by itself, for a holder whose phone is
being repaired. --type, --digits, --period and --algorithm are for programs that want
something else than the usual; many apps know the usual only. --shared lets several
users of one contract have one hardware token: a code is accepted once for all of them.`,
			Example: `  certctl otp register --contract-id 12345678901 --user-id suzuki
  certctl otp register --contract-id 12345678901 --user-id suzuki \
      --secret-out suzuki.json -o json
  certctl otp register --contract-id 12345678901 --user-id sato --serial HW-1001
  certctl otp register --contract-id 12345678901 --user-id sato --expires 24h`,
		},
		OTPReplace: Page{
			Short: "Give a user another token in the place of theirs",
			Long: `Takes the user's token away and gives them another, in one act: the user is at no
moment without. The flags are those of ` + "`certctl otp register`" + `. The old one is free,
unless it is --lost; its codes open nothing any more. Certificates and counters of
wrong codes stay as they are.`,
			Example: `  certctl otp replace --contract-id 12345678901 --user-id tanaka
  certctl otp replace --contract-id 12345678901 --user-id tanaka \
      --serial HW-1002 --lost`,
		},
		OTPResync: Page{
			Short: "Find a token again whose clock or counter is off",
			Long: `Takes two consecutive codes of the user's token and remembers how far it is off: up
to ten minutes, or 100 codes of a counter. Both codes are spent. It lifts no lock:
` + "`certctl user resume`" + ` does.`,
			Example: `  certctl otp resync --contract-id 12345678901 --user-id tanaka
  printf '123456\n654321\n' | certctl otp resync --contract-id 12345678901 \
      --user-id tanaka --otp-file -`,
		},
		OTPRemove: Page{
			Short: "Take a user's token away",
			Long: `Takes the user's token away. The user cannot acquire then until another one is
registered or their PIN is reset; certificates that they have stay good. A hardware
token is free for another user of the contract, and remembers which codes were used.

With --lost the token ends, also for those who share it, and stays so when it is found:
whoever had it may have written codes down.`,
			Example: `  certctl otp remove --contract-id 12345678901 --user-id tanaka
  certctl otp remove --contract-id 12345678901 --user-id tanaka --lost`,
		},
		OTPList: Page{
			Short: "List tokens: who has them, and what is wrong with them",
			Long: `Lists the tokens that users have and the hardware in the inventory, with when each
was last used, how many seconds its clock is off, and whether it is locked or no code
of it was seen yet.`,
			Example: `  certctl otp list
  certctl otp list --contract-id 12345678901 -o json`,
		},
		OTPImport: Page{
			Short: "Import hardware tokens into the inventory",
			Long: `Imports the file that came with hardware tokens: CSV, or PSKC (RFC 6030), plain,
encrypted under a key that its maker sent (--key-file, hex), or under a password
(--password-file). Everything is checked before anything is written, and the file may
be imported again: what is there already stays as it is, with what was used of it.
With --contract-id the tokens are that contract's, else any contract's.

A CSV begins with a line of names: serial, secret (base32) or hex, and, where they are
not the usual, type (totp or hotp), digits, period, algorithm and counter. Values in a
PSKC file that are encrypted are used only after their MAC has held, and keys with a
policy that certctl does not know are refused.`,
			Example: `  certctl otp import tokens.csv --contract-id 12345678901
  certctl otp import tokens.pskc --key-file transport.hex --dry-run
  certctl otp import tokens.pskc --password-file pw.txt`,
		},
		PIN: Group{
			Short: "Set the confirmation PINs of users without a token",
			Long: `A confirmation PIN is what users have who never had a token. Whoever has a token is
never asked for a PIN.`,
		},
		PINReset: Page{
			Short: "Give a user without a token a new PIN",
			Long: `Makes a new confirmation PIN for a user who has no token, in the place of any they
had, and issues the certificate slot where it never was. The PIN is in the result once,
and cannot be shown again; --secret-out writes it to a file instead. Where the policy
is uniform, or acquire_auth is otp_only, nobody has a PIN.`,
			Example: `  certctl pin reset --contract-id 12345678901 --user-id suzuki
  certctl pin reset --contract-id 12345678901 --user-id suzuki \
      --secret-out pin.json`,
		},
	}
}

func englishTokenFlags() TokenFlags {
	return TokenFlags{
		TokenSerial:    "the hardware token with this `SERIAL`, out of the inventory",
		TokenShared:    "the hardware token may be another user's of the contract too",
		TokenType:      "`TYPE` of the software token: totp (by the time) or hotp (by counting)",
		TokenDigits:    "how many `DIGITS` a code has: 6 or 8",
		TokenPeriod:    "for how long a code is shown: a `TIME` of 30s or 60s",
		TokenAlgorithm: "the `HASH` under the codes: SHA1, SHA256 or SHA512",
		TokenExpires:   "end the software token after this `TIME`, such as 24h",
		TokenLost:      "the token is lost: it ends now, and nobody is given it again",
		TokenFilter:    "only the tokens of the contract with this `ID`",
		TwoCodes:       "`FILE` with two consecutive codes, one a line; - is standard input",
		KeyFile:        "`FILE` with the key of an encrypted PSKC file, in hex; - is standard input",
		UserPIN:        "make a confirmation PIN in the place of a token, and issue the certificate slot",
	}
}

func englishTokenPrompt() TokenPrompt {
	return TokenPrompt{
		FactorPIN:    "With a confirmation PIN, which is made now: no token",
		AskBackHint:  "The {digits} digits that the token shows now. Enter alone skips this.",
		AskBackShort: "Code on the token (Enter alone skips)",

		AcquirePIN: "Acquire a certificate, step 2 of 2: your confirmation PIN",
		PIN:        "Confirmation PIN",
		PINHint:    "The 6 to 12 letters and digits that your administrator handed to you.",
		PINMissing: "Please type the PIN.",

		Remove:     "Take the token of user {user} of contract {contract} away?",
		RemoveNote: "Until another is registered the user cannot acquire.",

		Resync:     "Resync the token of user {user} of contract {contract}: two codes",
		ResyncHint: "The {digits} digits that the token shows now, and those that it shows next.",
		FirstCode:  "First code",
		NextCode:   "Next code",
	}
}

func englishTokenOutput() TokenOutput {
	return TokenOutput{
		ColumnSerial: "SERIAL", ColumnUsers: "USERS", ColumnLastUsed: "LAST USED", ColumnNote: "NOTE",
		LabelSerial: "Token serial", LabelPIN: "PIN", LabelExpires: "Token ends",
		Software: "(app)", Free: "(free)", Inventory: "none yet: for any",
		Unconfirmed: "unconfirmed", Locked: "locked", Drifts: "clock {seconds} s", Ends: "ends {time}", Ended: "ended {time}",

		Replaced:     "User {user} of contract {contract} has another token. The codes of the old one open nothing any more.",
		Removed:      "User {user} of contract {contract} has no token any more.",
		LostEnded:    "The lost one has ended, and nobody is given it again.",
		Resynced:     "The token of user {user} of contract {contract} is found again. Both codes are spent.",
		PINSet:       "User {user} of contract {contract} has a new PIN.",
		PINOnce:      "The PIN is shown this once. Hand it to the user over a safe channel.",
		PINWritten:   "The PIN is in {file}.",
		HasPIN:       "none; a confirmation PIN",
		NoTokens:     "No tokens yet. `certctl otp register` makes one for a user, `certctl otp import` brings hardware in.",
		Imported:     "{added} of {count} tokens are new in the inventory; any others were there already.",
		ImportDry:    "The file is in order: {count} tokens. Nothing was written.",
		NotTwoCodes:  "What --otp-file gives are not two one-time passwords.",
		TwoCodesHint: "Give both with --otp-file, one a line.",

		Faults: map[string]string{
			"format":      "it is neither a CSV with a line of names nor a PSKC file",
			"columns":     "a column has a name that is not known, or there is none for serial or for secret",
			"fields":      "the row has too few or too many fields",
			"serial":      "the serial number is missing or not one",
			"twice":       "the serial number was there before",
			"secret":      "the secret is missing, or not one of 16 to 128 bytes",
			"parameters":  "type, digits, period or algorithm are not among those that there are",
			"counter":     "the counter is not a whole number from 0 on",
			"policy":      "the key has a policy that is not known or not for one-time passwords, so it is not used",
			"mac":         "the MAC does not hold: the key is another, or the file was changed",
			"no_mac":      "the secret is encrypted and has no MAC, so it is not used",
			"no_key":      "it is encrypted: name its key with --key-file or its password with --password-file",
			"key":         "the key is not one of 16, 24 or 32 bytes in hex",
			"unsupported": "it is encrypted in a way that certctl does not know",
			"too_big":     "it is too big",
			"doctype":     "it has a document type definition, which no PSKC file needs",
			"empty":       "there is no token in it",
		},
		FaultLine:        "Line {line}: {fault}.",
		FaultFile:        "The file: {fault}.",
		FaultKey:         "Token {serial}: {fault}.",
		BadInventory:     "The file {file} cannot be imported. What is wrong with it ({count}):",
		BadInventoryHint: "Nothing was written. Correct the file, or ask the maker of the tokens for another.",
		MoreFaults:       "And {count} more.",
	}
}
