package i18n

// Flags are the usages of all flags, one for each name; a flag means the same
// in every command that has it.
type Flags struct {
	Help, Version, Output, NoInput, NoColor, Verbose, Home, Timeout, Lang, Accessible string
	SealedBy, Wallet, WalletPasswordFile                                              string

	ContractID, UserID, Name, DisplayName, ContractName, CAName string
	ContractFilter, Admin, Email                                string
	OTP, NoOTP, OTPAskBack, OTPFile, SecretOut                  string
	Force                                                       string
	QuickstartDir                                               string
	KeyType, IfMissing, DiscardPending                          string
	Out, Format, Legacy, PasswordFile, PEM                      string
	HTML                                                        string
	DryRun                                                      string
	ImportResult                                                string
	NoDescriptions                                              string

	TokenFlags
	ChangeFlags
	UseFlags
	PublishFlags
	OperateFlags
	BackupFlags
	RootFlags
	RenewFlags
	PlaceFlags
	ListFlags
}

func englishFlags() Flags {
	return Flags{
		Help:               "show this help",
		Version:            "show which certctl this is",
		Output:             "`FORMAT` of the result: table, json, or jsonl for streams of rows",
		NoInput:            "never ask; what is missing is an error",
		NoColor:            "no colours (NO_COLOR does the same)",
		Accessible:         "ask line by line and draw nothing, for screen readers (always where TERM is dumb)",
		Verbose:            "name the cause of every error",
		Home:               "keep everything in this `DIR`: configuration, backend, wallet",
		Timeout:            "give up after this `TIME`, such as 30s; 0s waits for ever",
		Lang:               "`LANG` of all that certctl says: en or ja (default: by the locale)",
		SealedBy:           "`WHERE` the backend's sealing key is: keyring or file:PATH",
		Wallet:             "`WHERE` keys and certificates are kept: keyring or file:DIR",
		WalletPasswordFile: "`FILE` with the password of a file wallet, or none to leave its key unwrapped",

		ContractID:     "the contract's `ID`",
		UserID:         "the user's `ID`",
		Name:           "`NAME` of the certificate in the wallet (default: CONTRACT-USER in lower case)",
		DisplayName:    "the user's `NAME`, which the certificate will show",
		ContractName:   "the contract's `NAME`",
		CAName:         "`NAME` of the certificate authority, which every certificate shows as its issuer",
		ContractFilter: "only the users of the contract with this `ID`",
		Admin:          "make the user an administrator of the contract",
		Email:          "e-mail `ADDRESS` of the user; may be given several times",
		OTP:            "make an OTP token for the user, or take the hardware token `SERIAL`, and issue their certificate slot",
		NoOTP:          "no OTP token now, and no slot: certctl otp register gives both later",
		OTPAskBack:     "`FILE` with the code that the new token shows, to confirm it; - is standard input",
		OTPFile:        "`FILE` with the one-time password; - is standard input",
		QuickstartDir:  "make everything in this new `DIR` (default: a temporary directory)",
		SecretOut:      "write the token's secret, or the PIN, to this new `FILE` (0600), and not into the result",
		KeyType:        "`TYPE` of the key: ec-p256, ec-p384, rsa-2048, rsa-3072 or ed25519",
		IfMissing:      "do nothing where the wallet holds an unexpired certificate of this user",
		DiscardPending: "drop the key of an acquisition that was not finished, if the backend never certified it",
		Out:            "`FILE` to write",
		Format:         "`FORMAT` of the file: p12 (key and chain under a password) or pem (key and chain, open)",
		Force:          "replace the file where it is there already",
		Legacy:         "use the PKCS#12 of old programs (3DES and SHA-1)",
		PasswordFile:   "`FILE` with the password of the file; - is standard input",
		HTML:           "make a page for a browser, which prints well",
		ImportResult:   "`FILE` for the secrets and what became of each user (default: beside the list, .result.csv)",
		DryRun:         "show what would be done, and do nothing",
		PEM:            "print the issuing and the root certificate as PEM",
		NoDescriptions: "leave the descriptions out of the completions",

		TokenFlags:   englishTokenFlags(),
		UseFlags:     englishUseFlags(),
		PublishFlags: englishPublishFlags(),
		ChangeFlags:  englishChangeFlags(),
		OperateFlags: englishOperateFlags(),
		BackupFlags:  englishBackupFlags(),
		RootFlags:    englishRootFlags(),
		RenewFlags:   englishRenewFlags(),
		PlaceFlags:   englishPlaceFlags(),
		ListFlags:    englishListFlags(),
	}
}
