package backup

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"filippo.io/age"
)

// Writer writes a backup. What it has written is one only after Close.
type Writer struct {
	sealed io.WriteCloser
	buffer *bufio.Writer
	lines  *json.Encoder
	table  Table
	rows   map[string]int64
}

// NewWriter begins a backup in w, encrypted to recipients.
func NewWriter(w io.Writer, h Header, to Recipients) (*Writer, error) {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return nil, fmt.Errorf("encrypt backup: %w", err)
	}
	buffer := bufio.NewWriter(sealed)
	b := &Writer{sealed: sealed, buffer: buffer, lines: json.NewEncoder(buffer), rows: map[string]int64{}}
	b.lines.SetEscapeHTML(false)
	h.Format = format
	return b, b.lines.Encode(h)
}

// Table begins a table. Its rows follow.
func (b *Writer) Table(t Table) error {
	b.table, b.rows[t.Name] = t, 0
	return b.lines.Encode(t)
}

// Row writes a row of the table that was begun last: for each column nil, an
// int64, a string or bytes.
func (b *Writer) Row(values []any) error {
	line := make([]any, len(values))
	for n, v := range values {
		switch v := v.(type) {
		case nil, int64:
			line[n] = v
		case string:
			if !utf8.ValidString(v) { // JSON would write another
				return fmt.Errorf("%s.%s is no text in UTF-8", b.table.Name, b.table.Columns[n])
			}
			line[n] = v
		case []byte:
			line[n] = blob{v}
		default:
			return fmt.Errorf("%s.%s is a %T", b.table.Name, b.table.Columns[n], v)
		}
	}
	b.rows[b.table.Name]++
	return b.lines.Encode(line)
}

// Rows is how many rows were written.
func (b *Writer) Rows() int64 {
	var n int64
	for _, rows := range b.rows {
		n += rows
	}
	return n
}

// Close ends the backup. It does not close what it was written to.
func (b *Writer) Close() error {
	return errors.Join(b.lines.Encode(trailer{b.rows}), b.buffer.Flush(), b.sealed.Close())
}
