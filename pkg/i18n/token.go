package i18n

// TokenCommands are the help pages of `certctl otp` and `certctl pin`.
type TokenCommands struct {
	OTP                                                               Group
	OTPRegister, OTPReplace, OTPResync, OTPRemove, OTPList, OTPImport Page

	PIN      Group
	PINReset Page
}

// TokenFlags are the flags of tokens and PINs.
type TokenFlags struct {
	TokenSerial, TokenShared, TokenType, TokenDigits, TokenPeriod, TokenAlgorithm, TokenExpires string
	TokenLost                                                                                   string
	TokenFilter, TwoCodes, KeyFile                                                              string
	UserPIN                                                                                     string
}

// TokenPrompt is what is asked about tokens and PINs.
type TokenPrompt struct {
	FactorPIN    string
	AskBackHint  string // {digits}: of a hardware token
	AskBackShort string

	AcquirePIN, PIN, PINHint, PINMissing string

	Remove     string // {user}, {contract}
	RemoveNote string

	Resync              string // {user}, {contract}
	ResyncHint          string // {digits}
	FirstCode, NextCode string
}

// TokenOutput is what the commands of tokens and PINs say.
type TokenOutput struct {
	ColumnSerial, ColumnUsers, ColumnLastUsed, ColumnNote string // headings
	LabelSerial, LabelPIN, LabelExpires                   string
	Software                                              string // in the place of a serial
	Free                                                  string // in the place of users
	Inventory                                             string // in the place of a contract
	Unconfirmed, Locked                                   string
	Drifts                                                string // {seconds}
	Ends                                                  string // {time}
	Ended                                                 string // {time}
	LostEnded                                             string // after Removed or Replaced

	Replaced, Removed, Resynced, PINSet string // {user}, {contract}
	PINOnce, PINWritten                 string // {file}
	HasPIN                              string
	NoTokens                            string
	Imported                            string // {added}, {count}
	ImportDry                           string // {count}
	NotTwoCodes, TwoCodesHint           string

	// Faults are what is wrong with a file of tokens, and FaultLine and FaultKey
	// say where: {line} or {serial}, {fault}.
	Faults              map[string]string
	FaultLine, FaultKey string
	FaultFile           string // {fault}: of the whole file
	BadInventory        string // {file}, {count}; the faults follow
	BadInventoryHint    string
	MoreFaults          string // {count}
}
