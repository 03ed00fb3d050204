package i18n

// UseCommands are the help pages of the commands by which a holder looks at
// certificates and uses them.
type UseCommands struct {
	ScheduleCommands
	Status, Exec, Doctor, Proxy Page
}

// UseFlags are the usages of their flags.
type UseFlags struct {
	Refresh, Check, Short, Fix string
	Listen, ServerCA           string
}

// X509 are the labels of what is in a certificate.
type X509 struct {
	SHA1, Signature, KeyUsage, ExtendedKeyUsage, SubjectKeyID, AuthorityKeyID, CRLs string
}

func englishX509() X509 {
	return X509{
		SHA1: "SHA-1", Signature: "Signature", KeyUsage: "Key usage", ExtendedKeyUsage: "Extended key usage",
		SubjectKeyID: "Subject key ID", AuthorityKeyID: "Authority key ID", CRLs: "CRL",
	}
}

// Status is what `certctl status` says.
type Status struct {
	ColumnLeft string // heading
	Next       string // heading of the commands
	Refreshed  string // {time}
	AsOf       string // {time}, {asked}
	Short      string // {name}, {state}, {left}
	ShortOver  string // {name}, {state}
	Over       string // {name}, {state}, {time}
	More       string // {count}, after Short
	NotAsked   string // {name}, {cause}

	// How long a certificate is still valid, or has been over: {count}.
	DaysLeft, HoursLeft, HourLeft string
	DaysAgo, HoursAgo, HourAgo    string
	ByAdmin                       string // {command}
}

func englishUse(c *Commands) {
	englishDoctorPage(c)
	englishSchedulePages(c)
	englishProxyPage(c)
	c.Status = Page{
		Short: "Show how long each certificate is good for, and what to do",
		Long: `Shows each certificate of the wallet with its state, the part of its life that is
left, and the command that comes next. It is judged by the wallet's files and the
clock: no keyring is opened, no password asked for, and what the backend has done
since is unknown. --refresh asks the backend, which takes the key, and remembers
the answer: suspended, revoked, or revoked and issued again.

For monitoring, --check tells by the exit code alone: 0 where nothing is due, 10
where a certificate is to be renewed, 4 where one can no longer be renewed, 3 where
the wallet is empty, 6 where something could not be read or asked. For the prompt
of a shell, --short prints one line where something is due and nothing otherwise.`,
		Example: `  certctl status
  certctl status --refresh
  certctl status --check -o json
  PS1='$(certctl status --short) \$ '`,
	}
	c.Exec = Page{
		Short: "Run a command with the certificate and its key",
		Long: `Runs a command that reads a certificate and its key from files, without writing
either to a disk. The command finds the paths in its environment: CERTCTL_CERT is
the certificate with the issuing one below it, CERTCTL_KEY the key, both PEM. The
files are in memory, readable by you alone, and gone when the command ends.

On Linux the command takes the place of certctl, so that signals and the exit code
are its own; elsewhere they are handed on. It needs a kernel with memfd_create, or
a runtime directory in memory that is yours alone (XDG_RUNTIME_DIR). A program that
goes on in the background after the command has ended has lost the files.

Everything after -- is the command. Put it into single quotes behind ` + "`sh -c`" + ` where
the variables stand in it, so that your own shell does not fill them in.`,
		Example: `  certctl exec tanaka -- sh -c \
      'curl --cert "$CERTCTL_CERT" --key "$CERTCTL_KEY" https://bank.example/'
  certctl exec tanaka -- python3 fetch.py
  certctl exec tanaka -- sh -c 'openssl s_client -connect bank.example:443 \
      -cert "$CERTCTL_CERT" -key "$CERTCTL_KEY"'`,
	}
}

func englishUseFlags() UseFlags {
	return UseFlags{
		Refresh:  "ask the backend about each certificate",
		Check:    "exit with 10 where something is due, with 4 where it is too late to renew",
		Listen:   "loopback `ADDRESS` with a port to listen on; port 0 is any that is free",
		ServerCA: "`FILE` with the certificates to verify the server by, PEM (default: the system's)",
		Fix:      "mend what can be mended without losing anything",
		Short:    "one line where something is due, and nothing otherwise",
	}
}

func englishStatus() Status {
	return Status{
		ColumnLeft: "LEFT",
		Next:       "Next:",
		Refreshed:  "As of {time}, as the backend says.",
		AsOf:       "As of {time}, by this machine's clock and the wallet. The backend was last asked at {asked}; `certctl status --refresh` asks it now.",
		Short:      "{name}: {state}, {left}",
		Over:       "The certificate {name} will be refused: {state} (valid until {time}).",
		ShortOver:  "{name}: {state}",
		More:       "(and {count} more)",
		NotAsked:   "The backend could not be asked about {name}: {cause}",

		DaysLeft: "{count} days", HoursLeft: "{count} hours", HourLeft: "{count} hour",
		DaysAgo: "{count} days ago", HoursAgo: "{count} hours ago", HourAgo: "{count} hour ago",

		ByAdmin: "administrator: {command}",
	}
}
