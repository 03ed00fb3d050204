package i18n

// Topics are the help pages about things that are no command.
type Topics struct {
	Acquiring, Environment, ExitCodes, Scripting, Security Topic
	// Settings explain the settings of the topic environment, by key.
	Settings map[string]string
	// Variables explain further variables, by name.
	Variables        map[string]string
	SettingsHeading  string
	VariablesHeading string
	ExitsHeading     string
	CodesHeading     string
}

func englishTopics() Topics {
	return Topics{
		Acquiring: Topic{
			Short: "How a certificate is acquired, and what can go wrong",
			Long: `Before you begin, your administrator has added you (` + "`certctl user add`" + `), registered
your one-time password (OTP) and told you two IDs: the contract ID, 11 digits, and
your user ID. On your phone or token a code of six digits changes every 30 seconds.

  1. Run ` + "`certctl acquire`" + `. Type the contract ID and your user ID.
  2. certctl makes a key on this machine and puts it into the wallet.
  3. Type the code that your token shows now.
  4. The certificate comes back and is kept beside its key.

If it stops half-way (Ctrl-C, a crash, a full disk, no network), run it again. The
key is kept; a certificate that was issued already is picked up without a code.

  The code is wrong          Check the token and its clock; type the next code.
  The code was used          Wait for the next one. This does not count.
  The user is locked         The administrator runs ` + "`certctl user resume`" + `.
  No OTP is registered       The administrator runs ` + "`certctl otp register`" + `.
  The time to acquire is over, or the key is lost
                             The administrator runs ` + "`certctl user reissue`" + `.`,
		},
		Environment: Topic{
			Short: "Settings: flags, variables, config.yaml and files",
			Long: `A setting comes from a flag, else from its variable, else from config.yaml, else
from its default. ` + "`certctl config view`" + ` shows which.

With --home DIR (CERTCTL_HOME) everything is in DIR: config.yaml, backend.db and
wallet/. Without it config.yaml is in the user's configuration directory
(~/.config/certctl on Linux) and the rest in the data directory
(~/.local/share/certctl). A relative path in config.yaml counts from its directory.

An example of config.yaml:

  store: postgres://certctl@db.example.com/certctl?sslmode=verify-full
  sealed_by: file:/etc/certctl/sealing.key
  wallet: keyring
  policy:
    validity: 365d
    key_types: [ec-p256, ec-p384]

A contract may have a policy of its own, in what it says differently:

  contracts:
    "12345678901":
      acquire_auth: otp_only
      policy:
        validity: 90d`,
		},
		ExitCodes: Topic{
			Short: "What the exit code and the code of an error mean",
			Long: `The exit code says what kind of end a command had. With -o json the error is on
standard output, as {"error": {"code", "message", "hint"}}; its code never changes.`,
		},
		Scripting: Topic{
			Short: "Using certctl in scripts and CI",
			Long: `The result is on standard output, everything else on standard error. With -o json
the result is one JSON document, or one error document; keys are snake_case, times
RFC 3339 in UTC, and an empty list is []. With -o jsonl the rows of ` + "`user list`" + `,
` + "`otp list`" + `, ` + "`audit list`" + ` and ` + "`audit export`" + ` come one JSON object a line. certctl asks
nothing where standard input or standard error is no terminal, where CI is set, or
with --no-input.

Secrets come from files, standard input (-) or variables, never from arguments.

  # one user, from nothing
  certctl user add --contract-id 12345678901 --user-id ci --otp \
      --secret-out otp.json
  jq -r .otp.secret otp.json | oathtool --totp -b - |
      certctl acquire --contract-id 12345678901 --user-id ci --otp-file - \
      --no-input -o json

  # again and again: does nothing while the certificate is there
  certctl acquire --contract-id 12345678901 --user-id ci --if-missing --no-input

  # for a program that wants files
  certctl export ci --format pem --out client.pem
  curl --cert client.pem https://bank.example/

A code is spent by the first run that uses it, so do not start two with one code. A
run that was killed is started again as it was.`,
		},
		Security: Topic{
			Short: "What protects the keys, and what does not",
			Long: `The key pair is made on this machine and never leaves it unless you export it. It is
kept as PKCS#12 in the keyring of the operating system; the password of that PKCS#12
lies beside it and is its form, no protection. What protects the key is the keyring:
your login. Any program that runs as you, while the keyring is open, can read it.

A file wallet (--wallet file:DIR) is encrypted under the password in
--wallet-password-file. With ` + "`none`" + ` its key lies open in the directory: then file
permissions (0600) are all there is.

An OTP token's secret is as good as its codes: it is shown once, at registration.
The backend keeps it, and the CA's keys, sealed under the sealing key
(AES-256-GCM). Whoever has the database and the sealing key has all of them, and so
has who opens a backup (` + "`certctl ca backup`" + `). The root's key alone can be kept out
of both, with ` + "`certctl ca init --root-out`" + `.

A code is accepted once. Five wrong ones in a row lock the user, and an
administrator lifts the lock. A lock does not touch certificates already acquired.

The audit log shows what was changed in it without the sealing key, except a cut at
its end. What was cut, or written anew by who has that key, shows by the checkpoints
of ` + "`certctl audit checkpoint`" + ` that were kept where nobody who can write to the database
can write.`,
		},
		Settings: map[string]string{
			"home":                    "the directory of everything that is on disk",
			"output":                  "table, json, or jsonl",
			"no_input":                "true: never ask",
			"no_color":                "true: no colours",
			"accessible":              "true: ask line by line and draw nothing, for screen readers",
			"verbose":                 "true: name the cause of every error",
			"timeout":                 "give up after this time; 0s waits for ever",
			"lang":                    "en or ja; by default what the locale says (LC_ALL, LC_MESSAGES, LANG)",
			"store":                   "where the backend's records are: sqlite, or a postgres:// URL",
			"sealed_by":               "where the backend's sealing key is: keyring or file:PATH",
			"wallet":                  "where keys are kept: keyring or file:DIR",
			"wallet_password_file":    "the password of a file wallet, or none",
			"acquire_auth":            "by_user: the token, else the PIN; otp_only: tokens alone",
			"policy.acquire_within":   "how long after issuing a certificate may be acquired",
			"policy.validity":         "how long a certificate is valid",
			"policy.renew_from":       "how long before its end it may be renewed",
			"policy.reacquire_within": "how long after its end it may be acquired again",
			"policy.user_attempts":    "wrong codes in a row that lock the user",
			"policy.token_attempts":   "wrong codes in a row that lock the token",
			"policy.session":          "how long a code may take after the IDs",
			"policy.overlap":          "how long a renewed certificate stays good",
			"policy.replace":          "allow: a code may replace a living certificate; deny: it may not",
			"policy.reveal":           "frank: a refusal tells its cause; uniform: it does not",
			"policy.key_types":        "the key types accepted, the preferred one first",
			"smtp.host":               "the mail server of certctl notify run",
			"smtp.port":               "its port (587; 465 with tls, 25 with none)",
			"smtp.security":           "starttls, tls, or none, without a password",
			"smtp.username":           "the name to log in to it with",
			"smtp.password_file":      "the file with the password for that",
			"smtp.from":               "the sender's address",
		},
		Variables: map[string]string{
			"CERTCTL_CONTRACT_ID":        "acquire: the contract ID (--contract-id)",
			"CERTCTL_USER_ID":            "acquire: the user ID (--user-id)",
			"CERTCTL_OTP":                "acquire: the one-time password, or the PIN (--otp-file names a file instead)",
			"CERTCTL_PASSWORD_FILE":      "export, import: the file with the PKCS#12's password (--password-file)",
			"CERTCTL_ROOT_PASSWORD_FILE": "certctl ca init, certctl ca rotate: the file with the password of the root's key (--root-password-file)",
			"CERTCTL_PASSPHRASE_FILE":    "certctl ca backup, certctl ca restore: the file with the passphrase (--passphrase-file)",
			"CERTCTL_NSS_PASSWORD_FILE":  "install: the file with the primary password of browsers (--nss-password-file)",
			"CI":                         "set to anything: never ask",
			"NO_COLOR":                   "set to anything: no colours",
		},
		SettingsHeading:  "Settings (key in config.yaml, flag, variable)",
		VariablesHeading: "Further variables",
		ExitsHeading:     "Exit codes",
		CodesHeading:     "Codes of errors",
	}
}
