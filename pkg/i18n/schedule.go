package i18n

// ScheduleCommands are the help pages of `certctl schedule`.
type ScheduleCommands struct {
	Schedule                                      Group
	ScheduleInstall, ScheduleRemove, ScheduleShow Page
}

// Schedule is what `certctl schedule` says.
type Schedule struct {
	None, Installed            string
	File, Next, Last, LastExit string // labels
	Inactive                   string
	SessionOnly                string // the wallet is in the keyring
	Linger                     string // of systemd
	LoggedIn                   string
	Offer                      string // {command}: below a certificate that was acquired
}

func englishSchedule() Schedule {
	return Schedule{
		None:        "There is no schedule: certificates are renewed when you run `certctl renew`.",
		Installed:   "Certificates are renewed by themselves: certctl looks once a day, at a time that differs from machine to machine, and after the fact where the machine was off.",
		File:        "File",
		Next:        "Next run",
		Last:        "Last run",
		LastExit:    "Exit code",
		Inactive:    "It is not active: run `certctl schedule install` again.",
		SessionOnly: "The wallet is in the keyring, which is open only while you are logged in: nothing is renewed otherwise. Where nobody logs in, keep the wallet in files: --wallet file:DIR.",
		Linger:      "It runs while you are logged in. `loginctl enable-linger` has it run always.",
		LoggedIn:    "It runs while you are logged in.",
		Offer:       "Have it renewed by itself before it ends:\n  {command}",
	}
}

func englishSchedulePages(c *Commands) {
	c.Schedule = Group{
		Short: "Have certificates renewed by themselves",
		Long: `Has the operating system run ` + "`certctl renew --all --no-input`" + ` once a day: as a
systemd user timer, a launchd agent on macOS or a task of the Windows Task
Scheduler. The time differs from machine to machine, and a run that was missed
because the machine was off or asleep is made up for.`,
	}
	c.ScheduleInstall = Page{
		Short: "Renew once a day from now on",
		Long: `Installs the schedule for the wallet that this command would use, or replaces the
one that is there. Where the wallet is in the keyring it works only while you are
logged in, for the keyring is open only then; a wallet in files, whose password is
in a file, works always. A program named with --exec is run after each renewal, as
` + "`certctl renew --help`" + ` describes it.`,
		Example: `  certctl schedule install
  certctl schedule install --exec systemctl -- reload nginx
  certctl schedule install --wallet file:/srv/wallet \
      --wallet-password-file none`,
	}
	c.ScheduleRemove = Page{
		Short:   "Renew no longer by itself",
		Long:    `Removes the schedule. Certificates and keys stay as they are.`,
		Example: `  certctl schedule remove`,
	}
	c.ScheduleShow = Page{
		Short: "Show the schedule, and how its last run ended",
		Long: `Shows whether there is a schedule, when it runs next, and how its last run ended.
What that run wrote is in the journal: ` + "`journalctl --user -u certctl-renew`" + `.`,
		Example: `  certctl schedule show
  certctl schedule show -o json`,
	}
}
