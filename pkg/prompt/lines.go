package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"
	"golang.org/x/text/width"

	"certctl/pkg/i18n"
)

// askLines asks a question line by line. The form library's own accessible
// mode is no help here: it speaks English only, cannot be ended by a context,
// and takes the end of input for an answer, even one that its check refuses.
func (a *Asker) askLines(ctx context.Context, q question) error {
	introduced := -1 // the last field that was
	if q.notice != "" {
		a.say(q.notice) // the rest was said the first time
		introduced = len(q.fields)
	} else {
		a.say(q.title, q.help, a.text.LinesCancel)
	}
	for i := 0; i < len(q.fields); {
		f := q.fields[i]
		if i > introduced {
			a.say(a.introduction(f)...)
			introduced = i
		}
		typed, err := a.readLine(ctx, f)
		if err != nil {
			return err
		}
		answer, refusal := a.answer(f, typed)
		if refusal == nil {
			*f.answer = answer
			i++
			continue
		}
		a.say(refusal.Error())
		if f.repeats {
			i--
		}
	}
	return nil
}

// introduction is what is said of a field before it is asked for.
func (a *Asker) introduction(f field) []string {
	lines := []string{f.hint}
	for i, choice := range f.choices {
		lines = append(lines, strconv.Itoa(i+1)+". "+choice)
	}
	if f.secret {
		lines = append(lines, a.text.LinesSecret)
	}
	if f.suggest != "" {
		lines = append(lines, i18n.Fill(a.text.LinesSuggest, "value", printable(f.suggest)))
	}
	return lines
}

// answer makes an answer of a line, or the sentence that refuses it.
func (a *Asker) answer(f field, typed string) (string, error) {
	if f.choices == nil {
		if typed == "" {
			typed = f.suggest
		}
		return typed, f.check(typed)
	}
	n, err := strconv.Atoi(width.Narrow.String(strings.TrimSpace(typed)))
	if err != nil || n < 1 || n > len(f.choices) {
		return "", errors.New(i18n.Fill(a.text.LinesNumber, "count", strconv.Itoa(len(f.choices))))
	}
	return f.choices[n-1], nil
}

// readLine shows the name of a field and returns the line that is typed
// behind it.
func (a *Asker) readLine(ctx context.Context, f field) (string, error) {
	before, err := term.GetState(a.in.Fd())
	if err != nil {
		return "", fmt.Errorf("look at the terminal: %w", err)
	}
	keys, err := keysOf(a.in)
	if err != nil {
		return "", fmt.Errorf("read from the terminal: %w", err)
	}
	defer keys.Close()
	if f.secret {
		defer term.Restore(a.in.Fd(), before)
	}
	defer onContinue(func() { _ = a.invite(f) })() // where it worked before
	if err := a.invite(f); err != nil {
		return "", err
	}
	line, err := untilEnd(ctx, keys)
	if f.secret || err != nil { // the cursor is where the typing was
		io.WriteString(a.out, "\n")
	}
	return line, err
}

// invite shows what is to be typed, and hides the typing of a secret before.
func (a *Asker) invite(f field) error {
	name := f.name
	if f.choices != nil {
		name = a.text.LinesChoice
	}
	if f.secret {
		if err := hush(a.in); err != nil {
			return fmt.Errorf("hide what is typed: %w", err)
		}
	}
	_, err := io.WriteString(a.out, name+": ")
	return err
}

// untilEnd reads a line, or up to the end of ctx. Where the system cannot
// interrupt a read, that goes on behind our back: it takes nothing from anyone,
// for a run whose context has ended asks no more.
func untilEnd(ctx context.Context, keys cancelreader.CancelReader) (string, error) {
	var line string
	var err error
	read := make(chan struct{})
	go func() {
		defer close(read)
		line, err = lineOf(keys)
	}()
	select {
	case <-read:
		return line, err
	case <-ctx.Done():
		if keys.Cancel() {
			<-read
		}
		return "", context.Cause(ctx)
	}
}

// lineOf reads a line, and not a byte of the next one: that may be the
// answer to the next question, or another program's. A line that the end of
// input cuts off is none.
func lineOf(keys io.Reader) (string, error) {
	var line []byte
	for key := make([]byte, 1); ; {
		n, err := keys.Read(key)
		switch {
		case n == 1 && key[0] == '\n':
			return strings.TrimSuffix(string(line), "\r"), nil
		case n == 1:
			line = append(line, key[0])
		case errors.Is(err, io.EOF):
			return "", ErrCancelled
		case err != nil:
			return "", fmt.Errorf("read from the terminal: %w", err)
		}
	}
}

// say writes sentences, each on its own line; empty ones are left out.
func (a *Asker) say(sentences ...string) {
	for _, s := range sentences {
		if s != "" {
			sayLine(a.out, s)
		}
	}
}

// sayLine writes a sentence that breaks between words.
func sayLine(out term.File, sentence string) {
	columns, _ := size(out)
	io.WriteString(out, i18n.Wrap(sentence, columns)+"\n")
}
