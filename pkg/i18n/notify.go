package i18n

// NotifyCommands are the help pages of `certctl notify`.
type NotifyCommands struct {
	Notify    Group
	NotifyRun Page
}

// Notify is what `certctl notify` says, and what stands in its e-mails.
type Notify struct {
	ColumnTo, ColumnOutcome, ColumnSubject string // headings

	Kinds    map[string]string // what a notice warns of, by the value in JSON
	Outcomes map[string]string // what became of it, by the value in JSON

	Exec        string // the usage of a flag
	WantTimeout string
	ExecHint    string

	NothingDue string
	Unsent     string // {count}
	NoServer   Problem
	DryRun     string

	// The e-mails: {name}, {contract}, {user}, {deadline}, {count}, {list}.
	Expiry      Mail
	Acquisition Mail
	Admins      Mail
	AdminsRow   string // {user}, {name}, {kind}, {deadline}: a row of {list}
	WithName    string // {name}, in AdminsRow
	NoName      string // {user}, where a user has no name
}

// Mail is an e-mail of plain text.
type Mail struct{ Subject, Text string }

func englishNotifyCommands() NotifyCommands {
	return NotifyCommands{
		Notify: Group{
			Short: "Tell users and administrators what is about to end",
			Long:  `Nobody should find out at the login that a certificate has expired.`,
		},
		NotifyRun: Page{
			Short: "Send the e-mails that are due now",
			Long: `Sends an e-mail 30 and 10 days before a certificate expires, and before the time to
acquire one is over: to the user, and, in one message for all users of a contract,
to its administrators. Each is sent once, however often and on however many
machines this runs: let it run once a day.

The e-mail goes to the server of smtp.host in config.yaml, from smtp.from;
smtp.port, smtp.security (starttls, tls or none), smtp.username and
smtp.password_file say the rest. It is in the language that certctl speaks. Users
without an address are listed, and nothing is sent to them.

With --exec each e-mail is handed to a program instead, on standard input, as
sendmail takes it. For another way to tell people, its environment has
CERTCTL_NOTICE_TO, _SUBJECT, _AUDIENCE (user or admins), _CONTRACT_ID, _COUNT, and
of one to a user _USER_ID, _KIND (expiry or acquisition) and _DEADLINE. An exit code
other than 0 means that it was not sent. What was not sent, the next run sends; a
run that was killed while it sent may be followed by a second copy an hour later.`,
			Example: `  certctl notify run --dry-run
  certctl notify run
  certctl notify run --exec sendmail -- -t -i
  certctl --lang ja notify run -o json`,
		},
	}
}

func englishNotify() Notify {
	return Notify{
		ColumnTo:      "TO",
		ColumnOutcome: "OUTCOME",
		ColumnSubject: "ABOUT",
		Kinds: map[string]string{
			"expiry":      "certificate expires",
			"acquisition": "acquire by",
		},
		Outcomes: map[string]string{
			"due":        "due",
			"sent":       "sent",
			"failed":     "not sent",
			"no_address": "no address",
			"elsewhere":  "sent by another run",
		},
		Exec:        "hand each e-mail to `PROGRAM`, with the arguments behind --, and to no mail server",
		WantTimeout: "at most 30m",
		ExecHint:    "See what the program of --exec said: it did not end with exit code 0.",
		NothingDue:  "Nothing is due.",
		Unsent:      "{count} messages could not be sent; the next run tries them again.",
		DryRun:      "Nothing was sent: this is what would be.",
		NoServer: Problem{
			Message: "There is no mail server to send with.",
			Hint:    "Set smtp.host and smtp.from in config.yaml, or CERTCTL_SMTP_HOST and CERTCTL_SMTP_FROM. `certctl notify run --dry-run` shows what is due.",
		},
		Expiry: Mail{
			Subject: "Your client certificate expires on {deadline}",
			Text: `Dear {name},

your client certificate expires:

  Contract ID:  {contract}
  User ID:      {user}
  Valid until:  {deadline}

Please renew it before then, on the machine that holds it:

  certctl renew

Your present certificate works until its end, and the renewal takes no one-time
password. If the renewal is not possible, please ask your administrator.
`,
		},
		Acquisition: Mail{
			Subject: "Please acquire your client certificate by {deadline}",
			Text: `Dear {name},

your client certificate is ready, and has not been acquired yet:

  Contract ID:  {contract}
  User ID:      {user}
  Acquire by:   {deadline}

Please have your one-time password at hand and run, on the machine that is to
hold the certificate:

  certctl acquire

After that time your administrator has to issue the certificate again.
`,
		},
		Admins: Mail{
			Subject: "Contract {contract}: {count} client certificates need attention",
			Text: `Dear administrator,

these users of contract {contract} have a certificate that expires soon, or one
that they have not acquired yet:

{list}
Users with an e-mail address have been told. Please see to it that the others
hear of it. All users, and what comes next for each:

  certctl user list --contract-id {contract}
`,
		},
		AdminsRow: "  {user}  {kind}: {deadline}  {name}\n",
		WithName:  "({name})",
		NoName:    "user {user}",
	}
}
