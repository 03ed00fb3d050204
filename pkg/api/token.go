package api

import (
	"context"
	"strings"
	"time"
)

// Tokens is the part of Admin that gives users what they prove themselves with.
type Tokens interface {
	// RegisterToken gives a user who has none a token, which ends their PIN, and
	// issues the slot where it never was. Exists where the user has one, or
	// another user has the hardware token and it is not to be shared; NotFound
	// where the inventory has no such serial for the contract, OTPExpired where the
	// time of that token is over; OTPWrong, OTPSpent and OTPDrifted where Code is
	// given and is not the one of now: nothing is changed then. The user's wrong-code counter stays as it is.
	RegisterToken(ctx context.Context, by Actor, ref UserRef, t NewToken) (User, error)
	// ReplaceToken takes the user's token away and gives them another one, in one
	// act. OTPNotRegistered where they have none; else as RegisterToken.
	ReplaceToken(ctx context.Context, by Actor, ref UserRef, t NewToken) (User, error)
	// RemoveToken takes the user's token away. It is free then, with its replay
	// memory; the user has nothing to prove themselves with until another one is
	// registered or a PIN reset. A lost one ends instead, for all who share it, and
	// nobody is given it again. OTPNotRegistered where they have none.
	RemoveToken(ctx context.Context, by Actor, ref UserRef, lost bool) (User, error)
	// ResyncToken finds the user's token again by two consecutive codes: within
	// ten minutes of now, or 100 codes ahead where it counts. Both are spent.
	// OTPWrong, OTPSpent, OTPNotRegistered.
	ResyncToken(ctx context.Context, by Actor, ref UserRef, first, second Secret) (User, error)
	// Tokens returns a page of the tokens that q wants: those that a user has, and
	// all hardware. Usage where After is no place in such a list; NotFound where
	// there is no such contract.
	Tokens(ctx context.Context, by Actor, q TokenQuery) (TokenPage, error)
	// HardwareToken returns a hardware token by its serial; NotFound.
	HardwareToken(ctx context.Context, by Actor, serial string) (TokenInfo, error)
	// ImportTokens puts hardware tokens into the inventory of a contract, or of
	// none where contractID is empty, all or nothing, and returns how many were
	// new. One that is there already, of the same secret and contract, stays as
	// it is; Exists, with the serial, where either differs.
	ImportTokens(ctx context.Context, by Actor, contractID string, tokens []InventoryToken) (added int, err error)

	// ResetPIN gives a user who has no token a PIN in the place of any they had,
	// and issues the slot where it never was. PINRefused where the user has a
	// token, or the policy knows no PINs.
	ResetPIN(ctx context.Context, by Actor, ref UserRef, pin Secret) (User, error)
}

// NewToken is a token to be registered: a software token with its secret, or a
// hardware token of the inventory, by its serial.
type NewToken struct {
	// Serial names a hardware token, whose Params and Secret are known then.
	Serial string
	// Shared lets the user have a hardware token that others of their contract
	// have.
	Shared bool

	Params TokenParams
	Secret Secret // base32, RFC 4648, without padding
	// Expires is when a software token that is to help out ends; zero: never.
	Expires time.Time

	// OldLost says of the token that this one replaces that it is lost: see
	// RemoveToken.
	OldLost bool

	// Code is what the token shows, asked back; empty leaves the token
	// unconfirmed until its first success. A code given here is spent.
	Code Secret
}

// The types of tokens.
const (
	TOTP = "totp" // moves on with the time (RFC 6238)
	HOTP = "hotp" // moves on with each code (RFC 4226)
)

// TokenParams are the public parameters of a one-time password token. The zero
// value is not valid; DefaultTokenParams is what authenticator apps take.
type TokenParams struct {
	Type      string        // TOTP or HOTP
	Digits    int           // 6 or 8
	Period    time.Duration // of one step of TOTP: 30 or 60 s
	Algorithm string        // "SHA1", "SHA256" or "SHA512"
}

// DefaultTokenParams returns TOTP with 6 digits, 30 seconds and SHA-1.
func DefaultTokenParams() TokenParams {
	return TokenParams{Type: TOTP, Digits: 6, Period: 30 * time.Second, Algorithm: "SHA1"}
}

// Token describes a registered token, without its secret.
type Token struct {
	Serial    string // of hardware; empty: software
	Params    TokenParams
	Confirmed bool // a code of it has been right once
	Locked    bool
	// ResyncNeeded: after a restore, where a counter is, nobody knows.
	ResyncNeeded bool
	Drift        time.Duration // learned, in whole periods
	LastUsed     time.Time     // zero: never
	Expires      time.Time     // zero: never
}

// TokenInfo is a token in the list of all.
type TokenInfo struct {
	Token
	ContractID string   // empty: in the inventory, for any contract
	Users      []string // who has it: user IDs; none: free
}

// InventoryToken is a hardware token to be imported.
type InventoryToken struct {
	Serial  string
	Params  TokenParams
	Secret  Secret    // base32, RFC 4648, without padding
	Counter int64     // HOTP: the first that is not used
	Expires time.Time // zero: never
}

// TokenSerial returns the serial of a hardware token as it is kept: NFKC, trimmed,
// upper case. It has 1 to 64 letters, digits and the signs . _ : / - between them;
// anything else is an Error with code Usage.
func TokenSerial(serial string) (string, error) {
	kept := strings.ToUpper(fold(serial))
	const capitals = digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if kept == "" || len(kept) > 64 || strings.Trim(kept[:1], capitals) != "" || strings.Trim(kept, capitals+"._:/-") != "" {
		return "", &Error{Code: Usage, Field: "serial", Value: serial}
	}
	return kept, nil
}
