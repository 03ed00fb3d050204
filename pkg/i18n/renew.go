package i18n

// englishRenewCodes are the codes of signed requests: renewals, revocations and
// what follows them.
func englishRenewCodes() map[string]Problem {
	return map[string]Problem{
		"expired": {
			"The certificate is over.",
			"Acquire another with a one-time password: `certctl acquire`.",
		},
		"revoked": {
			"The certificate is revoked.",
			"Ask the administrator to run `certctl user reissue` for this user, then run `certctl acquire`.",
		},
		"foreign": {
			"The backend did not issue this certificate.",
			"`certctl show NAME` names its issuer. Name the directory of the backend that issued it with --home.",
		},
		"not_due": {
			"The time to renew has not come.",
			"Nothing needs to be done yet. `certctl renew --force` renews before the time.",
		},
		"bad_request": {
			"The signed request does not hold.",
			"Run the command again. If that does not help, the certificate in the wallet does not go with its key: ask the administrator to reissue.",
		},
		"nonce_spent": {
			"The signed request came twice, or too late.",
			"Run the command again.",
		},
		"replace_denied": {
			"The policy of this backend lets nobody replace a living certificate.",
			"Where the key is lost, ask the administrator to run `certctl user reissue`: it revokes the certificate and permits you to acquire another.",
		},
		"already_renewed": {
			"The certificate has been renewed already.",
			"The new one is in the wallet that renewed it: look there, or on the machine it was copied to. Where it is lost, ask the administrator to run `certctl user reissue`.",
		},
		"hook_failed": {
			"The certificate is renewed, but the command that was to follow failed.",
			"Run that command yourself. The certificate need not be renewed again.",
		},
	}
}

// RenewCommands are the help pages of renewals and revocations.
type RenewCommands struct {
	Renew, Revoke Page
}

// RenewFlags are the usages of their flags.
type RenewFlags struct {
	RenewAll, Within, RenewForce, AllowEmpty string
	Exec, ExecTimeout                        string
	RevokeReason                             string
	Replace                                  string // of acquire
}

// Renewal is what renewals and revocations say.
type Renewal struct {
	Results     map[string]string // by what became of a certificate
	ColumnFrom  string            // heading: when it becomes due
	Doing       string            // {name}, while it is being done
	Renewed     string            // {name}
	Interrupted string            // in the place of a hint
	Swept       string            // {name}, {serial}
	NotSwept    string            // {name}; the cause follows

	HookCut      string // {count}
	HookTimedOut string // {program}, {time}
	HookExited   string // {program}, {code}

	Revoked     string // {name}, {time}, {reason}
	RevokedNext string // {contract}, {user}, {name}
	RemoveLive  string // {name}, {time}
}

// RenewErrors are the errors of a renewal that its command line makes.
type RenewErrors struct {
	Empty        Problem
	Several      string // {names}
	SeveralHint  string
	NoHook       string // {program}
	NoHookHint   string
	HookNotSplit string // {program}, {arguments}
}

