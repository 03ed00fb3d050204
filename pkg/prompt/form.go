package prompt

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"certctl/pkg/i18n"
)

// maxWidth is how many columns a form takes at most: longer lines are hard to
// read.
const maxWidth = 80

// settleTime is how long after its end, and after each key that still comes, a
// form takes keys and drops them: those that were typed too fast or came with
// the same paste. The terminal library's reader would otherwise wait for ever
// to hand over a key that nobody takes.
const settleTime = 40 * time.Millisecond

// maxInput is how many characters a field of a form takes: more than any ID,
// code or password, and a paste of the wrong thing stays readable.
const maxInput = 256

// errNoAnswer is the end of a form that was neither answered nor cancelled.
var errNoAnswer = errors.New("the form ended without an answer")

// askForm asks a question as a form.
//
// The form runs inside a model of ours instead of by its own Run, which
// installs signal handlers and answers a signal with nil and empty values: the
// form's state alone says whether there was an answer.
func (a *Asker) askForm(ctx context.Context, q question) error {
	m := a.model(q)
	program := tea.NewProgram(m, a.options()...)
	stop := context.AfterFunc(ctx, func() { program.Send(endMsg{}) })
	defer stop()

	_, err := program.Run()
	switch {
	case m.form.State == huh.StateCompleted && err == nil:
		return nil
	case m.form.State == huh.StateAborted:
		return ErrCancelled
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("ask on the terminal: %w", err)
	}
	return fmt.Errorf("ask on the terminal: %w", errNoAnswer)
}

// model returns the form of a question. Where something has to stay on the
// screen that the form would push away, it is one of a single line.
func (a *Asker) model(q question) *model {
	width, height := size(a.out)
	m := a.modelOf(q, (*model).field)
	m.resize(width, height)
	if q.keep > 0 && lipgloss.Height(m.whole()) > height-q.keep {
		m = a.modelOf(q, (*model).line)
		m.bare = true
	}
	return m
}

func (a *Asker) modelOf(q question, draw func(*model, field) huh.Field) *model {
	m := &model{question: q, cancel: a.text.KeyCancel}
	for _, f := range q.fields {
		m.fields = append(m.fields, draw(m, f))
	}
	m.form = huh.NewForm(huh.NewGroup(m.fields...)).
		WithTheme(theme()).
		WithKeyMap(a.keys()).
		WithShowHelp(false)
	return m
}

// field draws a field. Where its check refuses what was typed, the form stays
// and shows the sentence below its fields.
func (m *model) field(f field) huh.Field {
	if f.choices != nil {
		return huh.NewSelect[string]().
			Options(huh.NewOptions(f.choices...)...).
			Value(f.answer)
	}
	return m.input(f).Title(f.name)
}

// line draws a field to be typed in one line.
func (m *model) line(f field) huh.Field { return m.input(f).Title(f.short + " ").Inline(true) }

func (m *model) input(f field) *huh.Input {
	*f.answer = f.suggest
	input := huh.NewInput().
		Prompt("> ").
		CharLimit(maxInput).
		Value(f.answer).
		Validate(func(typed string) error {
			if refusal := f.check(typed); refusal != nil {
				return errors.New(i18n.Wrap(refusal.Error(), m.width))
			}
			return nil
		})
	if f.secret {
		input.EchoMode(huh.EchoModePassword)
	}
	return input
}

// describe says what the fields are for. The form library would break the lines
// too, but anywhere.
func (m *model) describe() {
	for i, f := range m.question.fields {
		hint := i18n.Wrap(f.hint, m.width-barWidth)
		switch drawn := m.fields[i].(type) {
		case *huh.Input:
			drawn.Description(hint)
		case *huh.Select[string]:
			drawn.Description(hint)
		}
	}
}

func (a *Asker) options() []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithInput(a.in),
		tea.WithOutput(a.out),
		tea.WithEnvironment(a.env),
		tea.WithoutSignalHandler(), // signals reach us as the end of ctx
	}
	if !a.color {
		options = append(options, tea.WithColorProfile(colorprofile.Ascii))
	}
	return options
}

// endMsg ends a form without an answer.
type endMsg struct{}

// settledMsg comes settleTime after the end, and again while keys come.
type settledMsg struct {
	late int // keys after the end, as of settleTime ago
}

