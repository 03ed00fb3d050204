package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"certctl/pkg/api"
)

// MaxSize is how large a list may be, in bytes.
const MaxSize = 64 << 20

var (
	// ErrEncoding: the list is neither UTF-8 nor Shift_JIS.
	ErrEncoding = errors.New("the list is neither UTF-8 nor Shift_JIS")
	// ErrEmpty: the list has no users.
	ErrEmpty = errors.New("the list has no users")
	// ErrTooLarge: the list is larger than MaxSize.
	ErrTooLarge = errors.New("the list is too large")
)

// Column is a column of a list. Its name is what the heading says, or another
// word that Reader.Columns knows for it.
type Column string

// The columns. Only UserID is needed, and ContractID where Reader has none.
const (
	ContractID Column = "contract_id"
	UserID     Column = "user_id"
	Name       Column = "name"
	Email      Column = "email" // several, with ; between them
	Role       Column = "role"  // user or admin; empty: user
	OTP        Column = "otp"   // software, pin, none or the serial of a hardware token; empty: software
)

// Columns returns all columns.
func Columns() []Column { return []Column{ContractID, UserID, Name, Email, Role, OTP} }

// What an OTP cell may say beside the serial of a hardware token.
const (
	Software = "software"
	PIN      = "pin"
	NoToken  = "none"
)

// Row is a user of a list.
type Row struct {
	Line  int // 1 is the heading's
	Ref   api.UserRef
	Name  string
	Email []string
	Role  api.Role
	OTP   string // Software, PIN or NoToken; empty where there is a Serial
	// Serial is of the hardware token that they get, as api.TokenSerial keeps it.
	Serial string
}

// Fault is what can be wrong with a list.
type Fault string

// The faults.
const (
	UnknownColumn Fault = "unknown_column"
	MissingColumn Fault = "missing_column"
	TwiceColumn   Fault = "twice_column"
	BadFields     Fault = "bad_fields" // more or fewer than the heading has, or quotes that do not match
	BadValue      Fault = "bad_value"
	TwiceUser     Fault = "twice_user"  // Other is the first line
	TwiceToken    Fault = "twice_token" // Other is the first line
)

// Problem is one thing that is wrong with a list.
type Problem struct {
	Line   int
	Column Column // empty where it is about the whole line
	Value  string
	Fault  Fault
	Other  int // another line; 0: none
}

// Reader reads lists.
type Reader struct {
	// IDs is what identifiers look like.
	IDs api.IDs
	// Contract is the contract of users whose list has no column for it; it may
	// be empty.
	Contract string
	// Columns are other names of the columns, and Words other words for what a
	// cell of Role or OTP may say.
	Columns map[string]Column
	Words   map[string]string
}

// Read reads a whole list. Where anything is wrong with it there are no rows,
// but all that is wrong; or an error where it is no list at all.
func (r Reader) Read(data []byte) ([]Row, []Problem, error) {
	if len(data) > MaxSize {
		return nil, nil, ErrTooLarge
	}
	text, err := decode(data)
	if err != nil {
		return nil, nil, err
	}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord = -1
	heading, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, ErrEmpty
	}
	if err != nil {
		return nil, []Problem{{Line: 1, Fault: BadFields}}, nil
	}
	columns, problems := r.heading(heading)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	l := list{reader: r, columns: columns, words: map[string]string{}, users: map[string]int{}, tokens: map[string]int{}}
	for word, means := range r.Words {
		l.words[fold(word)] = means
	}
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			l.wrong(Problem{Line: parse.StartLine, Fault: BadFields})
			break // what follows cannot be told apart
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read the list: %w", err)
		}
		line, _ := lines.FieldPos(0) // panics after an error
		l.add(line, cells)
	}
	switch {
	case len(l.problems) > 0:
		return nil, l.problems, nil
	case len(l.rows) == 0:
		return nil, nil, ErrEmpty
	}
	return l.rows, nil, nil
}

// decode returns a list as UTF-8. What is valid UTF-8 is that: Shift_JIS with
// any Japanese in it is not.
func decode(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", ErrEncoding
	}
	return string(text), nil
}

