package i18n

// englishCodes has the message and the next step for each stable code.
func englishCodes() map[string]Problem {
	return map[string]Problem{
		"internal": {
			"Something went wrong inside certctl.",
			"Run it again with -v and report what it says; it holds no secret.",
		},
		"audit_broken": {
			"The audit log was changed by other hands than certctl's.",
			"Compare with a backup: the rows named are edited, missing or swapped. What follows them cannot be trusted.",
		},
		"usage": {
			"The request cannot be understood.",
			"See `certctl --help`.",
		},
		"not_found": {
			"There is nothing of that name.",
			"`certctl list` shows the certificates in the wallet, `certctl user list` and `certctl contract list` what the backend knows.",
		},
		"store_absent": {
			"There is no issuing backend here yet.",
			"Make one with `certctl ca init`, or name the directory it is in with --home.",
		},
		"otp_wrong": {
			"The one-time password is wrong.",
			"Type the code that the token shows now. Check that it is the token of this user. Where it stays wrong, the administrator can find the token again with `certctl otp resync`.",
		},
		"otp_spent": {
			"This one-time password was used before, or is older than one that was.",
			"Wait until the token shows the next code and use that. It does not count as a wrong one.",
		},
		"otp_drifted": {
			"The one-time password is right, but for another time: the token's clock and this one differ.",
			"Set the clock of the phone or PC that shows the code to automatic, then use the code it shows next. Where it is a hardware token, ask the administrator to run `certctl otp resync`.",
		},
		"otp_not_registered": {
			"No OTP token is registered for this user.",
			"Ask the administrator to run `certctl otp register` for this user.",
		},
		"auth_failed": {
			"The backend refuses, and does not say why.",
			"Either an ID or the code is wrong, or no OTP is registered, or the user is locked or suspended. Check the IDs, wait for the next code, and ask the administrator whether an OTP is registered.",
		},
		"locked": {
			"The user is locked after too many wrong codes.",
			"Ask the administrator to run `certctl user resume` for this user. A certificate already acquired goes on working.",
		},
		"suspended": {
			"The user or the contract is suspended.",
			"Ask the administrator: `certctl user resume` lifts the suspension of a user.",
		},
		"not_issued": {
			"The administrator has not issued a certificate to this user yet.",
			"Ask the administrator to run `certctl user issue`, or `certctl otp register` where the user has no OTP yet.",
		},
		"acquire_expired": {
			"The time to acquire the certificate is over.",
			"Ask the administrator to run `certctl user reissue` for this user, then acquire.",
		},
		"reissue_needed": {
			"The certificate was revoked, or ended too long ago to be acquired again with a code.",
			"Ask the administrator to run `certctl user reissue` for this user, then acquire.",
		},
		"weak_key": {
			"The key is too weak, or of a kind that the policy does not take.",
			"Let certctl make the key: `certctl acquire --key-type ec-p256`.",
		},
		"bad_csr": {
			"The certificate request cannot be read, or its signature does not hold.",
			"Run `certctl acquire --discard-pending` to make a new key and request.",
		},
		"session_expired": {
			"The code came too late: the session is over.",
			"Run `certctl acquire` again; the key is kept.",
		},
		"chain_untrusted": {
			"The certificate that came back does not lead to the root that this backend is known by.",
			"Do not use it. Ask the operator whether the backend was replaced, and compare the root with `certctl ca show`.",
		},
		"session_used": {
			"This session has given its certificate already.",
			"Run `certctl acquire` again; it picks up what was issued.",
		},
		"already_acquired": {
			"The certificate has been acquired already.",
			"If the key is lost, ask the administrator to run `certctl user reissue`: it revokes the old certificate and lets you acquire a new one.",
		},
		"key_reused": {
			"This key was certified before and is not certified again.",
			"Run `certctl acquire` again: it makes a new key.",
		},
		"name_taken": {
			"The name belongs to another certificate in this wallet.",
			"Choose another one with --name.",
		},
		"exists": {
			"It is already there.",
			"Nothing was changed.",
		},
		"keyring_absent": {
			"There is no keyring to keep the key in.",
			"On a desktop, start the keyring (on Linux: a Secret Service such as GNOME Keyring or KWallet, with a session bus). Where there is none, keep the key in files, encrypted under the password in FILE:\n  certctl acquire --wallet file:DIR --wallet-password-file FILE\nWith `none` in the place of FILE they are readable by your account only, but not encrypted.",
		},
		"keyring_locked": {
			"The keyring is locked.",
			"Unlock it (log in to the desktop, or open the keyring's own program) and run the command again.",
		},
		"keyring_denied": {
			"The keyring refused.",
			"Allow certctl to use the keyring when it asks, and run the command again.",
		},
		"wallet_full": {
			"The wallet cannot hold a bundle of this size.",
			"Use the smaller default key (`--key-type ec-p256`), or a wallet of files: `--wallet file:DIR`.",
		},
		"wallet_locked": {
			"The wallet does not open: its password is wrong or missing, or another run of certctl holds it.",
			"Give the password with --wallet-password-file (CERTCTL_WALLET_PASSWORD_FILE), and let other runs of certctl end.",
		},
		"wallet_damaged": {
			"An entry of the wallet is damaged.",
			"`certctl doctor` tells which, and what to do about it.",
		},
		"disk_full": {
			"The disk is full.",
			"Make room and run the command again: nothing is lost, and no code was spent without its certificate being kept for you.",
		},
		"store_locked": {
			"Another program holds the backend's database.",
			"Wait until it is done and run the command again.",
		},
		"store_corrupt": {
			"The backend's database is damaged.",
			"Move the damaged file away, together with those beside it whose names begin with its name, and keep them for examination. Then bring the backend back from its latest backup: `certctl ca restore FILE`.",
		},
		"store_too_new": {
			"The backend's database was written by a newer certctl.",
			"Use that version or a later one; `certctl version` shows this one's.",
		},
		"store_denied": {
			"The backend's database may not be opened here.",
			"Check the permissions of the file, of those beside it whose names begin with its name, and of the directory. A database on a network file system is not opened: its locks do not hold there.",
		},
		"seal_wrong": {
			"The sealing key is not the one of this backend.",
			"Name the right one with --sealed-by or CERTCTL_SEALED_BY; `certctl config view` shows which is used and why.",
		},
		"ca_ending": {
			"The issuing CA ends before the certificate would.",
			"Ask the operator for a new issuing CA, which `certctl ca rotate` makes.",
		},
		"unsupported": {
			"This system has not what it takes for that.",
			"Run it with -v: the cause says what is missing.",
		},
		"mail_failed": {
			"The mail server did not take them.",
			"Check the smtp settings with `certctl config view`, and whether the server answers from this machine; then run it again.",
		},
		"timeout": {
			"It took too long.",
			"Run the command again. --timeout sets how long it may take.",
		},
		"due": {
			"A certificate is to be renewed or acquired.",
			"`certctl status` says which, and by what command.",
		},
		"cancelled": {
			"Cancelled.",
			"Run the command again when you like.",
		},
		"terminated": {
			"Ended from outside (SIGTERM).",
			"Run the command again.",
		},
	}
}
