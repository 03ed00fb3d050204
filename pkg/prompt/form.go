package prompt

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// maxWidth is how many columns a form takes at most: longer lines are hard to
// read.
const maxWidth = 80

// settleTime is how long after its end, and after each key that still comes, a
// form takes keys and drops them: those that were typed too fast or came with
// the same paste. The terminal library's reader would otherwise wait for ever
// to hand over a key that nobody takes.
const settleTime = 40 * time.Millisecond

// page is one form and what stands around it.
type page struct {
	title  string
	notice string // why the form is shown again; may be empty
	help   string // last line; may be empty
	fields []huh.Field
}

// ask shows a page until it is answered. The answers are in the variables that
// its fields are bound to, and are worth something only where ask returns nil.
//
// The form runs inside a model of ours instead of by its own Run, which
// installs signal handlers and answers a signal with nil and empty values: the
// form's state alone says whether there was an answer.
func (a *Asker) ask(ctx context.Context, p page) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	form := huh.NewForm(huh.NewGroup(p.fields...)).
		WithTheme(theme()).
		WithKeyMap(a.keys()).
		WithShowHelp(false)

	program := tea.NewProgram(&model{form: form, page: p, cancel: a.text.KeyCancel}, a.options()...)
	stop := context.AfterFunc(ctx, func() { program.Send(endMsg{}) })
	defer stop()

	_, err := program.Run()
	switch {
	case form.State == huh.StateCompleted && err == nil:
		return nil
	case form.State == huh.StateAborted:
		return ErrCancelled
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("ask on the terminal: %w", err)
	}
	return fmt.Errorf("ask on the terminal: %w", errNoAnswer)
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

// model draws a page. It is what the terminal library runs.
type model struct {
	form   *huh.Form
	page   page
	cancel string // what the cancel key does, in a word
	width  int    // of the form, in columns
	height int    // of the terminal, in lines
	ended  bool   // by endMsg
	over   bool   // ended, answered or cancelled: nothing is drawn any more
	late   int    // keys that came after that
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
		m.width, m.height = min(event.Width, maxWidth), event.Height
		msg = tea.WindowSizeMsg{Width: m.width, Height: m.height}
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
	return m.form.GetFocusedField() == m.page.fields[len(m.page.fields)-1]
}

// View draws the page, or where the terminal is too low for it the fields
// alone.
func (m *model) View() tea.View {
	if m.over {
		return tea.NewView("")
	}
	form := m.form.View()
	whole := m.header() + form + m.footer()
	if m.height > 0 && lipgloss.Height(whole) > m.height {
		return tea.NewView(form)
	}
	return tea.NewView(whole)
}

func (m *model) header() string {
	s := m.wrap(styleTitle(), m.page.title) + "\n"
	if m.page.notice != "" {
		s += m.wrap(styleError(), m.page.notice) + "\n"
	}
	return s + "\n"
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
	if m.page.help != "" {
		s += "\n" + m.wrap(styleFaint(), m.page.help)
	}
	return s
}

func (m *model) wrap(style lipgloss.Style, s string) string {
	return style.Render(lipgloss.Wrap(s, m.width, " "))
}
