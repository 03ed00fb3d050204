package backup_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"certctl/pkg/backup"
)

// An identity of age's for tests, made by age-keygen, and its public key.
const (
	identity  = "AGE-SECRET-KEY-1RJ429QNMM76EU76JLGKDAEYC36ZD6AQY75RFL9F0GNJXA7F2YH8S6V7QQJ"
	recipient = "age1gy796djn8288v29rqspkqlhkgs8dksd4nk3c3fjh7jzt95n2v5vsgen24y"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func header() backup.Header {
	return backup.Header{Format: 1, Schema: 2, Deployment: "d", Taken: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC), SealingKey: []byte{1, 2}}
}

// written is a backup of one table.
func written(table backup.Table, rows [][]any) ([]byte, error) {
	var file bytes.Buffer
	w := must(backup.NewWriter(&file, header(), must(backup.ToRecipients([]string{recipient}))))
	if err := w.Table(table); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return file.Bytes(), err
}

func open(file []byte) (*backup.Reader, error) {
	return backup.Open(bytes.NewReader(file), must(backup.WithIdentities(strings.NewReader(identity))))
}

// visit reads a backup of one table.
func visit(b *backup.Reader) (table backup.Table, rows [][]any, err error) {
	err = b.Visit(backup.Visitor{
		Table: func(t backup.Table) error { table = t; return nil },
		Row:   func(values []any) error { rows = append(rows, values); return nil },
	})
	return table, rows, err
}

// Every value of a column comes back as it was, also when it is read twice.
func TestEveryValueComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.Just[any](nil),
			rapid.Int64().AsAny(),
			rapid.SampledFrom([]any{int64(math.MaxInt64), int64(math.MinInt64), "", []byte{}, "<&>\u2028\x00", "田中　花子"}),
			rapid.String().AsAny(),
			rapid.SliceOf(rapid.Byte()).AsAny(),
		)
		columns := rapid.SliceOfN(rapid.StringMatching("[a-z_]+"), 1, 20).Draw(t, "columns")
		rows := rapid.SliceOf(rapid.SliceOfN(value, len(columns), len(columns))).Draw(t, "rows")
		table := backup.Table{Name: "users", Columns: columns}
		b := must(open(must(written(table, rows))))
		for range 2 {
			gotTable, got, err := visit(b)
			if err != nil || !reflect.DeepEqual(gotTable, table) || len(got) != len(rows) {
				t.Fatalf("%v, %d rows of %d: %v", gotTable, len(got), len(rows), err)
			}
			for n := range rows {
				if !reflect.DeepEqual(got[n], rows[n]) {
					t.Fatalf("row %d: %#v, was %#v", n, got[n], rows[n])
				}
			}
		}
		if !reflect.DeepEqual(b.Header, header()) {
			t.Fatalf("%+v", b.Header)
		}
	})
}

// What would not come back as it was is not written.
func TestAValueThatCannotBeKeptIsRefused(t *testing.T) {
	for _, v := range []any{"\xff", 1.5, true, int32(1)} {
		if _, err := written(backup.Table{Name: "users", Columns: []string{"id"}}, [][]any{{v}}); err == nil {
			t.Errorf("%#v is written", v)
		}
	}
}

// A file that is cut off anywhere, also between two of age's chunks, is never
// taken for a whole one.
func TestCutAnywhere(t *testing.T) {
	rows := make([][]any, 300)
	for n := range rows {
		rows[n] = []any{bytes.Repeat([]byte{byte(n)}, 700)}
	}
	file := must(written(backup.Table{Name: "audit", Columns: []string{"mac"}}, rows))
	const chunk = 64<<10 + 16
	payload := bytes.Index(file, []byte("\n---")) + 1
	payload += bytes.IndexByte(file[payload:], '\n') + 1 + 16
	cuts := []int{0, 1, 21, 22, payload - 20, payload - 1, payload, payload + chunk, payload + 2*chunk, len(file) - 1}
	for at := 1; at < len(file); at += 4999 {
		cuts = append(cuts, at)
	}
	truncated := 0
	for _, at := range cuts {
		b, err := open(file[:at])
		if err == nil {
			_, _, err = visit(b)
		}
		switch {
		case errors.Is(err, backup.ErrTruncated):
			truncated++
		case at == 0 && errors.Is(err, backup.ErrForeign), errors.Is(err, backup.ErrDamaged):
		default:
			t.Errorf("cut at %d of %d: %v", at, len(file), err)
		}
	}
	if truncated < 6 {
		t.Errorf("%d of %d cuts are told as such", truncated, len(cuts))
	}
}

// Whatever is in a file of age's, reading it ends in one of the errors, or in
// rows of as many columns as their table has.
func FuzzVisit(f *testing.F) {
	key := must(age.ParseX25519Identity(identity))
	begin := `{"certctl_backup":1,"schema":2,"deployment_id":"d","taken_at":"2027-03-01T09:00:00Z","sealing_key":"AQI="}` + "\n"
	for _, lines := range []string{
		"", "{}", "[", "[1]", "null", `{"rows":{}}`, `{"table":"a","columns":["b"]}` + "\n" + `["x"]` + "\n" + `{"rows":{"a":1}}`,
		`{"table":"a","columns":null}` + "\n" + `[]` + "\n" + `{"rows":{"a":1}}`, `{"table":"a","columns":["b"]}` + "\n" + `[{"b":"!"}]`,
		"[]\n", `{"table":"a","columns":["b"]}` + "\n" + `{"table":"a","columns":["b"]}` + "\n", `{"table":"a","columns":["b"]}` + "\n" + `[1,[[`,
	} {
		f.Add(begin + lines)
		f.Add(lines)
	}
	f.Fuzz(func(t *testing.T, lines string) {
		var file bytes.Buffer
		w := must(age.Encrypt(&file, key.Recipient()))
		must(io.WriteString(w, lines))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := open(file.Bytes())
		if err == nil {
			var columns int
			err = b.Visit(backup.Visitor{
				Table: func(t backup.Table) error { columns = len(t.Columns); return nil },
				Row: func(values []any) error {
					if len(values) != columns {
						t.Errorf("%d values in %d columns", len(values), columns)
					}
					return nil
				},
			})
		}
		for _, known := range []error{nil, backup.ErrForeign, backup.ErrTruncated, backup.ErrDamaged, backup.ErrTooNew} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("%q: %v", lines, err)
	})
}
