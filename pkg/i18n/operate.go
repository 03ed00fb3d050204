package i18n

// OperateCommands are the help pages of the commands by which an operator reads
// the audit log and replaces the issuing CA.
type OperateCommands struct {
	AuditList, AuditExport Page
	CARotate               Page
}

// OperateFlags are the usages of their flags.
type OperateFlags struct {
	AuditContract, AuditUser, AuditSince, AuditLimit string
}

// Operate is what they say.
type Operate struct {
	When, Who, Action, Subject, Outcome string // headings
	Done                                string // an outcome
	NoRows                              string
	Earlier                             string // {count}
	Exported                            string // {file}, {count}
	Rotated                             string
	RotatedNext                         string
	RootEnding                          Problem // {time}
}

func englishOperateCommands() OperateCommands {
	return OperateCommands{
		AuditList: Page{
			Short: "Show the last rows of the audit log",
			Long: `Shows who did what to whom, and how it ended: every act of an administrator and every
acquisition, good or bad. The last hundred rows, the newest at the end.`,
			Example: `  certctl audit list
  certctl audit list --contract-id 12345678901 --user-id tanaka --since 7d
  certctl audit list --limit 1000 -o json`,
		},
		AuditExport: Page{
			Short: "Write the audit log to a file, with what proves it",
			Long: `Writes every row of the audit log to a new file that only you can read, one JSON
object a line, chain by chain, each with the MAC that binds it to the row before.

Keep such a file elsewhere: a log that was cut off at its end, together with its
head, holds in itself, but has fewer rows than the file.`,
			Example: `  certctl audit export --out audit-2027-03.jsonl
  certctl audit export --contract-id 12345678901 --out audit.jsonl`,
		},
		CARotate: Page{
			Short: "Make a new issuing CA under the same root",
			Long: `Makes a new issuing CA (10 years) under the same root. It signs from now on. What the
one before has issued stays valid; it can be renewed as before, and ` + "`certctl ca crl`" + `
goes on to sign the list of the CA that issued it.

An issuing CA issues nothing that would outlive it: rotate a year before its end.
Those who trust the root need nothing new but the new list.`,
			Example: `  certctl ca rotate
  certctl ca crl --out /etc/nginx/crl.pem && nginx -s reload`,
		},
	}
}

func englishOperateFlags() OperateFlags {
	return OperateFlags{
		AuditContract: "only the rows of the contract with this `ID`",
		AuditUser:     "only the rows about the user with this `ID`",
		AuditSince:    "only the rows of the last `TIME`, such as 7d",
		AuditLimit:    "at most `COUNT` rows, the last ones",
	}
}

func englishOperate() Operate {
	return Operate{
		When: "TIME", Who: "BY", Action: "ACTION", Subject: "USER", Outcome: "OUTCOME",
		Done:        "done",
		NoRows:      "There are no such rows.",
		Earlier:     "These are the last {count}; there may be earlier ones: see --limit.",
		Exported:    "{count} rows of the audit log are in {file}.",
		Rotated:     "A new issuing CA signs from now on.",
		RotatedNext: "Give relying parties its revocation list: certctl ca crl",
		RootEnding: Problem{
			"The root ends at {time}, too soon for another issuing CA.",
			"The issuing CA goes on until its own end; a new root is made with `certctl ca init` in a new database.",
		},
	}
}
