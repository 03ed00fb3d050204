package i18n

// OperateCommands are the help pages of the commands by which an operator reads
// the audit log and replaces the issuing CA.
type OperateCommands struct {
	AuditList, AuditExport, AuditCheckpoint Page
	CARotate                                Page
}

// OperateFlags are the usages of their flags.
type OperateFlags struct {
	AuditContract, AuditUser, AuditSince, AuditLimit string
	CheckpointOut, CheckpointKey, CheckpointFile     string
}

// Operate is what they say.
type Operate struct {
	When, Who, Action, Subject, Outcome string            // headings
	Done                                string            // an outcome
	Holder, Software                    string            // who acts, and a token
	TokenReasons                        map[string]string // why a token ended, by the log's word
	Actions                             map[string]string // of holders, by the log's word
	NoRows                              string
	Earlier                             string // {count}
	Exported                            string // {file}, {count}
	Rotated                             string
	RotatedNext                         string
	RootEnding                          Problem // {time}

	Signed            string // heading
	CheckpointMade    string // {number}, {chains}, {rows}, {file}
	CheckpointNext    string // {file}
	Rekeyed           string // {number}
	NoCheckpoint      string // {line}; cause, for BadFile
	CheckpointsTooBig string // cause, for BadFile
	NoCheckpoints     string
	Checkpoints       string // {count}, {number}, {time}
	CheckpointsIn     string // after Checkpoints: nothing was kept elsewhere
	// What is wrong with a checkpoint, by the reason, and where: {number}.
	BrokenCheckpoints, BrokenKept map[string]string
	ByCheckpoint                  string // {number}: after the reason of a broken chain
}

func englishOperateCommands() OperateCommands {
	return OperateCommands{
		AuditList: Page{
			Short: "Show the last rows of the audit log",
			Long: `Shows who did what to whom, and how it ended: every act of an administrator and every
acquisition, good or bad. The last hundred rows, the newest at the end. What is too
long for the terminal is cut; into a pipe, and with -o json, it goes whole.`,
			Example: `  certctl audit list
  certctl audit list --contract-id 12345678901 --user-id tanaka --since 7d
  certctl audit list --limit 1000 -o jsonl`,
		},
		AuditExport: Page{
			Short: "Write the audit log to a file, with what proves it",
			Long: `Writes every row of the audit log to a new file that only you can read, one JSON
object a line, chain by chain, each with the MAC that binds it to the row before;
with -o jsonl and no --out, to standard output.

The file is for reading. That a log was cut off at its end is shown by the much
smaller files of ` + "`certctl audit checkpoint`" + `.`,
			Example: `  certctl audit export --out audit-2027-03.jsonl
  certctl audit export --contract-id 12345678901 --out audit.jsonl
  certctl audit export -o jsonl | gzip >audit.jsonl.gz`,
		},
		AuditCheckpoint: Page{
			Short: "Sign how far the audit log has come",
			Long: `Signs where every chain of the audit log ends now, and shows the checkpoint: one
line, which --out puts into a new file. ` + "`certctl audit verify --checkpoint FILE`" + ` sees
by it what was cut off or changed since, even by who has the sealing key.

Keep it where nobody who can write to the database can write, and make one every
day: rows after the last one can be cut off unseen. The database keeps all of them
too, but whoever can cut the log can cut those.

The line is a JWS (RFC 7515) signed with Ed25519; it names contracts, and no
secrets. Whoever has the public key checks it without certctl, by a JOSE library or,
as below, with openssl.`,
			Example: `  certctl audit checkpoint --out /mnt/elsewhere/2027-03-01.jws
  certctl audit checkpoint | ssh log.example.com 'cat >>checkpoints'
  certctl audit checkpoint --public-key >key.pem
  cut -d. -f1,2 kept.jws | tr -d '\n' >said
  (cut -d. -f3 kept.jws | tr -d '\n'; echo ==) | tr _- /+ | base64 -d >sig
  openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in said -sigfile sig`,
		},
		CARotate: Page{
			Short: "Make a new issuing CA under the same root",
			Long: `Makes a new issuing CA (10 years) under the same root. It signs from now on. What the
one before has issued stays valid; it can be renewed as before, and ` + "`certctl ca crl`" + `
goes on to sign the list of the CA that issued it.

An issuing CA issues nothing that would outlive it: rotate a year before its end.
Those who trust the root need nothing new but the new list.`,
			Example: `  certctl ca rotate
  certctl ca rotate --root-in /media/usb/root.key --root-password-file root.pass
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

		CheckpointOut:  "write the checkpoint to this new `FILE` (0600)",
		CheckpointKey:  "make none; show the public key that checkpoints are verified with, in PEM",
		CheckpointFile: "`FILE` of checkpoints that were kept elsewhere, one a line (repeatable)",
	}
}

func englishOperate() Operate {
	return Operate{
		When: "TIME", Who: "BY", Action: "ACTION", Subject: "USER", Outcome: "OUTCOME",
		Done:   "done",
		Holder: "holder", Software: "software",
		TokenReasons: map[string]string{"lost": "lost"},
		Actions: map[string]string{
			"acquire": "acquire", "acquire replace": "acquire, replacing", "certificate": "certificate made",
			"renew": "renew", "renew early": "renew early", "revoke": "revoke",
			"audit key": "audit key made", "notify user": "notify the user", "notify admins": "notify admins",
		},
		NoRows:      "There are no such rows.",
		Earlier:     "These are the last {count}; there may be earlier ones: see --limit.",
		Exported:    "{count} rows of the audit log are in {file}.",
		Rotated:     "A new issuing CA signs from now on.",
		RotatedNext: "Give relying parties its revocation list: certctl ca crl",
		RootEnding: Problem{
			"The root ends at {time}, too soon for another issuing CA.",
			"The issuing CA goes on until its own end; a new root is made with `certctl ca init` in a new database.",
		},

		Signed:            "SIGNED UP TO",
		CheckpointMade:    "Checkpoint {number}, over {chains} chains with {rows} rows, is in {file}.",
		CheckpointNext:    "Keep it where the database's writers cannot write, beside all earlier ones. Later, and before the next is made, with every one that was kept:\n  certctl audit verify --checkpoint {file} --checkpoint …",
		Rekeyed:           "The checkpoint before this one does not verify with the signing key: that was lost and made anew, or the checkpoint was changed. Those before checkpoint {number} prove nothing here any more; find out what happened. Keep what `certctl audit checkpoint --public-key` shows from now on.",
		NoCheckpoint:      "line {line} is not a checkpoint",
		CheckpointsTooBig: "it is too big for checkpoints",
		NoCheckpoints:     "There are no checkpoints: rows cut off at the end of a chain, together with its head, cannot be seen. Make one every day with `certctl audit checkpoint`, and keep it elsewhere.",
		Checkpoints:       "Checkpoints in the database: {count}, and they hold. The last one to go by is number {number}, of {time}: what came after it can be cut off unseen.",
		CheckpointsIn:     "Whoever cuts rows off can cut these off too: name those that were kept elsewhere with --checkpoint.",
		BrokenCheckpoints: map[string]string{
			"signature":   "Checkpoint {number} in the database is not signed with this deployment's key, or was changed.",
			"predecessor": "Checkpoint {number} in the database does not follow from the one before it: one was removed or changed.",
		},
		BrokenKept: map[string]string{
			"signature": "The given checkpoint {number} is not signed with this deployment's key, or was changed.",
			"gone":      "The given checkpoint {number} is no longer in the database.",
			"other":     "The database has another checkpoint {number} than the one given.",
		},
		ByCheckpoint: "shown by checkpoint {number}",
	}
}
