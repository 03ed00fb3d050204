package i18n

// UseCommands are the help pages of the commands by which a holder looks at
// certificates and uses them.
type UseCommands struct {
	Status Page
}

// UseFlags are the usages of their flags.
type UseFlags struct {
	Refresh, Check, Short string
}

// Status is what `certctl status` says.
type Status struct {
	ColumnLeft string // heading
	Next       string // heading of the commands
	Refreshed  string // {time}
	AsOf       string // {time}, {asked}
	Short      string // {name}, {state}, {left}
	ShortOver  string // {name}, {state}
	More       string // {count}, after Short
	NotAsked   string // {name}, {cause}

	// How long a certificate is still valid, or has been over: {count}.
	DaysLeft, HoursLeft, HourLeft string
	DaysAgo, HoursAgo, HourAgo    string
	ByAdmin                       string // {command}
}

func englishUse(c *Commands) {
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
}

func englishUseFlags() UseFlags {
	return UseFlags{
		Refresh: "ask the backend about each certificate",
		Check:   "exit with 10 where something is due, with 4 where it is too late to renew",
		Short:   "one line where something is due, and nothing otherwise",
	}
}

func englishStatus() Status {
	return Status{
		ColumnLeft: "LEFT",
		Next:       "Next:",
		Refreshed:  "As of {time}, as the backend says.",
		AsOf:       "As of {time}, by this machine's clock and the wallet. The backend was last asked at {asked}; `certctl status --refresh` asks it now.",
		Short:      "{name}: {state}, {left}",
		ShortOver:  "{name}: {state}",
		More:       "(and {count} more)",
		NotAsked:   "The backend could not be asked about {name}: {cause}",

		DaysLeft: "{count} days", HoursLeft: "{count} hours", HourLeft: "{count} hour",
		DaysAgo: "{count} days ago", HoursAgo: "{count} hours ago", HourAgo: "{count} hour ago",

		ByAdmin: "administrator: {command}",
	}
}
