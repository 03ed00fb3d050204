package backup

import (
	"bufio"
	"bytes"
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
func (b *Reader) decrypt() (*bufio.Reader, error) {
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
	return bufio.NewReaderSize(plain, 1<<16), nil
}

// The longest lines that are read, in bytes: a revocation list with a million
// entries takes 55 MiB of a row, and no other line has more than a few hundred.
const (
	longestRow  = 256 << 20
	longestLine = 1 << 16
)

// next returns the next line, without its end. A row may be long; io.EOF after the
// last line.
func next(lines *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := lines.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line[:len(line)-1], nil
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, unreadable(io.ErrUnexpectedEOF)
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, unreadable(err)
		}
		if limit := longest(line); len(line) > limit {
			return nil, fmt.Errorf("%w: a line has more than %d bytes", ErrDamaged, limit)
		}
	}
}

func longest(line []byte) int {
	if line[0] == '[' {
		return longestRow
	}
	return longestLine
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

func header(lines *bufio.Reader) (Header, error) {
	line, err := next(lines)
	if errors.Is(err, io.EOF) {
		return Header{}, unreadable(err)
	}
	if err != nil {
		return Header{}, err
	}
	var version struct {
		Format int `json:"certctl_backup"`
	}
	if json.Unmarshal(line, &version) != nil || version.Format < 1 {
		return Header{}, ErrForeign // something else is in this file of age's
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

func visit(lines *bufio.Reader, v Visitor) error {
	rows := map[string]int64{}
	var table Table
	for {
		line, err := next(lines)
		if errors.Is(err, io.EOF) {
			return unreadable(err) // before the last line
		}
		if err != nil {
			return err
		}
		if bytes.HasPrefix(line, []byte("[")) {
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
		if _, twice := rows[other.Name]; twice || len(other.Columns) == 0 {
			return fmt.Errorf("%w: the table %q is there twice, or has no columns", ErrDamaged, other.Name)
		}
		table, rows[other.Name] = other.Table, 0
		if err := v.Table(table); err != nil {
			return err
		}
	}
}

// ended checks that the last line is the last, and that what it says was there.
func ended(lines *bufio.Reader, last trailer, rows map[string]int64) error {
	if !maps.Equal(last.Rows, rows) {
		return fmt.Errorf("%w: it has the rows %v and should have %v", ErrDamaged, rows, last.Rows)
	}
	switch _, err := lines.ReadByte(); {
	case err == nil:
		return fmt.Errorf("%w: it goes on after its end", ErrDamaged)
	case !errors.Is(err, io.EOF):
		return unreadable(err) // age's own end
	}
	return nil
}

// rowOf returns the values of a row. Of one that has more than its table has
// columns, no more are looked at.
func rowOf(line []byte, table Table) ([]any, error) {
	in := json.NewDecoder(bytes.NewReader(line))
	_, err := in.Token() // the bracket
	values := make([]any, 0, len(table.Columns))
	for err == nil && in.More() {
		if len(values) == len(table.Columns) {
			return nil, fmt.Errorf("%w: a row of %q has more than %d columns", ErrDamaged, table.Name, len(values))
		}
		var raw json.RawMessage
		if err = in.Decode(&raw); err != nil {
			break
		}
		v, bad := valueOf(raw)
		if bad != nil {
			return nil, fmt.Errorf("%w: %s.%s: %w", ErrDamaged, table.Name, table.Columns[len(values)], bad)
		}
		values = append(values, v)
	}
	if err == nil {
		_, err = in.Token() // the other bracket
	}
	if err == nil && (len(values) == 0 || len(values) < len(table.Columns)) {
		err = fmt.Errorf("a row of %q has %d columns", table.Name, len(values))
	}
	if err == nil && len(bytes.TrimSpace(line[in.InputOffset():])) > 0 {
		err = errors.New("a line goes on after its row")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return values, nil
}

func valueOf(raw json.RawMessage) (any, error) {
	var err error
	switch raw[0] {
	case 'n':
		return nil, nil
	case '"':
		var text string
		err = json.Unmarshal(raw, &text)
		return text, err
	case '{':
		var b blob
		in := json.NewDecoder(bytes.NewReader(raw))
		in.DisallowUnknownFields()
		if err = in.Decode(&b); err == nil && b.Bytes == nil {
			err = errors.New("no bytes")
		}
		return b.Bytes, err
	case '[', 't', 'f':
		return nil, errors.New("no value of a column")
	}
	var n int64
	err = json.Unmarshal(raw, &n)
	return n, err
}
