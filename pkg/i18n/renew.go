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