// heading returns which column each cell of a line is.
func (r Reader) heading(cells []string) ([]Column, []Problem) {
	var columns []Column
	var problems []Problem
	names := map[string]Column{}
	for name, c := range r.Columns {
		names[fold(name)] = c
	}
	for _, c := range Columns() {
		names[string(c)] = c
	}
	seen := map[Column]bool{}
	for _, cell := range cells {
		c, known := names[fold(cell)]
		switch {
		case !known:
			problems = append(problems, Problem{Line: 1, Value: cell, Fault: UnknownColumn})
		case seen[c]:
			problems = append(problems, Problem{Line: 1, Column: c, Value: cell, Fault: TwiceColumn})
		}
		seen[c] = true
		columns = append(columns, c)
	}
	for _, c := range []Column{ContractID, UserID} {
		if !seen[c] && !(c == ContractID && r.Contract != "") {
			problems = append(problems, Problem{Line: 1, Column: c, Fault: MissingColumn})
		}
	}
	return columns, problems
}

// fold is the form in which words of a list are compared: full-width letters
// are others' way of writing the same.
func fold(word string) string { return strings.ToLower(norm.NFKC.String(strings.TrimSpace(word))) }

// list is a list while it is being read.
type list struct {
	reader   Reader
	columns  []Column
	words    map[string]string
	rows     []Row
	problems []Problem
	users    map[string]int // the line of each
	tokens   map[string]int // the line of each, by serial
}

func (l *list) wrong(p Problem) { l.problems = append(l.problems, p) }

// add reads one line. An empty one is none.
func (l *list) add(line int, cells []string) {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return
	}
	if len(cells) != len(l.columns) {
		l.wrong(Problem{Line: line, Fault: BadFields})
		return
	}
	value := map[Column]string{ContractID: l.reader.Contract, OTP: Software, Role: string(api.RoleUser)}
	for i, c := range l.columns {
		if cell := strings.TrimSpace(cells[i]); cell != "" {
			value[c] = cell
		}
	}
	row := Row{Line: line}
	var errs [6]error
	row.Ref.ContractID, errs[0] = l.reader.IDs.Contract(value[ContractID])
	row.Ref.UserID, errs[1] = l.reader.IDs.User(value[UserID])
	row.Name, errs[2] = api.DisplayName("display_name", value[Name])
	if value[Email] != "" {
		row.Email, errs[3] = api.Emails(strings.Split(value[Email], ";"))
	}
	role, err := l.word(value[Role], string(api.RoleUser), string(api.RoleAdmin))
	row.Role, errs[4] = api.Role(role), err
	row.OTP, row.Serial, errs[5] = l.otp(value[OTP])
	for i, c := range Columns() {
		if errs[i] != nil {
			l.wrong(Problem{Line: line, Column: c, Value: value[c], Fault: BadValue})
		}
	}
	if errs[0] == nil && errs[1] == nil {
		l.once(row)
	}
	if row.Serial != "" {
		l.onceToken(row)
	}
	l.rows = append(l.rows, row)
}

// errWord: a cell says something that it cannot say.
var errWord = errors.New("no word for this cell")

// word returns which of some words a cell says.
func (l *list) word(cell string, words ...string) (string, error) {
	said := fold(cell)
	if means, known := l.words[said]; known {
		said = means
	}
	if !slices.Contains(words, said) {
		return "", errWord
	}
	return said, nil
}

// otp returns what an OTP cell says: a word, or else the serial of a hardware
// token.
func (l *list) otp(cell string) (word, serial string, err error) {
	if word, err = l.word(cell, Software, PIN, NoToken); err == nil {
		return word, "", nil
	}
	serial, err = api.TokenSerial(cell)
	return "", serial, err
}

// once finds users that stand in a list twice.
func (l *list) once(row Row) {
	user := row.Ref.ContractID + "/" + api.UserKey(row.Ref.UserID)
	if first, twice := l.users[user]; twice {
		l.wrong(Problem{Line: row.Line, Column: UserID, Value: row.Ref.UserID, Fault: TwiceUser, Other: first})
		return
	}
	l.users[user] = row.Line
}

// onceToken finds hardware tokens that stand in a list twice: a user who shares
// another's is added by themselves.
func (l *list) onceToken(row Row) {
	if first, twice := l.tokens[row.Serial]; twice {
		l.wrong(Problem{Line: row.Line, Column: OTP, Value: row.Serial, Fault: TwiceToken, Other: first})
		return
	}
	l.tokens[row.Serial] = row.Line
}
