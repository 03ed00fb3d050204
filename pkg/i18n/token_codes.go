package i18n

// englishTokenCodes are the errors of tokens and PINs.
func englishTokenCodes() map[string]Problem {
	return map[string]Problem{
		"otp_expired": {
			"This OTP token has ended: its time is over, or it was reported lost.",
			"Ask the administrator to run `certctl otp replace` for this user.",
		},
		"pin_wrong": {
			"The confirmation PIN is wrong.",
			"Type it as it was handed to you: capitals and small letters differ. Where it is lost, ask the administrator to run `certctl pin reset` for this user.",
		},
		"pin_refused": {
			"This user can have no PIN.",
			"Register an OTP token: `certctl otp register`.",
		},
	}
}

func englishTokenThings() map[string]string {
	return map[string]string{
		"serial":  "hardware token",
		"pin":     "PIN",
		"expires": "end of a token",
	}
}

func englishTokenHints() map[string]string {
	return map[string]string{
		"otp_wrong software_token":   "Give the code that the app shows now for this new token; an older entry of the same name is another one. Where it stays wrong, set the clock of the phone or PC to automatic, or leave the code out: the user's first right code confirms the token too.",
		"otp_drifted software_token": "Set the clock of the phone or PC that shows the code to automatic, then give the code it shows next.",
		"otp_wrong hardware_token":   "Check the serial number on the token, and give the code that it shows now. Where it stays wrong, register it without a code; `certctl otp resync` then finds it by two.",
		"otp_drifted hardware_token": "Register it without a code; `certctl otp resync` then finds it by two.",

		"exists token":       "A user has one token. `certctl otp replace` gives them another in its place.",
		"exists serial":      "Another user has it, or it was imported with another secret or for another contract: see `certctl otp list`. To let several users of one contract share a token, say --shared.",
		"not_found serial":   "`certctl otp list` shows the hardware tokens of the contract and those that are free. Import new ones with `certctl otp import`.",
		"otp_expired serial": "Take another one: `certctl otp list` shows which are free.",
		"usage serial":       "A serial number has 1 to 64 letters, digits and the signs . _ : / - between them, and stands once in a file.",
		"usage pin":          "A PIN has 6 to 12 letters and digits.",
		"usage expires":      "It lies in the past: give a time from now, such as --expires 24h.",
		"usage otp":          "A token has 6 or 8 digits, 30 or 60 seconds or a counter, SHA1, SHA256 or SHA512, and a secret of 16 to 128 bytes.",
		"pin_refused token":  "The user has a token, and whoever has one is asked for no PIN. Only when it was removed (`certctl otp remove`) can a PIN be set.",
		"pin_refused policy": "Here everybody needs a one-time password: acquire_auth is otp_only, or policy.reveal is uniform, which asks nobody for a PIN. " +
			"Register an OTP token: `certctl otp register`.",
	}
}
