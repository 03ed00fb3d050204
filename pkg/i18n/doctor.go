package i18n

// Doctor is what `certctl doctor` says.
type Doctor struct {
	// Levels are the words for how grave a finding is, by the value in JSON.
	Levels map[string]string
	Fixed  string // in the place of a level
	// Checks are the words for what was looked at, by the value in JSON.
	Checks map[string]string
	// Findings say what was found, by its code: {subject} and what belongs to
	// the code. Those that are missing have the sentence of an error.
	Findings map[string]string
	// Mends say what to do where that is no command, by code.
	Mends map[string]string

	Well    string
	Mend    string // {count}
	FixSome string // {count}, {fixable}
}

func englishDoctorPage(c *Commands) {
	c.Doctor = Page{
		Short: "Find out what is wrong, and how to mend it",
		Long: `Looks at everything that certctl depends on, and names for each thing that is
wrong the command that mends it: the settings, who may read the files, what killed
runs left, whether the keyring keeps what it is given, whether every certificate has
its key and every key its certificate, what is due, the clock beside the backend's,
the schedule and its last run, and the tools for browsers' stores.

--fix mends what can be mended without losing anything: permissions, interrupted
changes of the wallet, leftover files. It exits with 10 where something is still
to be mended, else with 0.`,
		Example: `  certctl doctor
  certctl doctor --fix
  certctl doctor -o json`,
	}
}

func englishDoctor() Doctor {
	return Doctor{
		Levels: map[string]string{"ok": "ok", "note": "note", "problem": "PROBLEM"},
		Fixed:  "mended",
		Checks: map[string]string{
			"config":       "settings",
			"modes":        "files",
			"leftovers":    "leftovers",
			"keyring":      "keyring",
			"wallet":       "wallet",
			"certificates": "certificate",
			"backend":      "backend",
			"clock":        "clock",
			"schedule":     "schedule",
			"nss":          "browsers",
			"install":      "installed",
		},
		Findings: map[string]string{
			"config_ok":         "Every setting can be used.",
			"contract_unknown":  "config.yaml has settings for the contract {subject}, which the backend does not have.",
			"modes_ok":          "Keys and secrets are readable by you alone.",
			"mode_loose":        "Others may use {subject}: its mode is {mode}.",
			"mode_tight":        "You may not use {subject} yourself: its mode is {mode}.",
			"mode_owner":        "{subject} belongs to another account.",
			"leftovers_none":    "No killed run has left a key.",
			"leftover_key":      "A killed `certctl exec` left a key in {subject}.",
			"keyring_unused":    "The wallet is in files, in {subject}: no keyring is needed.",
			"keyring_ok":        "The keyring gives back what it is given. It takes up to 32 KiB for a key with its certificates, in items of 2 KiB.",
			"wallet_ok":         "Every certificate has its key. Certificates: {count}.",
			"entry_damaged":     "The file {subject}.json cannot be read: whose certificate it is is not known.",
			"chain_damaged":     "The file {subject}.pem does not hold the chain of the certificate.",
			"key_gone":          "The key of {subject} is gone: the administrator has to reissue the certificate.",
			"key_damaged":       "The key of {subject} cannot be read: the administrator has to reissue the certificate.",
			"key_other":         "The key under {subject} is that of another certificate.",
			"key_elsewhere":     "The key of {subject} is in another kind of wallet than the one in use (--wallet).",
			"entry_gone":        "There is a key {subject}, but {subject}.json is gone.",
			"unfinished":        "A change of the wallet was interrupted ({subject}).",
			"pending":           "The acquisition of {subject} is not finished.",
			"pending_damaged":   "The pending key {subject} cannot be read: whether it has its certificate is not known.",
			"certificate_due":   "{subject}: {state} (valid until {time}).",
			"backend_none":      "There is no issuing backend here: its clock is not compared.",
			"backend_ok":        "The issuing backend opens and answers.",
			"clock_ok":          "This machine's clock agrees with the backend's.",
			"clock_off":         "This machine's clock is {seconds} seconds away from the backend's: codes will be refused.",
			"schedule_none":     "There is no schedule: certificates are not renewed by themselves.",
			"schedule_ok":       "Certificates are renewed by themselves; the last run ended well.",
			"schedule_inactive": "The schedule is installed and not active.",
			"schedule_bad":      "The last run of the schedule, at {time}, ended with exit code {exit}.",
			"nss_ok":            "certutil and pk12util are there, for the stores of Firefox and Chromium.",
			"nss_missing":       "{subject} not found: the stores of Firefox and Chromium cannot be changed.",
			"install_ok":        "What is installed is as it should be. Certificates: {count}.",
			"install_gone":      "{subject} is no longer in {store}.",
			"install_old":       "What was renewed is still in {store}: an older certificate of {subject}.",
			"install_left":      "{subject} is gone from the wallet, and still installed in {store}.",
		},
		Mends: map[string]string{
			"entry_gone":      "Bring {subject}.json back from a backup of the wallet.",
			"key_elsewhere":   "Name the other one with --wallet where you want to use it.",
			"pending_damaged": "Take the item {subject} away with the keyring's own program, then run `certctl acquire`.",
			"nss_missing":     "sudo apt-get install libnss3-tools (Debian, Ubuntu)",
		},
		Well:    "Nothing is to be mended.",
		Mend:    "To be mended: {count}.",
		FixSome: "To be mended: {count}, of which `certctl doctor --fix` mends {fixable}.",
	}
}