func englishRenew(c *Commands) {
	c.Renew = Page{
		Short: "Renew certificates that are about to end",
		Long: `Renews certificates of the wallet that are due: by default those that the policy
lets be renewed, 30 days before their end. Nobody is asked for a code; the key that
the certificate has signs the request, and a new key is made for the next one. The
old certificate and key stay in the wallet, and stay good, for 14 days or to their
own end; a later run drops them. A run that was cut off is finished by the next.

Without NAME or --all it renews the one certificate that the wallet has. Where
nothing is due the exit code is 0, and neither a key nor the backend is opened. With
--check nothing is renewed, and the exit code tells: 10 something is due, 4
something can no longer be renewed, 0 neither. With several certificates the exit
code is the worst, in the order 1, 6, 4, 5, 3, 7; the JSON has each.

--exec runs a program after each renewal; its arguments stand behind --, each as it
is, and no shell comes between. It finds CERTCTL_NAME, CERTCTL_CONTRACT_ID,
CERTCTL_USER_ID, CERTCTL_SERIAL, CERTCTL_OLD_SERIAL, CERTCTL_NOT_AFTER and
CERTCTL_FINGERPRINT_SHA256 in its environment, and the JSON of the certificate on
its standard input. What it writes goes to standard error. If it fails, or takes
longer than --exec-timeout, the renewal is done all the same: exit code 7.`,
		Example: `  certctl renew
  certctl renew tanaka --within 60d
  certctl renew --all --no-input -o json
  certctl renew --all --exec ./deploy.sh
  certctl renew --all --exec systemctl -- reload nginx
  certctl renew --all --check`,
	}
	c.Revoke = Page{
		Short: "Revoke one of your certificates",
		Long: `Has the backend revoke a certificate of the wallet, for good, at the request of its
own key. The certificate that it renewed is revoked with it. The entry stays in the
wallet, marked as revoked, until ` + "`certctl remove`" + `. For a key that is lost an
administrator revokes: ` + "`certctl user reissue`" + `.

--reason is unspecified, key_compromise (somebody else may have the key),
affiliation_changed, superseded or cessation_of_operation; keyCompromise, as
RFC 5280 writes it, is understood too.`,
		Example: `  certctl revoke tanaka --reason key_compromise
  certctl revoke 12345678901-tanaka --no-input -o json`,
	}
}

func englishRenewFlags() RenewFlags {
	return RenewFlags{
		RenewAll:     "every certificate in the wallet",
		Within:       "due are those that end within `TIME`, such as 30d, whatever the policy says",
		RenewForce:   "renew at once, due or not",
		AllowEmpty:   "an empty wallet is no error",
		Exec:         "run `PROGRAM` after each renewal, with the arguments behind --",
		ExecTimeout:  "kill the program of --exec after `TIME`",
		RevokeReason: "`REASON` of the revocation, as RFC 5280 has it",
		Replace:      "in the place of a living certificate, which is revoked (where policy.replace allows it)",
	}
}

func englishRenewal() Renewal {
	return Renewal{
		Results: map[string]string{
			"renewed": "renewed", "not_due": "not due", "due": "due", "failed": "failed", "not_renewable": "cannot be renewed",
		},
		ColumnFrom:  "DUE FROM",
		Doing:       "Renewing {name}",
		Renewed:     "The certificate {name} is renewed. The old one stays good for the time being.",
		Interrupted: "What was renewed is kept. Run `certctl renew` again: it goes on where this run ended.",
		Swept:       "The old certificate of {name} (serial {serial}) is dropped from the wallet: its time is over.",
		NotSwept:    "The old certificate of {name} could not be dropped from the wallet; the next run tries again.",

		HookCut:      "({count} more bytes of its output are left out.)",
		HookTimedOut: "{program} took longer than {time} and was killed.",
		HookExited:   "{program} ended with exit code {code}.",

		Revoked:     "The certificate {name} is revoked since {time} ({reason}).",
		RevokedNext: "For another one, the administrator runs:\n  certctl user reissue --contract-id {contract} --user-id {user}\nThe entry stays in the wallet until you remove it:\n  certctl remove {name}",
		RemoveLive:  "The certificate {name} is good until {time}, and removing it does not revoke it. To revoke it while its key is here, run `certctl revoke {name}` first.",
	}
}

func englishRenewErrors() RenewErrors {
	return RenewErrors{
		Empty: Problem{
			"The wallet is empty ({wallet}): there is nothing to renew.",
			"Get a certificate with `certctl acquire`, or name the right wallet with --wallet. With --allow-empty this is no error.",
		},
		Several:      "The wallet has several certificates: {names}.",
		SeveralHint:  "Name those that are to be renewed, or say --all.",
		NoHook:       "There is no program {program} to run.",
		NoHookHint:   "Check its name and that it may be executed.",
		HookNotSplit: "Nothing is split: --exec takes a program alone, and its arguments stand behind --, as in --exec {program} -- {arguments}",
	}
}
