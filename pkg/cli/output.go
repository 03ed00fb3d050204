package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// show writes the result of a command: doc where JSON is asked for, else what
// fill puts on the page.
func (a *app) show(doc any, fill func(*page)) error {
	if a.json {
		return a.writeJSON(doc)
	}
	p := page{width: terminalWidth(a.process.Out), wide: wholeWidth(a.process.Out), rerun: a.rerun}
	fill(&p)
	if _, err := io.WriteString(a.process.Out, p.String()); err != nil {
		return a.notShown(err)
	}
	return nil
}

// writeJSON writes one document, in a stream on one line.
func (a *app) writeJSON(doc any) error {
	indent := jsonIndent
	if a.jsonl {
		indent = ""
	}
	text, err := encode(doc, indent)
	if err != nil {
		return fmt.Errorf("encode the result: %w", err)
	}
	if _, err := a.process.Out.Write(text); err != nil {
		return a.notShown(err)
	}
	return nil
}

// notShown words that a command was done and its answer lost.
func (a *app) notShown(err error) error {
	code, _ := a.explain(err)
	p := i18n.Problem{Message: a.text.Errors.NotShown, Hint: a.text.Errors.NotShownHint}
	return &refusal{code: code, problem: p, err: fmt.Errorf("write the result: %w", err)}
}

// jsonIndent makes a document one that a person can read too.
const jsonIndent = "  "

// marshal encodes a document as a person can read it too.
func marshal(doc any) ([]byte, error) { return encode(doc, jsonIndent) }

// encode encodes a document. Characters that a terminal would obey are escaped;
// they can only be inside strings.
func encode(doc any, indent string) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	var safe strings.Builder
	for _, r := range text.String() {
		if r == '\n' || !api.Unseen(r) {
			safe.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&safe, `\u%04x`, unit)
		}
	}
	return []byte(safe.String()), nil
}

// quote puts a value from outside into quotation marks, with everything
// escaped that a terminal would obey.
func quote(s string) string { return strconv.Quote(s) }

// printable escapes what a terminal would obey.
func printable(s string) string {
	if !strings.ContainsFunc(s, api.Unseen) {
		return s
	}
	var safe strings.Builder
	for _, r := range s {
		if api.Unseen(r) {
			safe.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
			continue
		}
		safe.WriteRune(r)
	}
	return safe.String()
}

// time shows a time to a person, in the zone of the clock; nothing where it is
// zero.
func (a *app) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(a.process.now().Location()).Format("2006-01-02 15:04:05 MST")
}

// timeDoc is a time in JSON: RFC 3339 in UTC, null where it is zero.
type timeDoc time.Time

// MarshalJSON encodes the time.
func (t timeDoc) MarshalJSON() ([]byte, error) {
	if time.Time(t).IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + time.Time(t).UTC().Format(time.RFC3339) + `"`), nil
}
