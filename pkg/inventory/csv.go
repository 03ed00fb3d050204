package inventory

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/otp"
)

// columns are the names that a CSV may have in its first line.
func columns() []string {
	return []string{"serial", "secret", "hex", "type", "digits", "period", "algorithm", "counter"}
}

// readCSV reads a CSV file (RFC 4180) whose first line names its columns.
func readCSV(file []byte) ([]Token, error) {
	r := csv.NewReader(bytes.NewReader(file))
	r.TrimLeadingSpace = true
	r.FieldsPerRecord = -1 // said for each row
	head, err := r.Read()
	if err != nil {
		return nil, &Fault{Cause: Format, Err: err}
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(head[i]))
	}
	if err := checkHead(head); err != nil {
		return nil, err
	}
	var tokens []Token
	var faults []error
	seen := map[string]bool{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return tokens, errors.Join(faults...)
		}
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			return nil, errors.Join(append(faults, &Fault{Line: bad.Line, Cause: Fields, Err: err})...)
		}
		line, _ := r.FieldPos(0)
		t, cause := rowToken(head, row)
		if key := strings.ToUpper(t.Serial); cause == "" && seen[key] {
			cause = Twice
		} else {
			seen[key] = true
		}
		if cause != "" {
			faults = append(faults, &Fault{Line: line, Serial: t.Serial, Cause: cause})
		}
		tokens = append(tokens, t)
		if len(tokens) > maxTokens {
			return nil, &Fault{Line: line, Cause: TooBig}
		}
	}
}

func checkHead(head []string) error {
	known := 0
	for _, name := range head {
		if slices.Contains(columns(), name) {
			known++
		}
	}
	if known == 0 {
		return &Fault{Line: 1, Cause: Format}
	}
	sorted := slices.Sorted(slices.Values(head))
	secrets := 0
	for _, name := range []string{"secret", "hex"} {
		if slices.Contains(head, name) {
			secrets++
		}
	}
	if known < len(head) || len(slices.Compact(sorted)) < len(head) || secrets != 1 || !slices.Contains(head, "serial") {
		return &Fault{Line: 1, Cause: Columns}
	}
	return nil
}

// rowToken makes a token of a row. What is empty is the usual.
func rowToken(head, row []string) (t Token, cause Cause) {
	if len(row) != len(head) {
		return t, Fields
	}
	value := map[string]string{}
	for i, name := range head {
		value[name] = strings.TrimSpace(row[i])
	}
	t.Serial = value["serial"]
	if t.Serial == "" {
		return t, Serial
	}
	var err error
	if text, isHex := value["hex"]; isHex {
		if t.Secret, err = hex.DecodeString(text); err == nil {
			t.Secret, err = otp.DecodeSecret(otp.EncodeSecret(t.Secret)) // its bounds
		}
	} else {
		t.Secret, err = otp.DecodeSecret(value["secret"])
	}
	if err != nil {
		return t, Secret
	}
	if t.Params, err = rowParams(value); err != nil {
		return t, Parameters
	}
	if value["counter"] == "" {
		return t, ""
	}
	if t.Counter, err = strconv.ParseInt(value["counter"], 10, 64); err != nil || t.Counter < 0 || t.Counter > otp.MaxCounter || !t.Params.Counter {
		return t, Counter
	}
	return t, ""
}

func rowParams(value map[string]string) (otp.Params, error) {
	p := otp.DefaultParams()
	switch strings.ToLower(value["type"]) {
	case "", "totp":
	case "hotp":
		p.Counter, p.Period = true, 0
	default:
		return p, otp.ErrParams
	}
	if text := value["digits"]; text != "" {
		digits, err := strconv.Atoi(text)
		if err != nil {
			return p, err
		}
		p.Digits = digits
	}
	if text := strings.TrimSuffix(value["period"], "s"); text != "" {
		seconds, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return p, err
		}
		p.Period = time.Duration(seconds) * time.Second
	}
	if text := value["algorithm"]; text != "" {
		p.Algorithm = algorithm(text)
	}
	return p, p.Validate()
}

// algorithm reads the name of a hash as people write it: SHA-256, hmacsha256.
func algorithm(text string) otp.Algorithm {
	text = strings.ToUpper(strings.ReplaceAll(text, "-", ""))
	return otp.Algorithm(strings.TrimPrefix(text, "HMAC"))
}
