package i18n

// BackupCommands are the help pages of `certctl ca backup` and `certctl ca
// restore`.
type BackupCommands struct {
	CABackup, CARestore Page
}

// BackupFlags are the usages of their flags.
type BackupFlags struct {
	PassphraseFile, Recipient, Identity string
}

// Backup is what they say.
type Backup struct {
	ThePassphrase string // what, for NoInput
	Taken, Rows   string // labels
	Root, At      string // labels
	Written       string // {file}
	WrittenNext   string

	Restored                                      string // {time}
	Void                                          string // heading of the four
	VoidClock                                     string // {count}, {time}
	VoidCounter, VoidSlots                        string // {count}
	VoidRest                                      string
	Unknown                                       string // {time}; heading of the three
	UnknownRevoked, UnknownIssued, UnknownChanged string
	RestoredNext                                  string

	AnotherKey Problem // {place}
	NeedResync string  // of a token
}

func englishBackupCommands() BackupCommands {
	return BackupCommands{
		CABackup: Page{
			Short: "Write the whole backend to an encrypted file",
			Long: `Writes the sealing key and every record, CA keys included, to a new file that only you
can read, as of one moment; the backend may be in use. The file is encrypted with age
by a passphrase, which is asked for twice, or to public keys of age (--recipient), so
that the machine that makes backups cannot open them.

A public key lets anybody make a file that opens: whose it is, only the root tells
that ` + "`certctl ca restore`" + ` shows. Write the root's fingerprint down.

Whoever opens the file has every key that the backend has. Keep it where you keep
neither the passphrase nor the database.`,
			Example: `  certctl ca backup backend.age
  certctl ca backup backend.age --passphrase-file /etc/certctl/backup.pass
  age-keygen -o identity.txt
  certctl ca backup backend.age --recipient $(age-keygen -y identity.txt)`,
		},
		CARestore: Page{
			Short: "Make the backend anew from a backup",
			Long: `Restores a backup into an empty database, on SQLite or PostgreSQL whichever it came
from, all of it or nothing. The sealing key is put where --sealed-by says, and that
is written to config.yaml.

Nobody knows what happened after the backup was taken, so what may have been used is
void: the codes of clocks up to now, those of counters until ` + "`certctl otp resync`" + `, and
certificates that were issued and not acquired, until ` + "`certctl user reissue`" + `. Revocation
lists go on with numbers that were never used. What remains to be done by hand, the
command says at its end: have the last published revocation list at hand.`,
			Example: `  certctl ca restore backend.age --sealed-by file:/etc/certctl/sealing.key
  certctl ca restore backend.age --identity identity.txt`,
		},
	}
}

func englishBackupFlags() BackupFlags {
	return BackupFlags{
		PassphraseFile: "read the passphrase of the backup from `FILE` (- is standard input)",
		Recipient:      "encrypt to this public `KEY` of age instead (age1...); may be repeated",
		Identity:       "open the backup with the identities in this `FILE` of age's",
	}
}

func englishBackup() Backup {
	return Backup{
		ThePassphrase: "passphrase of the backup",
		Taken:         "Taken",
		Root:          "Root SHA-256",
		At:            "Restored",
		Rows:          "Rows",
		Written:       "The backup is in {file}.",
		WrittenNext:   "It holds every key that the backend has. Keep it where you keep neither the passphrase nor the database. The settings, policies among them, are not in it: keep config.yaml as well.",

		Restored:    "The backend of {time} is restored.",
		Void:        "Void, because it may have been used since:",
		VoidClock:   "The codes of clock-driven tokens ({count}) up to now: they count again from {time} on.",
		VoidCounter: "All codes of counter-driven tokens ({count}), until each is found again with `certctl otp resync`, by two codes that it shows now, in front of you: others may have been used.",
		VoidSlots:   "What was issued and not acquired ({count}): `certctl user list` shows it as revoked; permit it again with `certctl user reissue`.",
		VoidRest:    "Sessions begun before, and numbers of revocation lists up to now.",
		Unknown:     "What happened after {time} is not in the backup:",
		UnknownRevoked: "Certificates revoked since then count as good again. Before you publish a list, compare the last published one with " +
			"`certctl ca certs list --state revoked`, and revoke what is missing with `certctl user revoke`.",
		UnknownIssued: "Certificates acquired or renewed since then stay good to those who trust this CA, but are unknown here: they cannot be " +
			"renewed or revoked. Exported audit logs and the logs of your servers show whose they are: `certctl user reissue`.",
		UnknownChanged: "Users, tokens, PINs, roles and suspensions are as they were: do again what was changed, first of all who was suspended or removed.",
		RestoredNext:   "Compare the root with the one that your servers trust, and the time of the restore with a clock that is right: a file that opens with an identity may be anybody's, and what is void depends on the clock. If either is wrong, throw this database away. Put the settings of that time into config.yaml before anybody acquires: policies, also those of single contracts, are not in a backup. The old database must never be used again. Then:\n  certctl audit verify",

		AnotherKey: Problem{
			"Another sealing key is kept in {place}.",
			"It may open another database, so it is not written over. Name another place with --sealed-by file:PATH. Nothing was restored.",
		},
		NeedResync: "to be resynced",
	}
}

// englishBackupCodes are the errors of backups.
func englishBackupCodes() map[string]Problem {
	return map[string]Problem{
		"backup_foreign": {
			"The file is no backup of certctl.",
			"Name a file that `certctl ca backup` has written.",
		},
		"backup_truncated": {
			"The backup is cut off before its end.",
			"Copy it again from where it was written to, or take another backup. Nothing was restored.",
		},
		"backup_damaged": {
			"The backup is damaged, or cut off before its end.",
			"Copy it again from where it was written to, or take another backup. Nothing was restored.",
		},
		"backup_too_new": {
			"The backup was written by a newer certctl.",
			"Restore it with that version or a newer one: `certctl version` shows which one this is.",
		},
		"clock_behind": {
			"This machine's clock is behind: by it the backup was not taken, or not restored, yet.",
			"Set the clock right and run the command again: by it, certctl knows which codes may have been used. Where it was ahead when the backup was restored, throw that database away, and restore again by the right time.",
		},
		"otp_resync_needed": {
			"Since the backend was restored from a backup, nobody knows which codes of this token were used.",
			"Ask the administrator to run `certctl otp resync` for this user, with two codes in a row.",
		},
	}
}

func englishBackupHints() map[string]string {
	return map[string]string{
		"usage recipient":       "A public key of age begins with age1. `age-keygen` makes one, with the identity that opens what is encrypted to it.",
		"usage identity":        "A file of age's identities has a line that begins with AGE-SECRET-KEY-1: `age-keygen` makes one.",
		"password_wrong backup": "Check the passphrase, capitals included. A backup that was made with --recipient is opened with --identity.",
	}
}
