package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"time"

	"certctl/pkg/api"
)

// ErrNoResult says that a file is no result file of an import.
var ErrNoResult = errors.New("not a result file of an import")

// Outcome is what became of a user of a list.
type Outcome string

// The outcomes; another is the code of the error that kept the user out.
const (
	Planned Outcome = "planned" // not tried, or cut short: tried again
	Added   Outcome = "added"
	Exists  Outcome = "exists" // was there before, and was left alone
	// TokenTaken: another user has got the hardware token since the list was judged.
	TokenTaken Outcome = "token_taken"
)

// Done tells whether there is nothing left to do about a user.
func (o Outcome) Done() bool { return o == Added || o == Exists }

// Entry is one user in a result file.
type Entry struct {
	Ref       api.UserRef
	Outcome   Outcome
	AcquireBy time.Time // zero: nothing to acquire
	// Secret is the base32 secret of a software token and URI the same as
	// otpauth URI; both are empty for other tokens.
	Secret api.Secret
	URI    api.Secret
	Serial string     // of a hardware token
	PIN    api.Secret // in the place of a token
	// Key is what makes adding the user again the same as adding them once: see
	// api.NewUser.
	Key string
}

// result columns, in their order.
func resultColumns() []string {
	return []string{"contract_id", "user_id", "outcome", "acquire_by", "otp_secret", "otp_uri", "otp_serial", "pin", "key"}
}

// Marshal returns a result file: CSV with a heading, UTF-8, times in RFC 3339.
func Marshal(entries []Entry) ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	rows := [][]string{resultColumns()}
	for _, e := range entries {
		by := ""
		if !e.AcquireBy.IsZero() {
			by = e.AcquireBy.UTC().Format(time.RFC3339)
		}
		rows = append(rows, []string{e.Ref.ContractID, e.Ref.UserID, string(e.Outcome), by, string(e.Secret), string(e.URI), e.Serial, string(e.PIN), e.Key})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the result: %w", err)
	}
	return text.Bytes(), nil
}

// Unmarshal reads a result file; ErrNoResult where it is something else, or
// another program has changed it.
func Unmarshal(ids api.IDs, data []byte) ([]Entry, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], resultColumns()) {
		return nil, ErrNoResult
	}
	var entries []Entry
	for _, cells := range rows[1:] {
		ref, err := ids.Ref(cells[0], cells[1])
		if err != nil || !slices.Equal([]string{ref.ContractID, ref.UserID}, cells[:2]) {
			return nil, ErrNoResult
		}
		e := Entry{
			Ref:     ref,
			Outcome: Outcome(cells[2]),
			Secret:  api.Secret(cells[4]),
			URI:     api.Secret(cells[5]),
			Serial:  cells[6],
			PIN:     api.Secret(cells[7]),
			Key:     cells[8],
		}
		if !e.Outcome.Done() && !api.ValidKey(e.Key) {
			return nil, ErrNoResult
		}
		if cells[3] != "" {
			if e.AcquireBy, err = time.Parse(time.RFC3339, cells[3]); err != nil {
				return nil, ErrNoResult
			}
		}
		entries = append(entries, e)
	}
	return entries, nil
}
