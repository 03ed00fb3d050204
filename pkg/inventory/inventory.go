// Package inventory reads the files that come with hardware tokens: CSV, and PSKC
// (RFC 6030), plain or encrypted. It tells all that is wrong with a file at once,
// and gives back tokens only where nothing is.
//
// What it reads is from outside. A file that is too big or that defines entities is
// refused before it costs anything, and of an encrypted value the MAC is checked
// before the value is used. XML signatures are not looked at: what vouches for a
// plain file is the way it came.
package inventory

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"certctl/pkg/otp"
)

// Limits of a file: an inventory of a great many tokens stays far below.
const (
	maxFile   = 32 << 20 // bytes
	maxTokens = 100_000
)

// Token is one token of a file.
type Token struct {
	Serial  string // as it is written there
	Params  otp.Params
	Secret  otp.Secret
	Counter int64     // of a counter: the first that is not used
	Starts  time.Time // must not be used before; zero: whenever
	Expires time.Time // zero: never
}

// Keys opens an encrypted file. The zero value opens none.
type Keys struct {
	PreShared []byte // of 16, 24 or 32 bytes; nil: none
	Password  string // empty: none
}

// Cause says in a word why a file, or a token of it, is refused.
type Cause string

// The causes.
const (
	Format      Cause = "format"      // neither a CSV with a head nor a PSKC file
	Columns     Cause = "columns"     // one that is not known, or none for serial or secret
	Fields      Cause = "fields"      // too few or too many
	Serial      Cause = "serial"      // none
	Twice       Cause = "twice"       // a serial
	Secret      Cause = "secret"      // none, or not one of 16 to 128 bytes
	Parameters  Cause = "parameters"  // type, digits, period or algorithm
	Counter     Cause = "counter"     // not a number from 0 to otp.MaxCounter
	Policy      Cause = "policy"      // not known, or not for one-time passwords: the key must not be used
	MAC         Cause = "mac"         // does not hold
	NoMAC       Cause = "no_mac"      // of an encrypted value
	NoKey       Cause = "no_key"      // for an encrypted value
	Key         Cause = "key"         // that was given is none
	Unsupported Cause = "unsupported" // a way to encrypt
	TooBig      Cause = "too_big"
	Doctype     Cause = "doctype" // a document type definition
	Empty       Cause = "empty"
)

// Causes returns all causes.
func Causes() []Cause {
	return []Cause{Format, Columns, Fields, Serial, Twice, Secret, Parameters, Counter, Policy,
		MAC, NoMAC, NoKey, Key, Unsupported, TooBig, Doctype, Empty}
}

// Fault is one thing that is wrong with a file. It holds nothing secret.
type Fault struct {
	Line   int    // in a CSV; 0: the whole file, or a PSKC file
	Serial string // of the token; may be empty
	Cause  Cause
	Err    error // what a parser says of it; may be nil
}

// Error describes the fault for a log.
func (f *Fault) Error() string {
	return fmt.Sprintf("line %d, serial %q: %s", f.Line, f.Serial, f.Cause)
}

// Unwrap returns what a parser says.
func (f *Fault) Unwrap() error { return f.Err }

// Faults returns the faults that an error of Read is made of, in the order in
// which they stand in the file.
func Faults(err error) []*Fault {
	var all []*Fault
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			all = append(all, Faults(e)...)
		}
		return all
	}
	if one := (*Fault)(nil); errors.As(err, &one) {
		all = append(all, one)
	}
	return all
}

// Read returns the tokens of a file, in its order, or an error that Faults takes
// apart. What begins with "<" is read as PSKC, anything else as CSV, both in
// UTF-8; keys are for PSKC alone. A file of more than 32 MiB is TooBig.
func Read(file []byte, keys Keys) ([]Token, error) {
	if len(file) > maxFile {
		return nil, &Fault{Cause: TooBig}
	}
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	read := readCSV
	if bytes.HasPrefix(bytes.TrimLeft(file, " \t\r\n"), []byte("<")) {
		read = func(file []byte) ([]Token, error) { return readPSKC(file, keys) }
	}
	tokens, err := read(file)
	if err == nil && len(tokens) == 0 {
		err = &Fault{Cause: Empty}
	}
	if err != nil {
		return nil, err
	}
	return tokens, nil
}