// model draws the form of a question. It is what the terminal library runs.
type model struct {
	form     *huh.Form
	question question
	fields   []huh.Field
	cancel   string // what the cancel key does, in a word
	bare     bool   // nothing stands around the fields but why they are shown again
	width    int    // of the form, in columns
	height   int    // of the terminal, in lines
	ended    bool   // by endMsg
	over     bool   // ended, answered or cancelled: nothing is drawn any more
	late     int    // keys that came after that
}

func (m *model) Init() tea.Cmd { return m.form.Init() }

func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m.over {
		return m, m.settle(msg)
	}
	cmd := m.handle(msg)
	if m.ended || m.form.State != huh.StateNormal {
		m.over = true
		cmd = m.waitForKeys()
	}
	return m, cmd
}

// settle quits once no key has come for settleTime.
func (m *model) settle(msg tea.Msg) tea.Cmd {
	switch event := msg.(type) {
	case tea.KeyPressMsg:
		m.late++
	case settledMsg:
		if event.late == m.late {
			return tea.Quit
		}
		return m.waitForKeys()
	}
	return nil
}

func (m *model) waitForKeys() tea.Cmd {
	late := m.late
	return tea.Tick(settleTime, func(time.Time) tea.Msg { return settledMsg{late} })
}

func (m *model) handle(msg tea.Msg) tea.Cmd {
	switch event := msg.(type) {
	case endMsg:
		m.ended = true
		return nil
	case tea.WindowSizeMsg:
		return m.resize(event.Width, event.Height)
	case tea.KeyPressMsg:
		if key := event.String(); key == "enter" || key == "tab" && !m.onLast() {
			return m.advance(msg)
		}
	case tea.PasteMsg:
		// The end of a copied line is no part of a password.
		msg = tea.PasteMsg{Content: strings.TrimRight(event.Content, "\r\n")}
	}
	_, cmd := m.form.Update(msg)
	return cmd
}

func (m *model) resize(width, height int) tea.Cmd {
	m.width, m.height = min(width, maxWidth), height
	if !m.bare {
		m.describe()
	}
	_, cmd := m.form.Update(tea.WindowSizeMsg{Width: m.width, Height: m.height})
	return cmd
}

// advance leaves the focused field for the next one, or ends the form after
// the last, unless the field refuses its value. The form would do the same by
// a message to itself; a key that a fast hand or a password manager sent
// meanwhile would come before that message, into the wrong field.
func (m *model) advance(key tea.Msg) tea.Cmd {
	last := m.onLast()
	m.form.Update(key)
	if m.form.GetFocusedField().Error() != nil {
		return nil
	}
	cmd := m.form.NextField()
	if last {
		cmd = m.form.NextGroup()
	}
	return cmd
}

func (m *model) onLast() bool {
	return m.form.GetFocusedField() == m.fields[len(m.fields)-1]
}

// View draws the form with what stands around it, or where the terminal is too
// low for that the fields alone.
func (m *model) View() tea.View {
	if m.over {
		return tea.NewView("")
	}
	whole := m.whole()
	if m.height > 0 && lipgloss.Height(whole) > m.height {
		return tea.NewView(m.form.View())
	}
	return tea.NewView(whole)
}

func (m *model) whole() string {
	if m.bare {
		return m.notice() + m.form.View()
	}
	return m.wrap(styleTitle(), m.question.title) + "\n" + m.notice() + "\n" + m.form.View() + m.footer()
}

func (m *model) notice() string {
	if m.question.notice == "" {
		return ""
	}
	return m.wrap(styleError(), m.question.notice) + "\n"
}

func (m *model) footer() string {
	var keys []string
	for _, binding := range m.form.KeyBinds() {
		if help := binding.Help(); binding.Enabled() && help.Desc != "" {
			keys = append(keys, help.Key+" "+help.Desc)
		}
	}
	keys = append(keys, "esc "+m.cancel)
	s := "\n\n" + m.wrap(styleFaint(), strings.Join(keys, "   "))
	if m.question.help != "" {
		s += "\n" + m.wrap(styleFaint(), m.question.help)
	}
	return s
}

func (m *model) wrap(style lipgloss.Style, s string) string {
	return style.Render(i18n.Wrap(s, m.width))
}
