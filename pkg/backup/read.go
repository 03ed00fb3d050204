package backup

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"

	"filippo.io/age"
)

// Reader reads a backup, as often as it is asked to.
type Reader struct {
	Header Header

	file io.ReadSeeker
	with Identities
}

// Visitor is called with what a backup holds, in its order.
type Visitor struct {
	Table func(Table) error
	// Row is called for each row of the table that came last: for each column nil,
	// an int64, a string or bytes. It may keep them.
	Row func([]any) error
}

// Open reads the header of a backup. It returns one of the errors of this
// package where it is none that can be used here.
func Open(file io.ReadSeeker, with Identities) (*Reader, error) {
	b := &Reader{file: file, with: with}
	lines, err := b.decrypt()
	if err != nil {
		return nil, err
	}
	b.Header, err = header(lines)
	return b, err
}

// Visit reads all of the backup, from its first table on. Only when it returns
// nil was all of it there: what was visited before may have been the half.
func (b *Reader) Visit(v Visitor) error {
	lines, err := b.decrypt()
	if err != nil {
		return err
	}
	if _, err := header(lines); err != nil {
		return err
	}
	return visit(lines, v)
}

// decrypt returns what is in the file, from its beginning.
func (b *Reader) decrypt() (*json.Decoder, error) {
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(b.file, 1<<16)
	if err := isAge(buffered); err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(buffered, b.with...)
	if err != nil {
		return nil, unreadable(err)
	}
	lines := json.NewDecoder(bufio.NewReader(plain))
	lines.UseNumber()
	return lines, nil
}

// isAge looks at how a file begins.
func isAge(r *bufio.Reader) error {
	const intro = "age-encryption.org/v1\n"
	begin, err := r.Peek(len(intro))
	switch {
	case string(begin) == intro:
		return nil
	case len(begin) > 0 && errors.Is(err, io.EOF) && bytes.HasPrefix([]byte(intro), begin):
		return ErrTruncated
	case err == nil || errors.Is(err, io.EOF):
		return ErrForeign
	}
	return err
}

// unreadable wraps the error of what a file is read by in the one that names
// its cause.
func unreadable(err error) error {
	cause := ErrDamaged
	wrong := (*age.NoIdentityMatchError)(nil)
	switch {
	case errors.As(err, &wrong):
		cause = ErrLocked
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		cause = ErrTruncated
	}
	return fmt.Errorf("%w: %w", cause, err)
}

func header(lines *json.Decoder) (Header, error) {
	var line json.RawMessage
	if err := lines.Decode(&line); err != nil {
		if bad := (*json.SyntaxError)(nil); errors.As(err, &bad) {
			return Header{}, ErrForeign // something else is in this file of age's
		}
		return Header{}, unreadable(err)
	}
	var version struct {
		Format int `json:"certctl_backup"`
	}
	if json.Unmarshal(line, &version) != nil || version.Format < 1 {
		return Header{}, ErrForeign
	}
	if version.Format > format {
		return Header{}, fmt.Errorf("format %d, this program knows %d: %w", version.Format, format, ErrTooNew)
	}
	var h Header
	if err := json.Unmarshal(line, &h); err != nil {
		return Header{}, fmt.Errorf("%w: header: %w", ErrDamaged, err)
	}
	return h, nil
}

func visit(lines *json.Decoder, v Visitor) error {
	rows := map[string]int64{}
	var table Table
	for {
		var line json.RawMessage
		if err := lines.Decode(&line); err != nil {
			return unreadable(err) // also the end, before the last line
		}
		if line[0] == '[' {
			values, err := rowOf(line, table)
			if err != nil {
				return err
			}
			rows[table.Name]++
			if err := v.Row(values); err != nil {
				return err
			}
			continue
		}
		var other struct {
			Table
			trailer
		}
		if err := json.Unmarshal(line, &other); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if other.Name == "" {
			return ended(lines, other.trailer, rows)
		}
		table, rows[other.Name] = other.Table, 0
		if err := v.Table(table); err != nil {
			return err
		}
	}
}

// ended checks that the last line is the last, and that what it says was there.
func ended(lines *json.Decoder, last trailer, rows map[string]int64) error {
	if !maps.Equal(last.Rows, rows) {
		return fmt.Errorf("%w: it has the rows %v and should have %v", ErrDamaged, rows, last.Rows)
	}
	switch err := lines.Decode(&json.RawMessage{}); {
	case err == nil:
		return fmt.Errorf("%w: it goes on after its end", ErrDamaged)
	case !errors.Is(err, io.EOF):
		return unreadable(err) // age's own end
	}
	return nil
}

// rowOf returns the values of a row.
func rowOf(line json.RawMessage, table Table) ([]any, error) {
	lines := json.NewDecoder(bytes.NewReader(line))
	lines.UseNumber()
	var values []any
	if err := lines.Decode(&values); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(values) != len(table.Columns) {
		return nil, fmt.Errorf("%w: a row of %q has %d columns", ErrDamaged, table.Name, len(values))
	}
	for n, v := range values {
		var err error
		if values[n], err = valueOf(v); err != nil {
			return nil, fmt.Errorf("%w: %s.%s: %w", ErrDamaged, table.Name, table.Columns[n], err)
		}
	}
	return values, nil
}

func valueOf(v any) (any, error) {
	switch v := v.(type) {
	case nil, string:
		return v, nil
	case json.Number:
		return v.Int64()
	case map[string]any:
		if text, ok := v["b"].(string); ok && len(v) == 1 {
			return base64.StdEncoding.DecodeString(text)
		}
	}
	return nil, errors.New("no value of a column")
}
