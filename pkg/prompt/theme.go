package prompt

import (
	"charm.land/bubbles/v2/key"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// The looks: the terminal's own sixteen colours, which are readable on light
// and dark backgrounds alike, and no characters of ambiguous width, which
// would break the lines of an East Asian terminal.
const (
	accent = "6" // cyan
	alarm  = "1" // red
)

// barWidth is how many columns the bar beside a field takes.
const barWidth = 2

func styleTitle() lipgloss.Style { return lipgloss.NewStyle().Bold(true) }
func styleFaint() lipgloss.Style { return lipgloss.NewStyle().Faint(true) }
func styleError() lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(alarm)) }

func theme() huh.Theme {
	t := huh.ThemeBase(false)
	bar := lipgloss.NewStyle().PaddingLeft(1).
		BorderLeft(true).BorderStyle(lipgloss.Border{Left: "|"}).
		BorderForeground(lipgloss.Color(accent))

	f := &t.Focused
	f.Base, f.Card = bar, bar
	f.Title = styleTitle()
	f.Description = styleFaint()
	f.ErrorIndicator = styleError()
	f.ErrorMessage = styleError()
	f.TextInput.Prompt = lipgloss.NewStyle().Foreground(lipgloss.Color(accent))
	f.TextInput.Cursor = lipgloss.NewStyle().Foreground(lipgloss.Color(accent))
	f.SelectSelector = lipgloss.NewStyle().Foreground(lipgloss.Color(accent)).SetString("> ")
	f.SelectedOption = styleTitle()

	t.Blurred = t.Focused
	t.Blurred.Base = bar.BorderStyle(lipgloss.Border{Left: " "})
	t.Blurred.Card = t.Blurred.Base
	t.Blurred.Title = lipgloss.NewStyle()
	return huh.ThemeFunc(func(bool) *huh.Styles { return t })
}

// keys returns the keys that work, with their help in the person's language;
// one without help is not shown. Esc leaves a form as Ctrl-C does.
func (a *Asker) keys() *huh.KeyMap {
	bind := func(desc, shown string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, desc))
	}
	next := bind(a.text.KeyNext, "enter", "enter", "tab")
	submit := bind(a.text.KeySubmit, "enter", "enter")
	back := bind(a.text.KeyBack, "shift+tab", "shift+tab")
	return &huh.KeyMap{
		Quit:  bind("", "", "ctrl+c", "esc"),
		Input: huh.InputKeyMap{Next: next, Submit: submit, Prev: back},
		Select: huh.SelectKeyMap{
			Next: next, Submit: submit, Prev: back,
			Up:   bind(a.text.KeyChoose, "up/down", "up", "k"),
			Down: bind("", "", "down", "j"),
		},
	}
}
